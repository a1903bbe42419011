import type { Manifest } from '../../build/manifest.ts';
import type { Table } from '../stage/stage.ts';

/** What a version could not go on with. */
export interface Unreadable {
  /** Messages whose answer is under way: they would wait until a newer version is back. */
  readonly inFlight: number;
  /** Conversations whose next messages would wait so. */
  readonly conversations: number;
}

type Reads = Manifest['reads'];

/** Of versions that did not say it yet. */
const BEFORE_IT_WAS_SAID: Reads = { record: 2, conversation: 1 };

/**
 * Looks through the table, once and whole, for what `target` cannot read; where it reads all that the running version
 * writes, there is nothing to look for.
 */
export async function countUnreadable(
  table: Pick<Table, 'scan'>,
  running: Reads = BEFORE_IT_WAS_SAID,
  target: Reads = BEFORE_IT_WAS_SAID,
): Promise<Unreadable> {
  let inFlight = 0;
  let conversations = 0;
  if (target.record >= running.record && target.conversation >= running.conversation) {
    return { inFlight, conversations };
  }
  for await (const [{ sk }, { value }] of table.scan()) {
    const { v = 0, parts, finished } = Object(value) as StoredItem;
    if (sk === 'conversation' && v > target.conversation) conversations += 1;
    // Of all items only a message's record has parts (lib/record/message-record.ts).
    if (Array.isArray(parts) && finished === undefined && v > target.record) inFlight += 1;
  }
  return { inFlight, conversations };
}

interface StoredItem {
  readonly v?: number;
  readonly parts?: unknown;
  readonly finished?: unknown;
}
