import type { Memory, ReadLanguage } from '../memory.ts';

export const DEFAULT_LANGUAGES: readonly string[] = ['en'];
const DAY = 86_400_000;

/** A conversation's language, and where it was read just now what is to be kept of it. */
export interface ToldLanguage {
  readonly language: string;
  readonly read?: ReadLanguage;
}

/**
 * What is remembered; else the attribute `language` of the participant, then of the conversation, which is read once and
 * kept a day; else the first. `de-AT` is `de`.
 * @param of who it is about (subjectKey); in a group each speaks their own
 * @param lookUp the value of a path, as in `{{ }}`
 */
export function tellLanguage(
  languages: readonly string[],
  { values, language: kept }: Pick<Memory, 'values' | 'language'>,
  of: string,
  at: number,
  lookUp: (path: string) => string | undefined,
): ToldLanguage {
  const [first = 'en'] = languages;
  const remembered = findLanguage(values?.['language'], languages);
  if (remembered !== undefined) return { language: remembered };
  if (languages.length < 2) return { language: first };
  if (kept !== undefined && kept.of === of && at - kept.at < DAY) {
    return { language: findLanguage(kept.language, languages) ?? first };
  }
  const said = lookUp('participant.attributes.language') ?? lookUp('conversation.attributes.language') ?? '';
  return { language: findLanguage(said, languages) ?? first, read: { of, language: said.slice(0, 16), at } };
}

/** The one of `languages` that is meant: `pt-BR` is itself where it is among them, and `pt` otherwise. */
export function findLanguage(said: string | undefined, languages: readonly string[]): string | undefined {
  if (said === undefined) return undefined;
  const code = said.toLowerCase().replaceAll('_', '-');
  const [base] = code.split('-');
  const named = (name: string | undefined) => languages.find((language) => language.toLowerCase() === name);
  return named(code) ?? named(base);
}
