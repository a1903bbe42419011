import { explainDeliveryError, hasFailed } from '../../lib/twilio/delivery.ts';
import { isCustomers } from '../evidence/is-customers.ts';
import { writtenAt } from '../evidence/talk.ts';
import { mayWait } from '../evidence/waits.ts';
import { afterOutcome, type Standing } from './after-outcome.ts';
import type { Evidence } from './evidence.ts';

/** How a message stands by all that is known of it: its outcome, or what is open, and what helps. */
export async function stand(evidence: Evidence): Promise<Standing> {
  const { record } = evidence;
  if (record?.finished === undefined) return standOpen(evidence);
  return record.finished.outcome === 'replied' ? standReplied(evidence) : afterOutcome(record.finished);
}

function standReplied({ answers, receipts, record }: Evidence): Standing {
  const parts = new Set(answers.map(({ part }) => part));
  if (parts.size < answers.length)
    return {
      says: 'A part of its answer is at Twilio more than once: another stack, or a POST that took effect late.',
      next: 'doctor',
    };
  const failed = [...receipts.values()].flat().find(hasFailed);
  if (failed !== undefined) return standUndelivered(failed.error_code ?? 0);
  const refused = record?.parts.find((part) => part.refused !== undefined);
  if (refused !== undefined)
    return {
      says: `Twilio refused a step of it (${refused.step?.kind}, ${refused.refused}).`,
      next: 'doctor',
    };
  return { says: 'Nothing is open.' };
}

/** What WhatsApp says of templates, and of messages without one outside of its 24 hours. */
const OF_TEMPLATES = [63005, 63013, 63016, 63019, 63021, 63027, 63034];

function standUndelivered(code: number): Standing {
  const says = `Its answer was not delivered (${code}). ${explainDeliveryError(code)}`;
  return { says, next: OF_TEMPLATES.includes(code) ? 'templates check' : 'addresses check' };
}

async function standOpen(evidence: Evidence): Promise<Standing> {
  const { record, key, work, now, message, event, answers, mark, rules, talk } = evidence;
  if (work.dead.has(key)) return { says: 'It is a dead letter.', next: 'dead list' };
  if (work.spooled.has(key))
    return { says: 'It is in the spool, which is swept every minute.', next: 'status' };
  const at = record?.receivedAt ?? (message === undefined ? 0 : writtenAt(message));
  const waits = mayWait(evidence, key, at);
  if (record !== undefined && waits) return { says: 'It is in flight.', next: 'status' };
  if (record !== undefined) return { says: 'It is in flight, and nobody works on it.', next: 'recover' };
  if (message === undefined || event === undefined)
    return {
      says: 'Neither Twilio nor the table has it: it was deleted, and its record has expired.',
      next: 'explain CH',
    };
  if (message.author === rules.botAuthor) return { says: 'The bot wrote it.', next: 'explain CH' };
  if (mark === undefined || at < mark.since) return { says: 'It was written before there was this bot.' };
  if (answers.length > 0)
    return { says: 'It was answered, and has no record: it has expired, or the table was lost.' };
  if (now - at < RECORDS_LIVE_MS && (await isCustomers(evidence, talk, event)))
    return waits
      ? { says: 'Nothing is known of it yet: it may be on the queue.', next: 'status' }
      : { says: 'No webhook told of it, and nobody has found it.', next: 'recover' };
  return { says: 'It has no record: nobody had to answer it, or its record has expired.' };
}

/** As long as a record lives that was written when the message was (lib/record/keys.ts). */
const RECORDS_LIVE_MS = 30 * 86_400_000;
