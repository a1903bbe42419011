import type { Place, Step, StepOf } from '../talk.ts';
import { describeAnswer, describeDifference } from '../tell/describe-answer.ts';
import type { Answer } from './answer-of.ts';
import { compareAnswer, type Expected } from './compare-answer.ts';
import type { Said } from './list-said.ts';
import type { Moment } from './to-moments.ts';
import { type Blank, writeAnswer } from './write-answer.ts';

/** Whether the bot's whole answer is what the steps below a happening say. */
export interface Judged {
  /** Where it is not, and in which step. */
  readonly wrong?: { readonly place: Place; readonly message: string };
  readonly blanks: readonly Blank[];
}

const RIGHT: Judged = { blanks: [] };

export function judgeAnswer({ happening, expected }: Moment, answer: Answer): Judged {
  if (happening === undefined) return RIGHT;
  const silence = expected.find(isA('silence'));
  if (silence !== undefined) return judgeSilence(silence, answer);
  const steps = expected.filter(isA('bot'));
  const items = steps.flatMap(({ items: some = [], place }) =>
    some.map((item): Expected => ({ item, place })),
  );
  const said = withoutNamed(answer.said, items, expected);
  const { difference, rest } = compareAnswer(items, said, answer.rules);
  if (difference !== undefined) {
    const { place } = difference.expected ?? happening;
    return { wrong: { place, message: describeDifference(difference, answer) }, blanks: [] };
  }
  const blank = steps.find((step) => step.items === undefined);
  if (blank !== undefined && (rest.length > 0 || items.length === 0)) {
    return { blanks: [{ place: blank.place, key: 'bot', ...writeAnswer({ ...answer, said: rest }) }] };
  }
  if (rest.length === 0) return RIGHT;
  const { place } = steps.at(-1) ?? happening;
  const message = describeDifference({ expected: undefined, said: rest[0] }, answer);
  return { wrong: { place, message }, blanks: [] };
}

function judgeSilence({ reason, place }: StepOf<'silence'>, answer: Answer): Judged {
  if (reason === undefined) return { blanks: [{ place, key: 'silence', ...writeAnswer(answer) }] };
  if (answer.reason === reason) return RIGHT;
  return {
    wrong: { place, message: `Expected silence (${reason}), and ${describeAnswer(answer)}` },
    blanks: [],
  };
}

/** A step `handed over: true` below says it as well as a handover among what the bot says. */
function withoutNamed(
  said: readonly Said[],
  items: readonly Expected[],
  expected: Moment['expected'],
): readonly Said[] {
  const isNamed = expected.some((step) => step.does === 'handed over' && step.isSo === true);
  const isExpected = items.some(({ item }) => item.kind === 'handover');
  return isNamed && !isExpected ? said.filter(({ kind }) => kind !== 'handover') : said;
}

function isA<Does extends Step['does']>(does: Does) {
  return (step: { readonly does: string }): step is StepOf<Does> => step.does === does;
}
