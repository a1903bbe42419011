import { explainReason } from '../../lib/guards/guards.ts';
import type { Answer } from '../play/answer-of.ts';
import type { Difference } from '../play/compare-answer.ts';
import { showItem } from './show-item.ts';

/** What the bot did instead; completes "Expected …, and". */
export function describeAnswer({ said, rules, reason }: Answer): string {
  if (said.length > 0)
    return `the bot said ${said.map((one) => `${showItem(one)} (rule ${JSON.stringify(one.rule)})`).join(', then ')}.`;
  if (reason === undefined) return `the rule ${JSON.stringify(rules.at(-1))} answered without a word.`;
  const why = explainReason(reason);
  return `the bot was silent (${reason}).${why === undefined ? '' : ` ${why}`}`;
}

/** The first place where an answer is another than expected, in a sentence. */
export function describeDifference({ expected, said }: Difference, answer: Answer): string {
  const instead = said && `${showItem(said)} (rule ${JSON.stringify(said.rule)})`;
  if (expected === undefined) {
    return `The bot ${answer.said.length > 1 ? 'also ' : ''}said ${instead}, and no step expects it. Write it under "bot", or leave a "- bot:" empty and run with --update.`;
  }
  const wanted = `Expected ${showItem(expected.item)}`;
  if (answer.said.length === 0) return `${wanted}, and ${describeAnswer(answer)}`;
  return `${wanted}, and the bot said ${instead ?? 'no more'}.`;
}
