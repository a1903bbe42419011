import { lazilyEach } from '../../../lazily.ts';
import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { isNear, tolerated } from '../../../text/slips.ts';
import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

/** The most letters that a slip adds or takes. */
const SLIPS = 2;

/**
 * Whole messages, as normalizeText and ignoreAccents leave them, but for a slip of the finger. Neither a keyword of the
 * file nor a stop word is ever taken for one.
 */
export const near: Condition<readonly string[]> = {
  holds: (words, facts) => {
    const message = lookAt(facts);
    const isAnyNear = words.some(
      (word) => mayBeNear(message, lookAtWord(word)) && isNear(message.text, word),
    );
    return isAnyNear && !facts.isStopWord && !facts.isKeyword();
  },
  ...reasonsOfMessage('is, but for a slip,', 'is not, even with a slip,', (word: string) =>
    JSON.stringify(word),
  ),
  ruleKeys: (words) => {
    words.forEach(noteLength);
    return words;
  },
  eventKeys: (facts) => {
    const message = lookAt(facts);
    const around = Array.from({ length: 2 * SLIPS + 1 }, (_, place) => message.length - SLIPS + place);
    return around.flatMap((length) =>
      [...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))),
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
  /** The slips that are tolerated, where it is a rule's word. */
  readonly slips: number;
}

/** The words of the rules: no more of them are kept than there are. Most are never looked at: too long or too short. */
const byLength = new Map<number, Set<string>>();
const messages = new WeakMap<Facts, Look>();

function noteLength(text: string): void {
  const { length } = [...text];
  const words = byLength.get(length);
  if (words === undefined) byLength.set(length, new Set([text]));
  else words.add(text);
}

const lookAtWord = lazilyEach((text: string): Look => ({ ...look(text), slips: tolerated(text) }));

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
  return { text, length, bits, slips: 0 };
}

/** A slip adds a character, takes one, or both; so it changes two bits at most. */
function mayBeNear(message: Look, word: Look): boolean {
  if (Math.abs(message.length - word.length) > word.slips) return false;
  let changed = message.bits ^ word.bits;
  for (let left = 2 * word.slips; changed !== 0; left--) {
    if (left === 0) return false;
    changed &= changed - 1;
  }
  return true;
}
