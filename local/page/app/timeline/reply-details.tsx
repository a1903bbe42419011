import { explainDeliveryError, hasFailed } from '../../../../lib/twilio/delivery.ts';
import type { Message } from '../model/model.ts';
import { formatLater } from '../ui/format.ts';
import { Pairs } from './pairs.tsx';

export function ReplyDetails({ message, start }: { readonly message: Message; readonly start: number }) {
  const { sid, index, body, contentSid, content, attributes } = message;
  const receipts = [...message.receipts.values()];
  return (
    <>
      {receipts.map((receipt, place) => (
        <p key={place}>
          {receipt.history.map(({ status, at }) => `${status} ${formatLater(at - start)}`).join(', ')}
          {hasFailed(receipt) && `: ${explainDeliveryError(receipt.errorCode)}`}
        </p>
      ))}
      {receipts.length === 0 && <p class="quiet">No receipts: nobody here is on SMS or WhatsApp.</p>}
      <Pairs
        title="Message"
        pairs={[
          ['sid', sid],
          ['index', index],
          ...(body === undefined ? [] : [['body', body] as const]),
          ...(contentSid === undefined ? [] : [['content_sid', contentSid] as const]),
          ...(content === undefined ? [] : [['drawn as', content.type] as const]),
          ['attributes', attributes],
        ]}
      />
    </>
  );
}
