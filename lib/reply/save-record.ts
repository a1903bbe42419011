import type { Key } from '../ports.ts';
import { type SavePorts, saveNext } from '../record/keys.ts';
import type { MessageRecord } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';

const FENCED_MS = 1_000;

/**
 * Writes the record over the version it came from.
 * @returns the new version.
 * @throws RetryError when somebody else wrote first: they are, or were, at work on the same event.
 */
export async function saveRecord(
  ports: SavePorts,
  key: Key,
  record: MessageRecord,
  expected: number | undefined,
): Promise<number> {
  const version = await saveNext(ports, { key, value: record, lifetime: 'record' }, expected);
  if (version === undefined) throw new RetryError('fenced', FENCED_MS);
  return version;
}
