import { lossKey, type SavePorts, saveNext } from './keys.ts';

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
