import { textsOf } from '../actions/actions.ts';
import { withoutCalls } from '../actions/without-calls.ts';
import { MAX_GO_TO } from '../follow-go-to.ts';
import { allOf } from '../render/localize.ts';
import type { Slot } from '../render/text-template.ts';
import { checkPath } from './check-path.ts';
import { type CheckedFile, type PlacedAnswer, valuesUnder } from './checked-file.ts';
import { answersById, goToOf, listWays, type Way } from './list-ways.ts';
import { type Scope, scopeOf } from './scope.ts';

/** How rules lead to each other: every way ends, every rule has one that leads to it, and says what it knows there. */
export function checkWays(file: CheckedFile): void {
  checkLeads(file);
  const rules = answersById(file);
  const circling = checkCircles(rules);
  const ways = listWays(file);
  for (const way of ways) if (!way.steps.some(({ id }) => circling.has(id))) checkLength(way, rules);
  const brought = new Map<PlacedAnswer, Scope[]>();
  for (const { steps, when } of ways) {
    const scope = { ...scopeOf(when ?? { event: ['onMessageAdded'] }, file), mayWait: false };
    const [start, ...others] = steps;
    for (const step of others) {
      brought.set(step, [...(brought.get(step) ?? []), scope]);
      if (start !== undefined) checkWords(start, step, scope);
    }
  }
  for (const [step, scopes] of brought) if (step.when === undefined) checkDefaults(step, scopes);
}

function checkLeads({ rules, given }: CheckedFile): void {
  const named = new Set(valuesUnder(given, 'go_to'));
  for (const { rule, given: written, spot } of rules) {
    if (rule.when !== undefined || named.has(rule.id) || hasWait(written)) continue;
    spot
      .at('id')
      .problem(
        `Nothing leads to the rule "${rule.id}": it has no "when", and no go_to names it. Add one of them.`,
      );
  }
}

/** A program may ask what waits; where its "wait" is wrong, that is told already. */
function hasWait({ then }: Readonly<Record<string, unknown>>): boolean {
  return !valuesUnder(then, 'wait').next().done;
}

/** Each rule leads to one other at most, so that from each there is one way. A circle is told once, where it begins. */
function checkCircles(rules: ReadonlyMap<string, PlacedAnswer>): ReadonlySet<string> {
  const passed = new Set<string>();
  const circling = new Set<string>();
  for (const start of rules.values()) {
    const way: string[] = [];
    let next: string | undefined = start.id;
    while (next !== undefined && !passed.has(next)) {
      passed.add(next);
      way.push(next);
      const step = rules.get(next);
      next = step && goToOf(step);
    }
    const circle = next === undefined ? [] : way.slice(way.indexOf(next) >>> 0);
    if (next === undefined || circle.length === 0) continue;
    for (const id of circle) circling.add(id);
    rules
      .get(next)
      ?.spot.problem(`This goes round in a circle: ${[...circle, next].join(' → ')}. Let one of them end.`);
  }
  return circling;
}

function checkLength({ steps: [start] }: Way, rules: ReadonlyMap<string, PlacedAnswer>): void {
  if (start === undefined) return;
  const way: string[] = [];
  for (let next = goToOf(start); next !== undefined && !way.includes(next); ) {
    way.push(next);
    const step = rules.get(next);
    next = step && goToOf(step);
  }
  if (way.length <= MAX_GO_TO) return;
  start.spot.problem(
    `This goes on to ${way.length} rules, ${way.join(' → ')}; at most ${MAX_GO_TO} are allowed.`,
  );
}

/** What a rule says where another one leads to it: of what the customer wrote it knows what that one took. */
function checkWords(start: PlacedAnswer, step: PlacedAnswer, scope: Scope): void {
  for (const slot of slotsOf(step)) {
    const hasDefault = slot.default !== undefined;
    // Whoever else leads there may bring it.
    if (hasDefault && isTaken(slot)) continue;
    // What is remembered does not depend on who leads there.
    if (slot.path.startsWith('remembered.')) continue;
    const fault = checkPath(slot, scope);
    if (fault === undefined) continue;
    start.spot.problem(`This goes on to "${step.id}", which says {{ ${slot.path} }}. ${fault}`);
  }
  const isMarked =
    step.then !== 'ignore' && withoutCalls(step.then.actions).some(({ kind }) => kind === 'tag');
  const silent = isMarked && scope.events.find((event) => event !== 'onMessageAdded');
  if (silent) {
    start.spot.note(
      `This goes on to "${step.id}", which tags the customer’s message. ${silent} has none, so nothing is tagged then.`,
    );
  }
}

/** A default does not excuse a name that nobody brings. */
function checkDefaults(step: PlacedAnswer, scopes: readonly Scope[]): void {
  for (const slot of slotsOf(step)) {
    if (slot.default === undefined || !isTaken(slot)) continue;
    const faults = scopes.map((scope) => checkPath(slot, scope));
    const [fault] = faults;
    if (fault === undefined || faults.includes(undefined)) continue;
    step.spot.problem(
      `{{ ${slot.path} }} is never there: no rule that leads to "${step.id}" takes it from the message.`,
    );
  }
}

/** It comes from the message, by a condition. */
function isTaken({ path }: Slot): boolean {
  return path === 'answer' || path.startsWith('match.');
}

function slotsOf({ then }: PlacedAnswer): readonly Slot[] {
  if (then === 'ignore') return [];
  const texts = then.actions.flatMap(textsOf);
  const slots = texts
    .flatMap(allOf)
    .flat()
    .filter((part) => typeof part !== 'string');
  return [...new Map(slots.map((slot) => [`${slot.path} ${slot.default === undefined}`, slot])).values()];
}
