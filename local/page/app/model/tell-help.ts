import { formatSpan } from '../ui/format.ts';
import type { Conversation, Message, Model, Turn } from './model.ts';
import { tellSilence } from './tell-silence.ts';

/** Something to do in the world so that a message is answered, or a reply arrives. */
export type HelpStep =
  | { readonly does: 'give back' }
  | { readonly does: 'move'; readonly ms: number }
  | { readonly does: 'write'; readonly author: string; readonly body: string };

export interface Help {
  /** What a button says that does it. */
  readonly title: string;
  readonly steps: readonly HelpStep[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** As lib/guards/repeated-text.ts has both. */
const REPEATED_FOR_MS = 10 * MINUTE;
const MAX_REPEATS = 3;

/**
 * How long after the message each of these is over, in milliseconds: a budget counts in stretches (lib/guards/budget.ts),
 * so its window may be one longer than its name says.
 */
const OVER_AFTER_MS: Readonly<Record<string, number>> = {
  budget_minute: MINUTE + 1_000,
  budget_taps: MINUTE + 1_000,
  budget_hour: HOUR + 2 * MINUTE,
  budget_day: 25 * HOUR,
  repeated_text: REPEATED_FOR_MS,
};

/** Whatever it was is not so now, or not so of a message that is new. */
const ASK_AGAIN: ReadonlySet<string> = new Set(['stale', 'quarantined']);

/** The customer has written STOP: https://www.twilio.com/docs/api/errors/21610 */
const OPTED_OUT = 21610;

/**
 * What helps a message that was not answered or did not arrive; undefined where nothing here does, or its author has
 * written since.
 * @param now world time, in milliseconds since the epoch
 */
export function tellHelp(
  model: Pick<Model, 'rules'>,
  conversation: Conversation,
  message: Message,
  now: number,
): Help | undefined {
  const { messages, turns } = conversation;
  const latest = [...messages.values()].findLast(({ author }) => author === message.author);
  if (latest !== message || message.removed) return undefined;
  if (hasFailed(message)) return allow(conversation, message);
  const turn = turns.get(message.sid);
  if (turn === undefined) return undefined;
  if (turn.dueAt !== undefined && turn.finished === undefined) return help([moveTo(turn.dueAt, now)]);
  return turn.finished === undefined || turn.working
    ? undefined
    : helpUnanswered(model, conversation, { message, turn, finished: turn.finished }, now);
}

interface Unanswered {
  readonly message: Message;
  readonly turn: Turn;
  readonly finished: NonNullable<Turn['finished']>;
}

function helpUnanswered(
  model: Pick<Model, 'rules'>,
  conversation: Conversation,
  { message, turn, finished }: Unanswered,
  now: number,
): Help | undefined {
  const { outcome, reason = outcome } = finished;
  const { mutedUntil } = conversation.noted ?? {};
  const again = askAgain(message);
  switch (reason) {
    case 'person':
    case 'handed_over': {
      const isSilent = tellSilence(model, conversation, now) !== undefined;
      return help([...(isSilent ? [{ does: 'give back' } as const] : []), ...again]);
    }
    case 'muted': {
      if (mutedUntil === undefined) return undefined;
      // Whoever is taken for a machine has often said the same again and again.
      const repeatedUntil = isRepeated(conversation, message) ? turn.at + REPEATED_FOR_MS : 0;
      return help([moveTo(Math.max(mutedUntil, repeatedUntil), now), ...again]);
    }
    case 'stop_word':
    case 'opt_out_word':
      return conversation.channel === 'sms' ? help([start(message.author)]) : undefined;
    default: {
      const after = OVER_AFTER_MS[reason];
      if (after !== undefined) return help([moveTo(turn.at + after, now), ...again]);
      return ASK_AGAIN.has(outcome) ? help(again) : undefined;
    }
  }
}

/** Asked again at once it would be the same text too often in a row. */
function isRepeated({ messages }: Conversation, { author, body }: Message): boolean {
  const mine = [...messages.values()].filter((one) => one.author === author).slice(-MAX_REPEATS);
  return mine.length === MAX_REPEATS && mine.every((one) => one.body === body);
}

/** A reply that did not arrive because of a STOP. */
function allow({ messages }: Conversation, { inReplyTo }: Message): Help | undefined {
  const asked = messages.get(inReplyTo ?? '');
  return asked && help([start(asked.author), ...askAgain(asked)]);
}

function hasFailed({ receipts }: Message): boolean {
  return [...receipts.values()].some(({ errorCode }) => errorCode === OPTED_OUT);
}

function start(author: string): HelpStep {
  return { does: 'write', author, body: 'START' };
}

/** A file is not kept here to be sent again. */
function askAgain({ author, body, media }: Message): readonly HelpStep[] {
  return body === undefined || body === '' || media.length > 0 ? [] : [{ does: 'write', author, body }];
}

function moveTo(at: number, now: number): HelpStep {
  return { does: 'move', ms: Math.max(0, Math.ceil(at - now)) };
}

/** Time that is over already need not be moved. */
function help(given: readonly HelpStep[]): Help | undefined {
  const steps = given.filter((step) => step.does !== 'move' || step.ms > 0);
  const [first, ...others] = steps.map(nameStep);
  if (first === undefined) return undefined;
  return {
    title: [first, ...others.map((other) => other.charAt(0).toLowerCase() + other.slice(1))].join(' and '),
    steps,
  };
}

function nameStep(step: HelpStep): string {
  switch (step.does) {
    case 'give back':
      return 'Give back';
    case 'move':
      return `Move the clock on by ${formatSpan(step.ms)}`;
    case 'write':
      return step.body === 'START' ? 'Allow messages with START' : 'Ask again';
  }
}
