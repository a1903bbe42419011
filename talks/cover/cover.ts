import { eventTime } from '../../lib/event/event-time.ts';
import { memoryOf } from '../../lib/record/memory.ts';
import type { When } from '../../lib/rules/match/conditions/conditions.ts';
import { failedCondition } from '../../lib/rules/match/match-rule.ts';
import { readFacts } from '../../lib/rules/match/read-facts.ts';
import type { RuleBook, Then } from '../../lib/rules/types.ts';
import type { HeardOf, Played } from '../play/play-talk.ts';

/** What talks do not show of a bot. */
export interface Coverage {
  /** How many rules and items of an `otherwise` there are. */
  readonly all: number;
  /** Those that answer in no talk. */
  readonly unreached: readonly string[];
  /** Conditions of the others that held whenever they were asked: no talk shows what they are for. */
  readonly neverFailed: readonly { readonly rule: string; readonly condition: string }[];
}

interface Answerer {
  readonly id: string;
  readonly when?: When;
  readonly then: Then;
  readonly continues?: true;
}

export function cover(book: RuleBook, played: readonly Played[]): Coverage {
  const answerers = answerersOf(book);
  const reached = new Set(played.flatMap((one) => [...reachedIn(book, one)]));
  const failed = new Set<string>();
  for (const heard of played.flatMap((one) => one.heard)) {
    for (const [rule, condition] of failedIn(book, answerers, heard)) failed.add(`${rule} ${condition}`);
  }
  const ids = [...answerers.keys()];
  return {
    all: ids.length,
    unreached: ids.filter((id) => !reached.has(id)),
    neverFailed: [...answerers.values()]
      .filter(({ id }) => reached.has(id))
      .flatMap(({ id: rule, when = {} }) =>
        Object.keys(when)
          .filter((condition) => condition !== 'event' && !failed.has(`${rule} ${condition}`))
          .map((condition) => ({ rule, condition })),
      ),
  };
}

function answerersOf({ rules, otherwise = [] }: RuleBook): ReadonlyMap<string, Answerer> {
  const all = [
    ...rules.flatMap((rule): readonly Answerer[] => [rule, ...(rule.otherwise ?? [])]),
    ...otherwise,
  ];
  return new Map(all.map((one) => [one.id, one]));
}

/** Whoever answered, whom they went on to, and whose question a program asked. */
function* reachedIn(book: RuleBook, { talk, heard }: Played): Generator<string> {
  const all = answerersOf(book);
  for (const step of talk.steps) if (step.does === 'program' && step.waits !== undefined) yield step.waits;
  for (const { decision } of heard) {
    if (decision.outcome === 'ignored') yield decision.rule;
    if (decision.outcome !== 'reply') continue;
    for (const { rule } of decision.shares) yield* withGoTo(all, rule);
  }
}

function* withGoTo(all: ReadonlyMap<string, Answerer>, id: string): Generator<string> {
  for (let next: string | undefined = id; next !== undefined; ) {
    yield next;
    const then: Then | undefined = all.get(next)?.then;
    next = then === undefined || then === 'ignore' ? undefined : then.goTo;
  }
}

/** Of each that was asked in vain, the condition that did not hold. */
function* failedIn(
  book: RuleBook,
  all: ReadonlyMap<string, Answerer>,
  { event, decision, before, record, read }: HeardOf,
): Generator<readonly [rule: string, condition: string]> {
  const { considered } = decision;
  if (considered.length === 0) return;
  const at = eventTime(event, record.receivedAt);
  const facts = readFacts(event, book, { memory: memoryOf(before), at, read });
  for (const { rule, matched } of considered) {
    const { when, continues } = all.get(rule) ?? {};
    // What stands below the one that answers was not asked.
    if (matched && !continues) return;
    const condition = matched || when === undefined ? undefined : failedCondition(when, facts, rule);
    if (condition !== undefined) yield [rule, condition];
  }
}
