import { eventKey } from '../event/event-key.ts';
import type { Key } from '../ports.ts';
import type { OpenedEnvelope } from '../queue/envelope.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { recordKey } from '../record/keys.ts';
import { answerableUntil } from './answerable-until.ts';
import { openTry, type Try, type TryPorts } from './open-try.ts';

/** Of the event's record. */
export function keyOf({ event, address }: OpenedEnvelope): Key {
  return recordKey(address.conversationSid, eventKey(event));
}

/** @param what of it is tried: all, or to read the gap before it. */
export function tryEvent(
  ports: TryPorts & { readonly maxAgeMs: number },
  envelope: OpenedEnvelope,
  delivery: Delivery,
  what: '' | 'gap|' = '',
): Promise<Try> {
  const { pk, sk } = keyOf(envelope);
  const until = answerableUntil(envelope, ports.maxAgeMs);
  // What was set aside and is decided anew has all its tries before it.
  const by = envelope.replay === undefined ? '' : `|${envelope.replay}`;
  const found = envelope.found === true;
  return openTry(ports, { record: { pk, sk: `${what}${sk}${by}` }, until, delivery, found });
}
