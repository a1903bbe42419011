import * as z from 'zod/mini';
import type { ActionForm } from './action-form.ts';

/** Says nothing, on purpose. */
export const ignore: ActionForm<true> = {
  about: 'Says nothing, on purpose.',
  value: z.literal(true, 'Write "ignore: true", or leave the key out.'),
  compile: () => 'ignore',
  checkPlaces: (_, count) =>
    count > 1 ? '"ignore" stands alone: say something, or ignore the message.' : undefined,
};
