import * as z from 'zod/mini';
import { compileBody } from '../compile-text.ts';
import { say, show, text as words } from '../shapes.ts';
import type { ActionForm } from './action-form.ts';

export const text: ActionForm<string, { readonly split?: boolean }> = {
  value: words,
  options: {
    split: {
      shape: z.boolean(say((input) => `"split" is true or false, not ${show(input)}.`)),
      astray: '"split" goes with a text alone: other messages cannot be sent in parts.',
    },
  },
  compile: (value, { split = false }, scope, spot) => [
    { kind: 'text', Body: compileBody(value, split, scope, spot.at('text')), split },
  ],
};
