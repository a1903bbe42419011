import { slips } from '../../text/slips.ts';
import type { NearWord } from '../match/conditions/near.ts';
import type { CheckedFile, PlacedRule } from './checked-file.ts';
import { mayMeet } from './relate-conditions.ts';

interface PlacedWord extends NearWord {
  readonly digits: string;
  readonly length: number;
  /** One bit for each letter, by its code: words that differ in many cannot be near. */
  readonly letters: number;
  readonly placed: PlacedRule;
  readonly item: number;
  readonly place: number;
}

/** Notes two `near` words of different rules that one slip of a message may be near both of. */
export function checkNear({ rules }: CheckedFile): void {
  const words = rules
    .flatMap((placed, place) =>
      (placed.rule.when?.near ?? []).map((word, item) => readWord(word, placed, item, place)),
    )
    .sort((a, b) => a.length - b.length);
  const noted = new Set<PlacedWord>();
  for (const [index, one] of words.entries()) {
    for (let next = index + 1; next < words.length; next++) {
      const other = words[next] as PlacedWord;
      // Sorted by length, and no word allows more than two slips.
      if (other.length - one.length > 4) break;
      const [earlier, later] = one.place < other.place ? [one, other] : [other, one];
      if (noted.has(later) || !areNear(earlier, later)) continue;
      noted.add(later);
      later.placed.spot
        .at('when', 'near', later.item)
        .note(
          `What is written may be near both "${later.written}" and "${earlier.written}" of the rule ` +
            `"${earlier.placed.rule.id}" in line ${earlier.placed.spot.at('when', 'near').line()}, which then takes it. ` +
            'Keep as "near" the one that people mistype.',
        );
    }
  }
}

function readWord(word: NearWord, placed: PlacedRule, item: number, place: number): PlacedWord {
  const characters = [...word.text];
  return {
    ...word,
    digits: word.text.replace(/[^0-9]/g, ''),
    length: characters.length,
    letters: characters.reduce((bits, letter) => bits | (1 << ((letter.codePointAt(0) ?? 0) & 31)), 0),
    placed,
    item,
    place,
  };
}

function areNear(earlier: PlacedWord, later: PlacedWord): boolean {
  const sum = earlier.slips + later.slips;
  if (earlier.place === later.place || earlier.digits !== later.digits) return false;
  if (Math.abs(earlier.length - later.length) > sum) return false;
  if (countBits(earlier.letters ^ later.letters) > 2 * sum) return false;
  const [{ when, continues }, { when: other }] = [earlier.placed.rule, later.placed.rule];
  if (continues || when === undefined || other === undefined || !mayMeet(when, other)) return false;
  return slips(earlier.text, later.text, sum) <= sum;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
