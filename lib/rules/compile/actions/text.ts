import * as z from 'zod/mini';
import { compileBody } from '../compile-text.ts';
import { compileLocalized, type Given, messageText } from '../localized.ts';
import { say, show } from '../shapes.ts';
import type { ActionForm } from './action-form.ts';

export const text: ActionForm<Given, { readonly split?: boolean }> = {
  about: 'Sends this text, or the one in the language of the conversation; {{ path }} puts a value in.',
  value: messageText(),
  options: {
    split: {
      about: 'Allows more than one message can hold: the text is sent in parts.',
      shape: z.boolean(say((input) => `"split" is true or false, not ${show(input)}.`)),
      astray: '"split" goes with a text alone: other messages cannot be sent in parts.',
    },
  },
  mayWait: true,
  compile: (value, { split = false }, scope, spot) => {
    const Body = compileLocalized(value, scope.names.languages, spot.at('text'), (one, place) =>
      compileBody(one, split, scope, place),
    );
    return { actions: [{ kind: 'text', Body, split }] };
  },
};
