import { explainDeliveryError, hasFailed, nameReceipt } from '../../../../lib/twilio/delivery.ts';
import type { Receipt } from '../model/model.ts';

const ORDER: readonly string[] = ['queued', 'sent', 'delivered', 'read'];

/** How far a message came, at the customer who is furthest behind. */
export function Ticks({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const failed = receipts.find(hasFailed);
  if (failed !== undefined) {
    const why = explainDeliveryError(failed.errorCode);
    return (
      <span class="ticks failed" title={why}>
        {nameReceipt(failed)}
      </span>
    );
  }
  const [slowest] = receipts.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  if (slowest === undefined) return null;
  const { status } = slowest;
  return (
    <span class={`ticks ${status}`}>
      <svg viewBox="0 0 26 16" aria-hidden="true">
        <path d="M2 9l4 4 8-10" />
        {status !== 'sent' && <path d="M11 12l1 1 9-10" />}
      </svg>
      <span class="unseen">{status}</span>
    </span>
  );
}
