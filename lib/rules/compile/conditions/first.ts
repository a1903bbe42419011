import * as z from 'zod/mini';
import { duration } from '../duration.ts';
import { say, show } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';

/** `true`, or a duration. */
export const first: ConditionForm<true | number, true | number> = {
  about: 'Nobody wrote here before (true), or not for so long.',
  shape: z.pipe(
    z.transform((value: unknown) => (value === true ? '0' : value)),
    z.union(
      [
        z.pipe(
          z.literal('0'),
          z.transform(() => true as const),
        ),
        duration,
      ],
      say((input) => `"first" is true, or a duration such as 7d, not ${show(input)}.`),
    ),
  ),
  compile: (given) => given,
};
