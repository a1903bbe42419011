import { CHANNELS, type Channel } from '../../event/channels.ts';
import { MAX_BODY } from '../../limits.ts';
import { splitText } from '../../text/split-text.ts';
import { MAX_CALL_MESSAGES } from '../actions/call.ts';
import { isMessage } from '../actions/is-message.ts';
import { MAX_CONTINUED } from '../find-answer.ts';
import { followGoTo } from '../follow-go-to.ts';
import { allOf } from '../render/localize.ts';
import type { TextTemplate } from '../render/text-template.ts';
import type { ReplyAction, RuleBook, When } from '../types.ts';
import { longestValue } from './longest-value.ts';
import { mayMeet } from './relate-conditions.ts';

/** The most messages by which a rule, or an item of an `otherwise`, answers one of a customer. */
export interface MessageCost {
  readonly rule: string;
  /** By channel, those of rules that continue before it included. */
  readonly messages: Readonly<Partial<Record<Channel, number>>>;
  /** Without those. */
  readonly alone: number;
}

interface Counted {
  readonly id: string;
  readonly when: When;
  readonly alone: number;
  readonly continues?: true;
  /** Its place among all that answer: what continues speaks before what stands below it. */
  readonly place: number;
}

/** Which rules that continue may meet one message together; asked once, for it is asked for again and again. */
type Meeting = ReadonlyMap<Counted, ReadonlySet<Counted>>;

const ANY_MESSAGE: When = { event: ['onMessageAdded'] };

/** Of all that answers by itself, in the order of the file. */
export function countMessages(book: RuleBook): readonly MessageCost[] {
  const counted = listAnswers(book).map(
    ({ id, when = ANY_MESSAGE, then, continues, from }, place): Counted => {
      const { actions } = followGoTo(book, { id, when, then, from });
      return { id, when, place, alone: countOf(actions, when), ...(continues && { continues }) };
    },
  );
  const continuing = counted.filter(({ continues }) => continues).sort((a, b) => b.alone - a.alone);
  const meeting: Meeting = new Map(
    continuing.map((one) => [one, new Set(continuing.filter(({ when }) => mayMeet(one.when, when)))]),
  );
  return counted.map((one) => {
    const above = continuing.filter(({ when, place }) => place < one.place && mayMeet(when, one.when));
    const left = one.continues ? MAX_CONTINUED - 1 : MAX_CONTINUED;
    const before = (channel: Channel) => countMost(above.filter(isOn(channel)), left, meeting);
    const channels = one.when.channel ?? CHANNELS;
    return {
      rule: one.id,
      alone: one.alone,
      messages: Object.fromEntries(channels.map((name) => [name, one.alone + before(name)])),
    };
  });
}

function listAnswers({ rules, otherwise = [] }: RuleBook) {
  const ofRules = rules.flatMap((rule) => [
    ...(rule.when === undefined ? [] : [{ ...rule, from: 'rules' as const }]),
  ]);
  const own = rules.flatMap((rule) => rule.otherwise ?? []);
  const last = [...own, ...otherwise].map((item) => ({
    ...item,
    continues: undefined,
    from: 'file' as const,
  }));
  return [...ofRules, ...last];
}

function isOn(channel: Channel) {
  return ({ when }: Counted) => when.channel?.includes(channel) ?? true;
}

/**
 * The most messages by which so many of them answer together: by day or by night, not both.
 * @param continuing the most costly first
 */
function countMost(continuing: readonly Counted[], left: number, meeting: Meeting): number {
  let most = 0;
  if (left === 0) return most;
  for (const [index, one] of continuing.entries()) {
    // None of those that follow costs more.
    if (one.alone * left <= most) break;
    const others = continuing.slice(index + 1).filter((other) => meeting.get(one)?.has(other));
    most = Math.max(most, one.alone + countMost(others, left - 1, meeting));
  }
  return most;
}

function countOf(actions: readonly ReplyAction[], when: When): number {
  return actions.reduce((sum, action) => {
    if (action.kind === 'call') return sum + Math.max(MAX_CALL_MESSAGES, countOf(action.else, when));
    if (!isMessage(action)) return sum;
    if (action.kind !== 'text' || !action.split) return sum + 1;
    return sum + Math.max(...allOf(action.Body).map((text) => countParts(text, when)));
  }, 0);
}

/** Of a text whose values are as long as they may be. */
function countParts(text: TextTemplate, when: When): number {
  const whole = text
    .map((part) => (typeof part === 'string' ? part : 'x'.repeat(longestValue(part, when).length)))
    .join('');
  return whole.length <= MAX_BODY
    ? 1
    : splitText(whole, MAX_BODY).filter((part) => part.trim() !== '').length;
}
