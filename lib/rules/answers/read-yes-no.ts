import { lazilyEach } from '../../lazily.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import { YES_NO } from '../../text/yes-no.ts';

type Meaning = 'yes' | 'no' | 'neither';

/** Beyond this many characters a message is not such an answer. */
const LONGEST = 100;
const COMMA = / ?[,،、] ?/g;
const THUMBS: readonly (readonly [sign: string, answer: 'yes' | 'no'])[] = [
  ['👍', 'yes'],
  ['👎', 'no'],
];

/** Those whose words are known, without a region. */
export const YES_NO_LANGUAGES: readonly string[] = Object.keys(YES_NO);

/** Whether the words of a language (`de`, `de-AT`) are known; in others only 👍 and 👎 answer. */
export function hasYesAndNo(language: string): boolean {
  return YES_NO_LANGUAGES.includes(withoutRegion(language));
}

/**
 * Whether a whole message says yes or no in one of these languages, or with thumbs. What the conversation's language
 * makes of it decides; where that does not know the word, and others mean different things by it, it is not an answer.
 *
 * @param normal as normalizeText leaves it; accents and commas are not compared
 * @param languages of the rules file
 * @param language of the conversation, one of them; asked for only where the languages do not agree
 * @param isKeyword whether the message is a keyword of the file, accents and all: then only a word that is written as the
 *   message is counts, or `sí` would take the `si` for which a rule waits
 */
export function readYesNo(
  normal: string,
  languages: readonly string[],
  language: () => string,
  isKeyword: () => boolean = () => false,
): 'yes' | 'no' | undefined {
  if (normal === '' || normal.length > LONGEST) return undefined;
  const thumb = THUMBS.find(([sign]) => normal.replaceAll(sign, '').trim() === '');
  if (thumb !== undefined) return thumb[1];
  const word = normal.replace(COMMA, ' ');
  const meant = new Map(languages.map(withoutRegion).map((code) => [code, meaningOf(word, code, isKeyword)]));
  const [only, ...different] = new Set([...meant.values()].filter((meaning) => meaning !== undefined));
  if (different.length === 0) return isAnswer(only) ? only : undefined;
  const own = meant.get(withoutRegion(language()));
  if (own !== undefined) return own === 'neither' ? undefined : own;
  const [answer, ...others] = new Set([...meant.values()].filter(isAnswer));
  return others.length > 0 ? undefined : answer;
}

function isAnswer(meaning: Meaning | undefined): meaning is 'yes' | 'no' {
  return meaning === 'yes' || meaning === 'no';
}

function meaningOf(word: string, language: string, isKeyword: () => boolean): Meaning | undefined {
  if (!hasYesAndNo(language)) return undefined;
  const { exact, plain } = meanings(language);
  const meaning = exact.get(word) ?? plain.get(ignoreAccents(word));
  return meaning === undefined || exact.has(word) || !isKeyword() ? meaning : undefined;
}

const meanings = lazilyEach((language: string) => {
  const { yes = '', no = '', neither = '' } = YES_NO[language] ?? {};
  const lists = { yes, no, neither };
  const written = (['yes', 'no', 'neither'] as const).flatMap((meaning) =>
    wordsOf(lists[meaning]).map((word) => [word, meaning] as const),
  );
  return {
    exact: new Map<string, Meaning>(written),
    plain: new Map<string, Meaning>(written.map(([word, meaning]) => [ignoreAccents(word), meaning])),
  };
});

function wordsOf(list: string): readonly string[] {
  return list.trim().split(/\s*,\s*/);
}

function withoutRegion(code: string): string {
  return code.toLowerCase().split(/[-_]/)[0] ?? '';
}
