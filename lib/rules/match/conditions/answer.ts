import { readEmail } from '../../answers/read-email.ts';
import { isWithin, readNumber } from '../../answers/read-number.ts';
import { readPhone } from '../../answers/read-phone.ts';
import { readText } from '../../answers/read-text.ts';
import { readYesNo } from '../../answers/read-yes-no.ts';
import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';

/** What a message may answer with; `written` is how the author put it. */
export type AnswerKind =
  | { readonly kind: 'number' | 'email' | 'phone' | 'yes' | 'no' | 'text'; readonly written: string }
  | { readonly kind: 'range'; readonly low?: string; readonly high?: string; readonly written: string };

/** The message answers a question with one of these. */
export const answer: Condition<readonly AnswerKind[]> = {
  holds: (kinds, facts) => readAnswer(kinds, facts) !== undefined,
  yes: (kinds) => `the message answers with ${listOf(kinds)}`,
  no: (kinds) => `the message does not answer with ${listOf(kinds)}`,
};

/** What the first of these kinds takes from the message, for `{{ answer }}`. */
export function readAnswer(kinds: readonly AnswerKind[], facts: Facts): string | undefined {
  for (const kind of kinds) {
    const value = readOne(kind, facts);
    if (value !== undefined) return value;
  }
  return undefined;
}

function readOne(wanted: AnswerKind, facts: Facts): string | undefined {
  const { body } = facts;
  switch (wanted.kind) {
    case 'number':
      return numberIn(facts);
    case 'range': {
      const digits = numberIn(facts);
      return digits !== undefined && isWithin(digits, [wanted.low, wanted.high]) ? digits : undefined;
    }
    case 'email':
      return readEmail(body);
    case 'phone':
      return readPhone(body);
    case 'text':
      return facts.isStopWord ? undefined : readText(facts.written.body);
    default:
      return saysYesOrNo(wanted.kind, facts);
  }
}

const numbers = new WeakMap<Facts, { readonly digits: string | undefined }>();

/** Read once, however many ranges it is compared with. */
function numberIn(facts: Facts): string | undefined {
  const known = numbers.get(facts) ?? { digits: readNumber(facts.body) };
  numbers.set(facts, known);
  return known.digits;
}

/** The conversation's language is asked for only where a word is yes in one language and no in another. */
function saysYesOrNo(wanted: 'yes' | 'no', { normal, isStopWord, languages, language, isKeyword }: Facts) {
  if (isStopWord) return undefined;
  const said = readYesNo(normal, languages, () => language().language, isKeyword);
  return said === wanted ? wanted : undefined;
}

function listOf(kinds: readonly AnswerKind[]): string {
  return kinds.map(({ written }) => written).join(', ');
}
