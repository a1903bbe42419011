import { checkKeywords } from './check-keywords.ts';
import { checkMessages } from './check-messages.ts';
import { checkQuestions } from './check-questions.ts';
import { checkRemembered } from './check-remembered.ts';
import { checkStopWords } from './check-stop-words.ts';
import { checkWays } from './check-ways.ts';
import type { CheckedFile } from './checked-file.ts';

/** What can be seen only where all rules are known; problems and notes are put in order afterwards. */
const CHECKS: readonly ((file: CheckedFile) => void)[] = [
  checkQuestions,
  checkWays,
  checkMessages,
  checkRemembered,
  checkStopWords,
  checkKeywords,
];

export function checkWhole(file: CheckedFile): void {
  for (const check of CHECKS) check(file);
}
