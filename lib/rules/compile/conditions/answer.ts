import * as z from 'zod/mini';
import type { AnswerKind } from '../../match/conditions/answer.ts';
import { listOf, say, show } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import type { ConditionForm } from './condition-form.ts';

const KINDS = ['number', 'email', 'phone', 'yes', 'no', 'text'] as const;
const RANGE = /^(\d{1,15})?\.\.(\d{1,15})?$/;

export const answer: ConditionForm<readonly string[], readonly AnswerKind[]> = {
  about:
    'The message answers the question with a number, a range, an email, a phone, yes, no or text; {{ answer }} is the value.',
  shape: listOf(
    z.string(say(notAKind)).check(z.refine((given) => readKind(given) !== undefined, say(notAKind))),
  ),
  ofMessage: true,
  check: (given, spot, { hasAfter }) => {
    if (!hasAfter) spot.keyProblem('"answer" goes with "after": say which question is answered.');
    for (const [index, written] of given.entries()) {
      const kind = readKind(written);
      if (kind?.kind !== 'range' || kind.low === undefined || kind.high === undefined) continue;
      if (BigInt(kind.low) > BigInt(kind.high))
        spot.at(index).problem(`No number is in ${written}. Write the smaller one first.`);
    }
  },
  compile: (given) => given.map(readKind).filter((kind) => kind !== undefined),
};

function readKind(written: string): AnswerKind | undefined {
  const kind = KINDS.find((name) => name === written);
  if (kind !== undefined) return { kind, written };
  const found = RANGE.exec(written);
  if (found === null || written === '..') return undefined;
  const [, low, high] = found;
  return {
    kind: 'range',
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    written,
  };
}

/** A range as it is written elsewhere: 1-5, 1 to 5. */
const OTHER_RANGE = /^(\d{1,15})\s*(?:-|–|\.{3}|to)\s*(\d{1,15})$/;

function notAKind(input: unknown): string {
  const range = OTHER_RANGE.exec(String(input));
  return (
    `${show(input)} is not a kind of answer. Allowed: ${KINDS.join(', ')}, or whole numbers such as 0..6, 5.. or ..4.` +
    (range === null ? suggest(String(input), KINDS) : ` Did you mean ${range[1]}..${range[2]}?`)
  );
}
