import type { Key } from '../ports.ts';
import { LOSS_MINUTE_MS, lossKey, lostIn, type SavePorts, saveNext } from './keys.ts';

/**
 * Leaves a sign for the reconciler that webhooks may have been lost: then it goes through all conversations
 * (reconcile/wide-look.ts).
 * @param reason one of a small number, never anything a stranger chose.
 */
export async function markLoss(ports: SavePorts, reason: string): Promise<void> {
  const item = { key: lossKey(ports.clock.now(), reason), value: {}, lifetime: 'loss' } as const;
  // Not to win is as good: then the sign is there.
  await saveNext(ports, item, undefined);
}

/** Whoever leaves a sign and whoever reads it may have clocks that differ by this. */
const CLOCKS_DIFFER_MS = 2_000;

/** Whether the minute of a sign is over, so that what is lost from now on leaves another one. */
export function isClosed(key: Key, now: number): boolean {
  return lostIn(key) + LOSS_MINUTE_MS + CLOCKS_DIFFER_MS <= now;
}
