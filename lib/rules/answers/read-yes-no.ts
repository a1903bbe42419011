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
 */
export function readYesNo(
  normal: string,
  languages: readonly string[],
  language: () => string,
): 'yes' | 'no' | undefined {
  if (normal === '' || normal.length > LONGEST) return undefined;
  const thumb = THUMBS.find(([sign]) => normal.replaceAll(sign, '').trim() === '');
  if (thumb !== undefined) return thumb[1];
  const word = ignoreAccents(normal).replace(COMMA, ' ');
  const meant = new Map(languages.map(withoutRegion).map((code) => [code, meaningOf(word, code)]));
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

function meaningOf(word: string, language: string): Meaning | undefined {
  return hasYesAndNo(language) ? meanings(language).get(word) : undefined;
}

const meanings = lazilyEach((language: string): ReadonlyMap<string, Meaning> => {
  const { yes = '', no = '', neither = '' } = YES_NO[language] ?? {};
  const lists = { yes, no, neither };
  return new Map(
    (['yes', 'no', 'neither'] as const).flatMap((meaning) =>
      wordsOf(lists[meaning]).map((word) => [ignoreAccents(word), meaning] as const),
    ),
  );
});

function wordsOf(list: string): readonly string[] {
  return list.trim().split(/\s*,\s*/);
}

function withoutRegion(code: string): string {
  return code.toLowerCase().split(/[-_]/)[0] ?? '';
}
