import * as z from 'zod/mini';
import type { Localized } from '../render/text-template.ts';
import { notText, say, text } from './shapes.ts';
import type { Spot } from './spot.ts';
import { unknownLanguage } from './unknown-name.ts';

/** A text, or a mapping from languages to texts. */
export type Given = string | Readonly<Record<string, string>>;

/** @param wrong what is said of anything else */
export function localizedText(wrong: (input: unknown) => string = notText) {
  return z.union([z.string(), z.record(z.string(), text)], say(wrong));
}

const SEVERAL =
  'This must be text, not a list. Several messages are several actions: [{ text: … }, { text: … }]. ' +
  'A text that begins with [ needs quotes around it.';

/** What a message says; a list of texts is taken for several messages. */
export function messageText() {
  return localizedText((input) => (Array.isArray(input) ? SEVERAL : notText(input)));
}

/** Compiles each version of what may be given by language. The first language must be there. */
export function compileLocalized<T>(
  given: Given,
  languages: readonly string[],
  spot: Spot,
  compile: (text: string, spot: Spot) => T,
): Localized<T> {
  if (typeof given === 'string') return compile(given, spot);
  const [first = 'en'] = languages;
  for (const language of Object.keys(given)) {
    if (languages.includes(language)) continue;
    spot.at(language).keyProblem(unknownLanguage(language, languages));
  }
  if (given[first] === undefined) {
    spot.problem(
      `"${first}" is missing here: it is the first of the file's languages, and stands in for the others.`,
    );
  }
  const missing = languages.filter((language) => language !== first && given[language] === undefined);
  if (missing.length > 0)
    spot.note(
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing here: "${first}" is said instead.`,
    );
  return {
    byLanguage: Object.fromEntries(
      Object.entries(given).map(([language, text]) => [language, compile(text, spot.at(language))]),
    ),
  };
}
