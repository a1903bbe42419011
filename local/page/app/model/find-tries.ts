import { readOtherwise } from '../../../read-otherwise.ts';
import type { RunningRule } from '../../running-rule.ts';
import type { Conversation } from './model.ts';

type Place = Pick<Conversation, 'channel'>;

/** One for each rule that may answer the first message here: neither an `otherwise`, nor one for answers or another channel. */
export function findTries(rules: readonly RunningRule[], place: Place): readonly string[] {
  const first = rules.filter(
    (rule) => !readOtherwise(rule.id) && rule.after === undefined && isFor(rule, place),
  );
  return [...new Set(first.flatMap(({ tries }) => tries.slice(0, 1)))];
}

/** What answers the question of a rule. */
export function findAnswers(rules: readonly RunningRule[], asker: string, place: Place): readonly string[] {
  const taking = rules.filter((rule) => rule.after?.includes(asker) && isFor(rule, place));
  return [...new Set(taking.flatMap(({ tries }) => tries))];
}

function isFor({ channels }: RunningRule, { channel }: Place): boolean {
  return channels?.includes(channel) ?? true;
}
