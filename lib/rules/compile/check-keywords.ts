import { ignoreAccents } from '../../text/ignore-accents.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import type { When } from '../types.ts';
import type { CheckedFile, PlacedRule } from './checked-file.ts';
import { asMapping } from './file-names.ts';
import { isImplied } from './relate-conditions.ts';

/** A keyword where it stands. */
interface KeywordPlace {
  readonly written: string;
  readonly normal: string;
  readonly placed: PlacedRule;
}

/**
 * Notes keywords that never reach their rule, because an earlier one has the same: written alike, or differently and
 * yet the same to the bot, where the author may believe that each has an answer of its own.
 */
export function checkKeywords({ rules }: CheckedFile): void {
  const earlier = new Map<string, KeywordPlace[]>();
  for (const placed of rules) {
    const { when } = placed.rule;
    if (when?.keyword === undefined) continue;
    for (const [item, written] of keywordsOf(placed).entries()) {
      const normal = normalizeText(written);
      const key = ignoreAccents(normal);
      const same = earlier.get(key) ?? [];
      const taken = same.find((other) => takesItsMessage(other.placed, placed, when));
      if (taken !== undefined) {
        const place = placed.spot.at('when', 'keyword', item);
        place.note(describe(written, taken, taken.normal === normal));
      }
      same.push({ written, normal, placed });
      earlier.set(key, same);
    }
  }
}

/** As they stand in the file; one needs no list. */
export function keywordsOf({ given }: Pick<PlacedRule, 'given'>): readonly string[] {
  return [asMapping(given['when'])['keyword']].flat().map(String);
}

function describe(word: string, { written, placed: { rule, spot } }: KeywordPlace, isSame: boolean): string {
  const place = `of the rule "${rule.id}" in line ${spot.at('when', 'keyword').line()}`;
  if (word === written) {
    return (
      `"${word}" never comes here: it is a keyword ${place} too, which takes it. ` +
      'Keep one of them, or let another condition tell the rules apart.'
    );
  }
  const other = `"${written}" ${place}`;
  return isSame
    ? `"${word}" and ${other} are the same keyword: what tells them apart is ignored. "${rule.id}" takes both.`
    : `"${word}" and ${other} differ only in accents. Each takes what is written just so, and "${rule.id}" the rest.`;
}

/** Whether the keyword decides between the two, and nothing else. */
function takesItsMessage({ rule: earlier }: PlacedRule, { rule: later }: PlacedRule, when: When): boolean {
  if (earlier === later || earlier.continues || earlier.when === undefined) return false;
  const { near, includes, pattern, answer } = earlier.when;
  return (
    [near, includes, pattern, answer].every((asked) => asked === undefined) && isImplied(earlier.when, when)
  );
}
