import { eventKey } from '../event/event-key.ts';
import { eventTime } from '../event/event-time.ts';
import type { Key } from '../ports.ts';
import type { OpenedEnvelope } from '../queue/envelope.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { recordKey } from '../record/keys.ts';
import { openTry, type Try, type TryPorts } from './open-try.ts';

/** Of the event's record. */
export function keyOf({ event, address }: OpenedEnvelope): Key {
  return recordKey(address.conversationSid, eventKey(event));
}

/** @param what of it is tried: all, or to read the gap before it. */
export function tryEvent(
  ports: TryPorts,
  envelope: OpenedEnvelope,
  delivery: Delivery,
  what: '' | 'gap|' = '',
): Promise<Try> {
  const { pk, sk } = keyOf(envelope);
  const at = eventTime(envelope.event, envelope.receivedAt);
  const found = envelope.found === true;
  return openTry(ports, { record: { pk, sk: `${what}${sk}` }, at, delivery, found });
}
