import { readChannel } from '../../lib/event/read-channel.ts';
import { messageParts, type Part } from '../../lib/record/message-record.ts';
import { explainDeliveryError } from '../../lib/twilio/delivery.ts';
import { writtenAt } from '../evidence/talk.ts';
import { plural } from '../plural.ts';
import type { LogLine } from '../stage/stage.ts';
import type { Evidence } from './evidence.ts';

/** One thing that happened, without anybody's words. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who knows of it. */
  readonly where: 'Twilio' | 'API' | 'queue' | 'reply' | 'reconcile' | 'table' | 'delivery';
  readonly what: string;
  /** What it means. */
  readonly note?: string;
}

/**
 * What happened to a message, in order, by all that is known of it.
 * @param why it was decided so, where anybody knows
 */
export function timeLine(evidence: Evidence, why?: string): readonly Moment[] {
  const all = [
    ...ofMessage(evidence),
    ...ofDecision(evidence, why),
    ...ofLogs(evidence.lines ?? []),
    ...ofTable(evidence),
    ...ofAnswers(evidence),
    ...ofReceipts(evidence),
  ];
  return all.toSorted((a, b) => a.at - b.at);
}

function ofMessage({ message, event, sid, now }: Evidence): readonly Moment[] {
  if (message === undefined || event === undefined)
    return [{ at: now, where: 'Twilio', what: `${sid} is not in the conversation any more, or never was` }];
  const what = [
    'message written',
    `Index ${message.index}`,
    readChannel(event),
    plural([...(message.body ?? '')].length, 'character'),
    ...(event.Media?.length ? [plural(event.Media.length, 'file')] : []),
  ];
  return [{ at: writtenAt(message), where: 'Twilio', what: what.join(', ') }];
}

/** It was decided before the first POST; what was not answered ended with it. */
function ofDecision({ record }: Evidence, why: string | undefined): readonly Moment[] {
  const at = record?.parts[0]?.sendingSince ?? record?.finished?.at;
  const { rule, finished } = record ?? {};
  if (at === undefined || (rule === undefined && finished?.outcome !== 'no_rule')) return [];
  const what = `decided ${rule ?? 'no rule'}${why === undefined ? '' : `: ${why}`}`;
  return [{ at, where: 'reply', what }];
}

/** Fields of a log line that say more of it. */
const TOLD = ['outcome', 'reason', 'code', 'handler', 'part', 'status', 'count'] as const;

function ofLogs(lines: readonly LogLine[]): readonly Moment[] {
  return lines.map(({ at, function: name, fields }): Moment => {
    const ms = typeof fields['ms'] === 'number' ? [`${Math.round(fields['ms'])} ms`] : [];
    if (fields['message'] === 'webhook')
      return {
        at,
        where: 'API',
        what: ['POST /webhook', fields['status'], ...ms].join(' '),
        note: refusal(fields),
      };
    const told = TOLD.flatMap((field) => (fields[field] === undefined ? [] : [`${field} ${fields[field]}`]));
    // The log has the same line for every end.
    const isNoAnswer = fields['message'] === 'answered' && fields['outcome'] !== 'replied';
    const what = [isNoAnswer ? 'not answered' : fields['message'], ...told, ...ms].join(', ');
    return { at, where: name === 'receive' ? 'API' : name, what };
  });
}

function refusal({ outcome, reason }: LogLine['fields']): string {
  return outcome === 'accepted' ? '' : `${String(outcome)}: ${String(reason)}`;
}

function ofTable({ record, talk, key, work }: Evidence): readonly Moment[] {
  const found = talk.found.get(key);
  const dead = work.dead.get(key);
  return [
    ...(found === undefined
      ? []
      : [
          {
            at: found.at,
            where: 'reconcile',
            what: 'put on the queue',
            note: 'nothing had told of it',
          } as const,
        ]),
    ...(dead === undefined
      ? []
      : [{ at: dead.sentAt, where: 'queue', what: 'became a dead letter' } as const]),
    ...(record === undefined ? [] : [{ at: record.receivedAt, where: 'queue', what: 'taken in' } as const]),
    ...(record === undefined
      ? []
      : messageParts(record).flatMap((part, at, all) =>
          begun(part, at, all.length, record.finished?.reason),
        )),
    ...(record?.finished === undefined
      ? []
      : [{ at: record.finished.at, where: 'table', what: `ended ${endOf(record.finished)}` } as const]),
  ];
}

function begun(
  { sendingSince, attempts, state }: Part,
  at: number,
  count: number,
  endedBy = '',
): readonly Moment[] {
  if (sendingSince === undefined) return [];
  const times = attempts > 1 ? `, attempt ${attempts}` : '';
  // Only the outcome keeps that Twilio said no.
  const unsettled = endedBy.startsWith('rejected:')
    ? 'Twilio refused it'
    : 'nobody knows whether it took effect';
  const note = state === 'sending' ? { note: unsettled } : {};
  return [
    { at: sendingSince, where: 'reply', what: `POST Messages, part ${at + 1}/${count}${times}`, ...note },
  ];
}

export function endOf({ outcome, reason }: { readonly outcome: string; readonly reason?: string }): string {
  return reason === undefined ? outcome : `${outcome} (${reason})`;
}

function ofAnswers({ answers, record }: Evidence): readonly Moment[] {
  const known = new Map(record?.parts.map((part) => [part.replySid, part]));
  return answers.map(({ message, marker }): Moment => {
    // Twilio dates in whole seconds, so it may seem to be older than what made it.
    const at = Math.max(writtenAt(message), known.get(message.sid)?.sendingSince ?? 0);
    const what = `part ${marker.part} of its answer is there: ${message.sid}, Index ${message.index}`;
    const isKnown = record === undefined || known.has(message.sid);
    return {
      at,
      where: 'Twilio',
      what,
      ...(isKnown ? {} : { note: 'its record does not know it' }),
    };
  });
}

function ofReceipts({ receipts }: Evidence): readonly Moment[] {
  return [...receipts].flatMap(([sid, all]) =>
    all.map(
      ({ status, error_code: code, date_updated: date }): Moment => ({
        at: Date.parse(date ?? '') || 0,
        where: 'delivery',
        what: `${sid} ${status ?? 'unknown'}`,
        ...(code ? { note: `${code}: ${explainDeliveryError(code)}` } : {}),
      }),
    ),
  );
}
