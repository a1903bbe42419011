import { subjectKey } from '../guards/subject-key.ts';
import type { Answerer } from './find-answer.ts';
import type { Followed } from './follow-go-to.ts';
import { waitOf } from './match/open-question.ts';
import type { Facts } from './match/read-facts.ts';
import type { QuestionChange } from './memory.ts';
import type { RuleBook } from './types.ts';

/**
 * What an answer does to the open question: another one takes its place, an answer to it closes it (or, kept, begins it
 * anew), its own `otherwise` counts a miss, and whatever else is said leaves it. Handing over closes it too
 * (record/memory.ts).
 */
export function changeQuestion(
  book: RuleBook,
  { event, question }: Facts,
  { when, from, asks, goneOnTo }: Answerer & Followed,
): QuestionChange | undefined {
  const isMissed = from === 'question';
  if (asks !== undefined) {
    const to = subjectKey(event);
    const goesOn = isMissed && question?.rule === asks ? { misses: question.misses + 1 } : {};
    return { opens: asks, ...(to === undefined ? {} : { to }), ...goesOn };
  }
  if (question === undefined) return undefined;
  const asked = { rule: question.rule, index: question.index };
  if (isMissed) return goneOnTo.length > 0 ? { closes: asked } : { misses: asked };
  if (!when?.after?.includes(question.rule)) return undefined;
  return waitOf(book, question.rule)?.keep ? { keeps: asked } : { closes: asked };
}
