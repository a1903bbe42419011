import { checkAnswerText } from './check-answer-text.ts';
import { checkCalls } from './check-calls.ts';
import { checkContinue } from './check-continue.ts';
import { checkCovered } from './check-covered.ts';
import { checkHandover } from './check-handover.ts';
import { checkKeywords } from './check-keywords.ts';
import { checkMessages } from './check-messages.ts';
import { checkNear } from './check-near.ts';
import { checkOnce } from './check-once.ts';
import { checkQuestions } from './check-questions.ts';
import { checkRemembered } from './check-remembered.ts';
import { checkStopWords } from './check-stop-words.ts';
import { checkTaken } from './check-taken.ts';
import { checkTitles } from './check-titles.ts';
import { checkTogether } from './check-together.ts';
import { checkValues } from './check-values.ts';
import { checkWays } from './check-ways.ts';
import { checkYesNo } from './check-yes-no.ts';
import type { CheckedFile } from './checked-file.ts';

/** What can be seen only where all rules are known; problems and notes are put in order afterwards. */
const CHECKS: readonly ((file: CheckedFile) => void)[] = [
  checkQuestions,
  checkWays,
  checkMessages,
  checkRemembered,
  checkStopWords,
  checkKeywords,
  checkTaken,
  checkCovered,
  checkContinue,
  checkAnswerText,
  checkNear,
  checkTogether,
  checkTitles,
  checkValues,
  checkCalls,
  checkOnce,
  checkYesNo,
  checkHandover,
];

export function checkWhole(file: CheckedFile): void {
  for (const check of CHECKS) check(file);
}
