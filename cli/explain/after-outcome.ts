import { explainReason } from '../../lib/guards/guards.ts';
import type { Finished, Outcome } from '../../lib/record/message-record.ts';

/** How a message stands, and the one command that helps; none where nothing is open. */
export interface Standing {
  /** A sentence. */
  readonly says: string;
  /** Words after `npx parley`, in which IM and CH stand for the message and its conversation. */
  readonly next?: string;
}

const REPLAY = 'replay IM';
const TALK = 'explain CH';
const DOCTOR = 'doctor';

/** What helps after a message that was kept back, by reason. None where silence was right. */
const AFTER_SUPPRESSED: Readonly<Record<string, string | undefined>> = {
  handed_over: 'handback CH',
  person: 'handback CH',
  muted: 'unmute CH',
  off: REPLAY,
  dry_run: REPLAY,
  // Only what was stopped by an operator is decided anew (lib/record/message-record.ts).
  repeated_text: TALK,
  budget_minute: TALK,
  budget_taps: TALK,
  budget_hour: TALK,
  budget_day: TALK,
  overtaken: TALK,
  // Another stack, or a table that was lost.
  answered_elsewhere: DOCTOR,
  own_author: undefined,
  own_marker: undefined,
  api_source: undefined,
  system_author: undefined,
  not_a_customer: undefined,
  reaction: undefined,
  opt_out_word: undefined,
  stop_word: undefined,
  ignored: undefined,
  gone: undefined,
  forgotten: undefined,
  // By an operator, who had looked at it.
  dropped: undefined,
};

/**
 * What helps after a message that was set aside; the first that fits. What a number means is said by Twilio's dictionary,
 * https://www.twilio.com/docs/api/errors
 */
const AFTER_QUARANTINED: readonly (readonly [reason: RegExp, next: string, says?: string])[] = [
  [/^(half_answered|unknown_outcome)$/, TALK, 'It may have been answered in part: a person finishes it.'],
  [/^rejected:9\d{4}$/, 'templates check'],
  [
    /^rejected:(5052[6-9]|5054[0-2])$/,
    'templates check',
    'Twilio refused its template, or the variables of it.',
  ],
  [/^rejected:5050[34]$/, 'rules check', 'Twilio refused its text, which is empty or too long.'],
  [
    /^rejected:(5050[7-9]|5051[0-2])$/,
    'rules check',
    'Twilio refused its file, which is not there, used already, too large, or of a type that it does not take.',
  ],
  [/^rejected:50513$/, TALK, 'In this group the bot may not write: it is not one of its participants.'],
  [/^rejected:50377$/, TALK, 'The conversation is closed.'],
  [/^(unauthorized|rejected:2000[34])$/, DOCTOR],
  [/^not_found$/, TALK, 'The conversation was deleted.'],
];

const SAYS: Readonly<Record<Outcome, string>> = {
  replied: 'It was answered.',
  no_rule: 'No rule answers it.',
  suppressed: 'It was kept back.',
  stale: 'It was too old to be answered when its turn came.',
  quarantined: 'It was set aside: it could not be answered.',
};

/** @param finished of a record that is not `replied` */
export function afterOutcome({ outcome, reason = '' }: Finished): Standing {
  // Whatever it was before, nothing of it is left to be decided anew.
  if (reason === 'forgotten') return { says: explainReason(reason) ?? SAYS[outcome] };
  switch (outcome) {
    case 'replied':
      return { says: SAYS.replied };
    case 'no_rule':
      return { says: SAYS.no_rule, next: 'rules check' };
    case 'stale':
      return { says: SAYS.stale, next: REPLAY };
    case 'suppressed': {
      const next = AFTER_SUPPRESSED[reason];
      return { says: explainReason(reason) ?? SAYS.suppressed, ...(next === undefined ? {} : { next }) };
    }
    case 'quarantined': {
      const [, next = REPLAY, says] = AFTER_QUARANTINED.find(([of]) => of.test(reason)) ?? [];
      return { says: says ?? explainReason(reason) ?? `${SAYS.quarantined.slice(0, -1)} (${reason}).`, next };
    }
  }
}

/** Every `next` there is, for whoever checks that each is a command. */
export function everyNext(): readonly string[] {
  const suppressed = Object.values(AFTER_SUPPRESSED).flatMap((next) => next ?? []);
  return [...suppressed, ...AFTER_QUARANTINED.map(([, next]) => next), 'rules check', REPLAY];
}

export function knownReasons(): readonly string[] {
  return Object.keys(AFTER_SUPPRESSED);
}
