import type { ByLanguage, Localized } from './text-template.ts';

interface Spoken {
  readonly language: string;
  /** The first is the fallback. */
  readonly languages: readonly string[];
}

/** The text, or the SID, of the language that is spoken; where it has none, the first language's, which every one has. */
export function localize<T>(given: Localized<T>, { language, languages: [first = 'en'] }: Spoken): T {
  if (!isByLanguage(given)) return given;
  const { byLanguage } = given;
  return (byLanguage[language] ?? byLanguage[first] ?? Object.values(byLanguage)[0]) as T;
}

export function isByLanguage<T>(given: Localized<T>): given is ByLanguage<T> {
  return typeof given === 'object' && given !== null && 'byLanguage' in given;
}

/** Every version of it. */
export function allOf<T>(given: Localized<T>): readonly T[] {
  return isByLanguage(given) ? Object.values(given.byLanguage) : [given];
}
