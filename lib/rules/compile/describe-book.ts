import { CHANNELS } from '../../event/channels.ts';
import { withoutCalls } from '../actions/without-calls.ts';
import { webhookEvents } from '../answered-events.ts';
import { everyAnswer } from '../every-answer.ts';
import { showDuration } from '../match/show-duration.ts';
import { MEMORY_MS } from '../memory.ts';
import type { RuleBook, Then } from '../types.ts';
import { countMessages, type MessageCost } from './count-messages.ts';

/** What follows from the rules of a file, for those who run the bot. */
export interface BookFacts {
  /** Twilio must send these. */
  readonly events: readonly string[];
  readonly remembers: {
    /** The names of values. */
    readonly values: readonly string[];
    /** How long each question is open. */
    readonly questions: Readonly<Record<string, string>>;
    /** How many rules, and items of an `otherwise`, are kept in mind when they spoke. */
    readonly once: number;
    /** After the customer's last message. */
    readonly for: string;
  };
  /** The most messages by which each rule answers one, by channel; the most costly first. */
  readonly costs: readonly Pick<MessageCost, 'rule' | 'messages'>[];
}

export function describeBook(book: RuleBook): BookFacts {
  const answers = everyAnswer(book);
  const questions = book.rules.flatMap(({ id, waits }) =>
    waits ? [[id, showDuration(waits.ms)] as const] : [],
  );
  const costs = countMessages(book).map(({ rule, messages }) => ({ rule, messages }));
  return {
    events: webhookEvents(book),
    remembers: {
      values: [...new Set(answers.flatMap(({ then }) => namesIn(then)))],
      questions: Object.fromEntries(questions),
      once: answers.filter(({ when }) => when?.once !== undefined).length,
      for: showDuration(MEMORY_MS),
    },
    costs: costs.toSorted((a, b) => mostOf(b) - mostOf(a)),
  };
}

function namesIn(then: Then): readonly string[] {
  if (then === 'ignore') return [];
  return [
    ...withoutCalls(then.actions).flatMap((one) => (one.kind === 'remember' ? Object.keys(one.values) : [])),
    ...then.actions.flatMap((action) => (action.kind === 'call' ? action.remembers : [])),
  ];
}

const WORST = 3;

/** The same in three lines, as `parley rules check` prints them. */
export function showBook({ events, remembers, costs }: BookFacts): readonly string[] {
  const dear = costs.filter((cost) => mostOf(cost) > 0).map(showCost);
  const filters = events.map((name) => `--data-urlencode "Filters=${name}"`);
  return [
    `The most messages that one message can cost: ${someOf(dear) || 'none'}.`,
    `Remembered of a conversation: ${showRemembers(remembers)}.`,
    `Twilio must send: ${filters.join(' ')}`,
  ];
}

function someOf(all: readonly string[]): string {
  return `${all.slice(0, WORST).join(', ')}${all.length > WORST ? ' …' : ''}`;
}

function mostOf({ messages }: Pick<MessageCost, 'messages'>): number {
  return Math.max(0, ...Object.values(messages));
}

/** The channels are named where it costs less on another. */
function showCost(cost: Pick<MessageCost, 'rule' | 'messages'>): string {
  const most = mostOf(cost);
  const dear = CHANNELS.filter((name) => cost.messages[name] === most);
  return `${cost.rule} ${most}${dear.length === CHANNELS.length ? '' : ` (${dear.join(', ')})`}`;
}

function showRemembers({ values, questions, once, for: time }: BookFacts['remembers']): string {
  const open = Object.entries(questions).map(([rule, wait]) => `${rule} ${wait}`);
  const kept = [
    ...(values.length === 0 ? [] : [values.join(', ')]),
    ...(open.length === 0 ? [] : [`the open question (${someOf(open)})`]),
    ...(once === 0 ? [] : [`when ${once} ${once === 1 ? 'rule' : 'rules'} with "once" last spoke`]),
  ];
  return kept.length === 0
    ? 'nothing'
    : `${kept.join('; ')}; until ${time} after the customer's last message`;
}
