import type { Key } from '../../lib/ports.ts';
import { isReadable } from './check-item.ts';
import type { Stage } from './stage.ts';

/** That somebody changed something from a command line, or saw what people wrote. */
export interface Audit {
  readonly v: 1;
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** The ARN that AWS knows them by; in the local world the name of the machine's user. */
  readonly who: string;
  /** `dead drop` */
  readonly command: string;
  /** The first lines of what is changed. SIDs only: never an address, a name or a text. */
  readonly what: readonly string[];
  /** Of how many lines these are the first. */
  readonly count: number;
  readonly why: string;
  /** Absent while it goes on, and for ever where the process died at it. */
  readonly ended?: 'done' | 'failed';
}

export type AuditPorts = Pick<Stage, 'table' | 'clock' | 'random' | 'operator'>;

const AUDIT = 'audit';
const LIFETIME_S = 365 * 86_400;
const MOST_LINES = 20;
const MOST = 10_000;

/**
 * Written before anything is changed, so that nothing is without it.
 *
 * @returns what is to be called with how it ended
 */
export async function writeAudit(
  { table, clock, random, operator }: AuditPorts,
  { command, what, why }: Pick<Audit, 'command' | 'what' | 'why'>,
): Promise<(ended: 'done' | 'failed') => Promise<void>> {
  const now = clock.now();
  const first: Audit = {
    v: 1,
    at: now,
    who: await operator(),
    command,
    what: what.slice(0, MOST_LINES),
    count: what.length,
    why,
  };
  const expiresAt = Math.floor(now / 1000) + LIFETIME_S;
  const put = (key: Key, value: Audit, expected: number | undefined) =>
    table.put(key, { version: (expected ?? 0) + 1, expiresAt, value }, expected);
  let key = keyOf(now, command, random());
  // Two in one moment are two.
  for (let at = now + 1; !(await put(key, first, undefined)); at += 1) key = keyOf(at, command, random());
  return async (ended) => {
    await put(key, { ...first, ended }, 1);
  };
}

/** The latest first. */
export async function listAudits(
  { table }: Pick<AuditPorts, 'table'>,
  limit: number,
): Promise<readonly Audit[]> {
  const all = await table.list<Audit>(AUDIT, MOST);
  return all
    .filter(([key, { value }]) => isReadable(key, value))
    .slice(-limit)
    .map(([, { value }]) => value)
    .toReversed();
}

/** @param chance 0 to 1 */
function keyOf(at: number, command: string, chance: number): Key {
  const digits = Math.floor(chance * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  return { pk: AUDIT, sk: `${new Date(at).toISOString()}|${command}|${digits}` };
}
