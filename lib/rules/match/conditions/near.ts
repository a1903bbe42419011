import { lazilyEach } from '../../../lazily.ts';
import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { isNear } from '../../../text/slips.ts';
import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

export interface NearWord {
  /** As the author wrote it. */
  readonly written: string;
  /** As normalizeText and ignoreAccents leave it. */
  readonly text: string;
  /** How many are forgiven, by the letters that the author wrote. */
  readonly slips: number;
}

/** The most letters that slips add or take. */
const SLIPS = 2;

/** Whole messages but for a slip of the finger. Neither a keyword of the file nor a stop word is ever taken for one. */
export const near: Condition<readonly NearWord[]> = {
  holds: (words, facts) => {
    const message = lookAt(facts);
    const isAnyNear = words.some(
      ({ text, slips }) => mayBeNear(message, lookAtWord(text), slips) && isNear(message.text, text, slips),
    );
    return isAnyNear && !facts.isStopWord && !facts.isKeyword();
  },
  ...reasonsOfMessage('is, but for a slip,', 'is not, even with a slip,', ({ written }: NearWord) =>
    JSON.stringify(written),
  ),
  ruleKeys: (words) => {
    words.forEach(noteLength);
    return words.map(({ text }) => text);
  },
  eventKeys: (facts) => {
    const message = lookAt(facts);
    const around = Array.from({ length: 2 * SLIPS + 1 }, (_, place) => message.length - SLIPS + place);
    return around.flatMap((length) =>
      [...(byLength.get(length) ?? [])].flatMap(([text, slips]) =>
        mayBeNear(message, lookAtWord(text), slips) ? [text] : [],
      ),
    );
  },
};

/** What of a text says at once that another is too far from it. */
interface Look {
  readonly text: string;
  /** Code points. */
  readonly length: number;
  /** One bit for each character that is in it, or several. */
  readonly bits: number;
}

/**
 * The words of the rules with the most slips that one of them forgives: no more are kept than there are. Most are never
 * looked at: too long or too short.
 */
const byLength = new Map<number, Map<string, number>>();
const messages = new WeakMap<Facts, Look>();

function noteLength({ text, slips }: NearWord): void {
  const { length } = [...text];
  const words = byLength.get(length) ?? new Map<string, number>();
  byLength.set(length, words.set(text, Math.max(slips, words.get(text) ?? 0)));
}

const lookAtWord = lazilyEach(look);

function lookAt(facts: Facts): Look {
  const known = messages.get(facts) ?? look(ignoreAccents(facts.normal));
  messages.set(facts, known);
  return known;
}

function look(text: string): Look {
  let bits = 0;
  let length = 0;
  for (const character of text) {
    bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);
    length++;
  }
  return { text, length, bits };
}

/** A slip adds a character, takes one, or both; so it changes two bits at most. */
function mayBeNear(message: Look, word: Look, slips: number): boolean {
  if (Math.abs(message.length - word.length) > slips) return false;
  let changed = message.bits ^ word.bits;
  for (let left = 2 * slips; changed !== 0; left--) {
    if (left === 0) return false;
    changed &= changed - 1;
  }
  return true;
}
