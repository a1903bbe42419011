import type { Memory, ReadLanguage } from '../memory.ts';

export const DEFAULT_LANGUAGES: readonly string[] = ['en'];
const DAY = 86_400_000;

/** A conversation's language, and where it was read just now what is to be kept of it. */
export interface ToldLanguage {
  readonly language: string;
  readonly read?: ReadLanguage;
}

/** Where a conversation's language may be told by whoever keeps its participants or itself. */
const ATTRIBUTES = ['participant.attributes.language', 'conversation.attributes.language'];
const LONGEST_CODE = 16;

/**
 * What is remembered; else the attribute `language` of the participant, then of the conversation, the first of them that
 * the bot speaks, which is read once and kept a day; else the first. `de-AT` is `de`.
 * @param of who it is about (subjectKey); in a group each speaks their own
 * @param lookUp the value of a path, as in `{{ }}`; null where it was not read
 */
export function tellLanguage(
  languages: readonly string[],
  { values, language: kept }: Pick<Memory, 'values' | 'language'>,
  of: string,
  at: number,
  lookUp: (path: string) => string | undefined | null,
): ToldLanguage {
  const [first = 'en'] = languages;
  const remembered = findLanguage(values?.['language'], languages);
  if (remembered !== undefined) return { language: remembered };
  if (languages.length < 2) return { language: first };
  if (kept !== undefined && kept.of === of && at - kept.at < DAY) {
    return { language: findLanguage(kept.language, languages) ?? first };
  }
  for (const path of ATTRIBUTES) {
    const said = lookUp(path);
    if (said === null) return { language: first };
    const language = findLanguage(said, languages);
    if (language !== undefined)
      return { language, read: { of, language: said?.slice(0, LONGEST_CODE) ?? '', at } };
  }
  return { language: first, read: { of, language: '', at } };
}

/**
 * The one of `languages` that is meant: `pt-BR` is itself where it is among them, and `pt` otherwise; `pt` is `pt-BR`
 * where no other is nearer.
 */
export function findLanguage(said: string | undefined, languages: readonly string[]): string | undefined {
  if (said === undefined) return undefined;
  const code = said.toLowerCase().replaceAll('_', '-');
  const [base] = code.split('-');
  const find = (isMeant: (name: string) => boolean) =>
    languages.find((language) => isMeant(language.toLowerCase()));
  return (
    find((name) => name === code) ??
    find((name) => name === base) ??
    find((name) => name.startsWith(`${code}-`))
  );
}
