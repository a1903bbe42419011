import * as z from 'zod/mini';
import { say, show } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';

export const misses: ConditionForm<number, number> = {
  about: 'The question was answered by its own "otherwise" at least so often.',
  shape: z
    .number(say(notACount))
    .check(z.refine((count) => Number.isInteger(count) && count >= 1 && count <= 100, say(notACount))),
  check: (_, spot, { isOwnOtherwise }) => {
    if (!isOwnOtherwise) spot.keyProblem('"misses" goes into the "otherwise" of a rule that waits.');
  },
  compile: (count) => count,
};

function notACount(input: unknown): string {
  return `"misses" is a whole number from 1 to 100, not ${show(input)}.`;
}
