import type { NotOpen } from '../open-question.ts';
import type { Condition } from './condition.ts';
import { quoteAll } from './reasons.ts';

const WHY: Readonly<Record<NotOpen, string>> = {
  none: 'no question is open',
  closed: 'the rule that asked is gone, or waits no more',
  earlier: 'the message was written before the question',
  'other customer': 'the question was put to another customer',
  'time over': 'the time of the question is over',
};

/** Ids of the rules of which one's question is open to this customer. */
export const after: Condition<readonly string[]> = {
  holds: (rules, { question }) => question !== undefined && rules.includes(question.rule),
  yes: (_, { question }) => `the question of "${question?.rule}" is open`,
  no: (rules, { question, notOpen }) =>
    question === undefined
      ? WHY[notOpen ?? 'none']
      : `the question of "${question.rule}" is open, the rule is for ${quoteAll(rules)}`,
  ruleKeys: (rules) => rules,
  eventKeys: ({ question }) => (question === undefined ? [] : [question.rule]),
};
