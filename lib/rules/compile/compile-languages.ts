import * as z from 'zod/mini';
import { say, show } from './shapes.ts';
import type { Spot } from './spot.ts';

const CODE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
const MAX_LANGUAGES = 20;

const languagesSchema = z
  .array(
    z.string(say(notALanguage)).check(z.regex(CODE, say(notALanguage))),
    say(
      (input) => `The languages are a list, such as [en, de], not ${show(input)}. The first is the fallback.`,
    ),
  )
  .check(
    z.minLength(1, 'This list is empty. Give at least one language, or leave the key out.'),
    z.maxLength(MAX_LANGUAGES, `At most ${MAX_LANGUAGES} languages are allowed.`),
  );

/** The languages the bot speaks, the first of which stands in for the others. */
export function compileLanguages(input: unknown, spot: Spot): readonly string[] | undefined {
  const given = spot.check(languagesSchema, input);
  for (const [index, language] of (given ?? []).entries()) {
    if (given?.indexOf(language) === index) continue;
    spot.at(index).problem(`"${language}" is listed twice. Keep one.`);
  }
  return given;
}

function notALanguage(input: unknown): string {
  return `${show(input)} is not a language code. Write a code such as en, de or pt-BR.`;
}
