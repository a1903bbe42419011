import * as z from 'zod/mini';
import { EDITOR, text } from '../shapes.ts';

/** Longer texts than this can be no keyword, phrase or pattern that somebody meant. */
const MAX_CONDITION = 1000;

const bounded = () =>
  text.check(
    z.refine((value) => value.trim() !== '', 'This is empty. Write what to look for.'),
    z.maxLength(MAX_CONDITION, `This is longer than ${MAX_CONDITION} characters.`),
  );

/** A regular expression. One that is a number needs quotes, for the point in 1.5 is any character. */
export const writtenPattern = bounded();

/** Words that a message is compared with. A number is read as its digits (number-words.ts). */
export const writtenText = bounded();
EDITOR.add(writtenText, { type: ['string', 'number'] });
