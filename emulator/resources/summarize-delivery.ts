import type { Receipt } from '../state.ts';

type Amount = 'all' | 'some' | 'none';

/** The `delivery` field of a message: how many of its legs got how far; null while none has left. */
export function summarizeDelivery(
  receipts: readonly Receipt[],
): Readonly<Record<string, number | Amount>> | null {
  const shown = receipts.filter(({ status }) => status !== 'queued');
  if (shown.length === 0) return null;
  const amount = (...statuses: readonly Receipt['status'][]): Amount => {
    const count = shown.filter(({ status }) => statuses.includes(status)).length;
    return count === 0 ? 'none' : count === receipts.length ? 'all' : 'some';
  };
  return {
    total: receipts.length,
    sent: amount('sent', 'delivered', 'read'),
    delivered: amount('delivered', 'read'),
    read: amount('read'),
    failed: amount('failed'),
    undelivered: amount('undelivered'),
  };
}
