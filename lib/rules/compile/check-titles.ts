import { isStopWord } from '../../guards/stop-words.ts';
import type { Candidate } from '../match/rule-index.ts';
import { type CheckedFile, type PlacedAnswer, placeActions } from './checked-file.ts';
import { listWays } from './list-ways.ts';
import { listWords } from './list-words.ts';
import { factsOf, rulesFor } from './try-words.ts';

const PLACEHOLDER = /\{\{/;

/**
 * Notes the titles of a template that nobody takes where it is sent: what people tap comes back as a message. Of stop
 * words check-stop-words.ts speaks.
 */
export function checkTitles(file: CheckedFile): void {
  if (file.isPartial) return;
  const { book, answers, optOut } = file;
  const questions = questionsAfter(file);
  const titles = new Map(Object.entries(book.templates).map(([name, { titles: all = [] }]) => [name, all]));
  for (const answer of answers) {
    for (const [action, spot] of placeActions(answer)) {
      if (action.kind !== 'template') continue;
      const offered =
        titles
          .get(action.template)
          ?.filter((title) => !PLACEHOLDER.test(title) && !isStopWord(title, optOut)) ?? [];
      const lost = offered.filter((title) => !isTaken(title, questions.get(answer) ?? [], file));
      if (lost.length === 0) continue;
      spot
        .at('template')
        .note(
          `No rule takes ${listWords(lost)}, which the template "${action.template}" offers to tap. ` +
            `Write a rule with ${lost.length === 1 ? 'this keyword' : 'these keywords'}, or with what it is "after".`,
        );
    }
  }
}

/** The questions that may be open once an answer was given: its own, and those it answers, which may be kept. */
function questionsAfter(file: CheckedFile): ReadonlyMap<PlacedAnswer, readonly string[]> {
  const found = new Map<PlacedAnswer, readonly string[]>();
  for (const { steps, when, asks } of listWays(file)) {
    const [start] = steps;
    const own = start?.from === 'question' ? [start.rule?.id] : (when?.after ?? []);
    const open = (asks === undefined ? own : [asks.id]).filter((id) => id !== undefined);
    for (const step of steps) found.set(step, [...(found.get(step) ?? []), ...open]);
  }
  // By a program's message a rule asks that nothing leads to.
  for (const answer of file.answers) {
    if (answer.from === 'rules' && answer.rule?.waits && !found.has(answer)) found.set(answer, [answer.id]);
  }
  return found;
}

function isTaken(title: string, questions: readonly string[], { book }: CheckedFile): boolean {
  return [undefined, ...new Set(questions)].some((question) => {
    for (const one of rulesFor(book, factsOf(book, title, question))) if (decides(one)) return true;
    return false;
  });
}

/** A tap is a message without a file. */
function decides({ rule, when }: Candidate): boolean {
  return !rule.continues && (when.media === undefined || when.media === false);
}
