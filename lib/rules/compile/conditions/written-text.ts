import * as z from 'zod/mini';
import { EDITOR, text } from '../shapes.ts';

/** Longer texts than this can be no keyword, phrase or pattern that somebody meant. */
const MAX_CONDITION = 1000;

/** What a message is compared with. Under some keys a number is read as its digits (number-words.ts). */
export const writtenText = text.check(
  z.refine((value) => value.trim() !== '', 'This is empty. Write what to look for.'),
  z.maxLength(MAX_CONDITION, `This is longer than ${MAX_CONDITION} characters.`),
);
EDITOR.add(writtenText, { type: ['string', 'number'] });
