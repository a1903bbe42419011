import { apiSource } from './api-source.ts';
import { budgetDay } from './budget-day.ts';
import { budgetHour } from './budget-hour.ts';
import { budgetMinute } from './budget-minute.ts';
import { budgetTaps } from './budget-taps.ts';
import type { Asked, Guard } from './guard.ts';
import { handedOver } from './handed-over.ts';
import { muted } from './muted.ts';
import { notACustomer } from './not-a-customer.ts';
import { off } from './off.ts';
import { optOutWord } from './opt-out-word.ts';
import { ownAuthor } from './own-author.ts';
import { ownMarker } from './own-marker.ts';
import { person } from './person.ts';
import { reaction } from './reaction.ts';
import { repeatedText } from './repeated-text.ts';
import { systemAuthor } from './system-author.ts';
import { tooOld } from './too-old.ts';

/**
 * Why not to answer, in the order in which it is asked; the first that stops gives the reason. Each of the first four
 * is enough alone against answering ourselves: a webhook of our own message carries all of them, and any one may be
 * missing (another automation copies the text, an SDK strips Attributes).
 */
export const GUARDS: readonly Guard[] = [
  ownAuthor,
  systemAuthor,
  apiSource,
  ownMarker,
  notACustomer,
  reaction,
  optOutWord,
  handedOver,
  person,
  off,
  tooOld,
  muted,
  repeatedText,
  budgetMinute,
  budgetTaps,
  budgetHour,
  budgetDay,
];

/** What keeps an answer back after the rules were asked, with the same two texts. */
export const AFTER_RULES = [
  { reason: 'ignored', says: 'The rule says to answer nothing.' },
  {
    reason: 'dry_run',
    says: 'The mode is dry-run, by BOT_MODE or by an operator (parley mode): decided, not sent.',
  },
  {
    reason: 'stop_word',
    says: 'It asks for no more messages (STOP and the like), and no rule answers that.',
  },
  { reason: 'no_rule', says: 'No rule matches, and no otherwise answers it.' },
  {
    reason: 'forgotten',
    says: 'An operator has had whoever wrote it forgotten (parley forget) before it was answered.',
  },
  {
    reason: 'dropped',
    says: 'It was a dead letter, and an operator has dropped it (parley dead drop).',
  },
  { reason: 'gone', says: 'It was deleted at Twilio before it could be answered.' },
  {
    reason: 'answered_elsewhere',
    says: 'It was answered already: another stack’s reply, or one that the table has lost, is in the conversation.',
  },
  {
    reason: 'overtaken',
    says: 'What came after it was answered already, and answers keep the order of the messages.',
  },
  {
    reason: 'half_answered',
    says: 'Somebody else’s answer is in the conversation in part only, and an answer is never begun twice.',
  },
] as const;

/** The first guard that keeps `asked` from being answered; undefined when the rules may decide. */
export async function findGuard(asked: Asked): Promise<Guard | undefined> {
  for (const guard of GUARDS) {
    const stops = guard.stops(asked);
    if (stops === true || (stops !== false && (await stops))) return guard;
  }
  return undefined;
}

/** The sentence for people behind a stored reason; undefined for one that speaks for itself, such as an error's code. */
export function explainReason(reason: string): string | undefined {
  return [...GUARDS, ...AFTER_RULES].find((known) => known.reason === reason)?.says;
}
