import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Written } from './oracle.ts';
import type { SimulatedWorld } from './world.ts';

/** Clocks of ours are off by a second each. */
const SKEW_MS = 2_000;

/**
 * Whether the answer may be there of what was set aside while nobody knew what was sent, and then decided anew: a guard
 * that refuses it does not look. Nothing may have been begun since.
 */
export function isPerhapsSent(
  { watch }: Pick<SimulatedWorld, 'watch'>,
  { sid }: Pick<Written, 'sid'>,
  record: Pick<MessageRecord, 'replays'> | undefined,
): boolean {
  const setAside = record?.replays?.findLast(({ was }) => was?.outcome === 'quarantined')?.was;
  if (setAside === undefined) return false;
  return watch.posts.every(({ subject, at }) => subject !== sid || at <= setAside.at + SKEW_MS);
}
