import { MAX_GO_TO } from '../follow-go-to.ts';
import type { Rule, When } from '../types.ts';
import type { CheckedFile, PlacedAnswer } from './checked-file.ts';

/** From what takes a message by itself to the last rule that it goes on to. */
export interface Way {
  /** Where it begins, and then each rule that `go_to` names. */
  readonly steps: readonly PlacedAnswer[];
  /** What the message was asked: of it `match` and `answer` come. */
  readonly when: When | undefined;
  /** The rule whose question is the last thing said. */
  readonly asks: Rule | undefined;
}

const known = new WeakMap<CheckedFile, readonly Way[]>();

/** Every way an answer can take, once for each rule and item that answers by itself. What goes in circles is cut off. */
export function listWays(file: CheckedFile): readonly Way[] {
  let ways = known.get(file);
  if (ways === undefined) {
    const byId = answersById(file);
    ways = file.answers.filter(answersItself).map((start) => followFrom(start, byId));
    known.set(file, ways);
  }
  return ways;
}

/** What each rule answers. */
export function answersById({ answers }: Pick<CheckedFile, 'answers'>): ReadonlyMap<string, PlacedAnswer> {
  return new Map(answers.flatMap((one) => (one.from === 'rules' ? [[one.id, one]] : [])));
}

/** A rule without `when` is only led to. */
function answersItself({ from, when }: PlacedAnswer): boolean {
  return from !== 'rules' || when !== undefined;
}

function followFrom(start: PlacedAnswer, byId: ReadonlyMap<string, PlacedAnswer>): Way {
  const steps = [start];
  for (let next = goToOf(start); next !== undefined && steps.length <= MAX_GO_TO; ) {
    const step = byId.get(next);
    if (step === undefined) break;
    steps.push(step);
    next = goToOf(step);
  }
  const last = steps.at(-1);
  const asks = last?.from === 'rules' && last.rule?.waits !== undefined ? last.rule : undefined;
  return { steps, when: start.when, asks };
}

export function goToOf({ then }: Pick<PlacedAnswer, 'then'>): string | undefined {
  return then === 'ignore' ? undefined : then.goTo;
}
