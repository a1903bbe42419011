import type { ConversationEvent } from '../event/event-types.ts';
import { type Marker, markerFor } from '../event/marker.ts';
import { findReply, reportDuplicate } from '../history/find-reply.ts';
import { latestReplay, type MessageRecord, placeOf, sentPart } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { afterIndexOf } from './note-newest.ts';
import type { Save, Sending, SendPorts } from './sending.ts';

/**
 * Looks for the part at Twilio and saves it as sent when it is there.
 * @param decides whether it counts that it is not found; until then a list that fails is as good as one without it.
 * @returns `hidden` when there are more messages than are looked at: then it is not known whether it is among them.
 */
export async function lookFor(
  ports: SendPorts,
  claim: Sending,
  record: MessageRecord,
  index: number,
  save: Save,
  decides: boolean,
): Promise<'found' | 'absent' | 'hidden'> {
  const found = await findReply(ports.list, claim.address, {
    marker: markerOf(claim.event, record, index),
    author: record.author ?? ports.botAuthor,
    afterIndex: afterIndexOf(record, claim.event),
  }).catch((error: unknown) => {
    if (error instanceof RetryError && error.reason === 'conversation_too_busy') return undefined;
    if (decides) throw error;
    return [];
  });
  const [first, ...more] = found ?? [];
  if (first === undefined) return found === undefined ? 'hidden' : 'absent';
  await save(sentPart(record, index, first, ports.clock.now()));
  // Afterwards: a table that fails here must not have it looked for, and counted, once more.
  for (const { sid, author } of more)
    await reportDuplicate(ports, claim.address, sid, author === first.author ? undefined : 'other_stack');
  return 'found';
}

/** Whether it is there; then it is saved as sent. */
export async function confirm(...looking: Parameters<typeof lookFor>): Promise<boolean> {
  return (await lookFor(...looking)) === 'found';
}

/**
 * Parts are counted among the messages alone: nobody sees the other steps of an answer. What is decided anew has parts of
 * its own, so that nobody takes one for the other.
 */
export function markerOf(event: ConversationEvent, record: MessageRecord, index: number): Marker {
  const place = placeOf(record, index);
  return markerFor(event, place.index, place.count, latestReplay(record)?.id);
}
