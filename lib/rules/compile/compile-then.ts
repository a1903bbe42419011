import * as z from 'zod/mini';
import type { TextTemplate } from '../render/text-template.ts';
import type { Answer, PlainAction, Then, Wait } from '../types.ts';
import type { Compiled } from './actions/action-form.ts';
import { ACTION_FORMS } from './actions/action-forms.ts';
import { BESIDE_ACTIONS } from './beside-actions.ts';
import { keyHome } from './key-homes.ts';
import { asWritten, isWords } from './plain-text.ts';
import type { Scope } from './scope.ts';
import { mapping } from './shapes.ts';
import type { Spot } from './spot.ts';

const NAMES = [...ACTION_FORMS.keys()];

const actionSchema = mapping(
  'An action',
  Object.fromEntries([
    ...[...ACTION_FORMS].flatMap(([name, { value, options = {} }]) => [
      [name, z.optional(value)],
      ...Object.entries(options).map(([option, { shape }]) => [option, z.optional(shape)]),
    ]),
    ...Object.entries(BESIDE_ACTIONS).map(([name, shape]) => [name, z.optional(shape)]),
  ]) as Readonly<Record<string, z.ZodMiniType>>,
  (input) => {
    const form = typeof input === 'string' ? ACTION_FORMS.get(input) : undefined;
    if (form !== undefined)
      return `Write: { ${input}: ${z.safeParse(form.value, true).success ? 'true' : '…'} }`;
    return isWords(input)
      ? `Write: { text: ${asWritten([input].flat().join(' '))} }`
      : 'Write { text: … } or another action, indented by two spaces more.';
  },
);

/** What a rule does, and how it goes on. */
export interface CompiledThen {
  readonly then: Then;
  readonly waits?: Wait;
  readonly continues?: true;
}

interface CompiledAction {
  readonly name: string;
  readonly compiled: Compiled | undefined;
  readonly wait?: Wait;
  readonly continues?: true;
}

/** The actions of a rule or of an `otherwise`, given as one or as a list. */
export function compileThen(input: unknown, scope: Scope, spot: Spot): CompiledThen {
  const list = Array.isArray(input) ? (input as unknown[]) : [input];
  if (list.length === 0) spot.problem(`This list is empty. Give at least one action: ${NAMES.join(', ')}.`);
  let sure: readonly string[] = [];
  const actions = list.map((item, index) => {
    const action = compileAction(item, { ...scope, sure }, Array.isArray(input) ? spot.at(index) : spot);
    sure = sureAfter(sure, action?.compiled);
    return action;
  });
  for (const [name, { checkPlaces }] of ACTION_FORMS) {
    const places = actions.flatMap((action, index) => (action?.name === name ? [index] : []));
    const fault = places.length === 0 ? undefined : checkPlaces?.(places, list.length);
    if (fault !== undefined) spot.problem(fault);
  }
  const early = actions.slice(0, -1).findIndex((action) => action?.wait !== undefined);
  if (early !== -1) {
    spot.at(early, 'wait').keyProblem('"wait" stands in the last action: what is said last is the question.');
  }
  const leaving = actions.slice(0, -1).findIndex(mayHandOver);
  if (leaving !== -1) {
    spot
      .at(leaving, 'else')
      .problem(
        'This "else" hands over, and more is done behind it. "handover" comes last: the bot is quiet from there on. ' +
          'Move the call to the end, or say something here.',
      );
  }
  const then = join(actions.map((action) => action?.compiled));
  const waits = actions.at(-1)?.wait;
  const continues = actions.some((action) => action?.continues);
  if (continues) checkContinue(then, waits, actions, spot);
  return { then, ...(waits && { waits }), ...(continues ? { continues } : {}) };
}

/** What is remembered for sure once this is carried out. */
function sureAfter(sure: readonly string[], compiled: Compiled | undefined): readonly string[] {
  const known = new Set(sure);
  for (const action of typeof compiled === 'object' ? (compiled.actions ?? []) : []) {
    if (action.kind === 'call') {
      for (const name of [...action.remembers, ...action.else.flatMap(forgottenBy)]) known.delete(name);
    } else if (action.kind === 'forget') {
      for (const name of action.names === 'all' ? [...known] : action.names) known.delete(name);
    } else if (action.kind === 'remember') {
      for (const [name, text] of Object.entries(action.values)) if (isSure(name, text)) known.add(name);
    }
  }
  return [...known];
}

function forgottenBy(action: PlainAction): readonly string[] {
  if (action.kind === 'remember') return Object.keys(action.values);
  return action.kind === 'forget' && action.names !== 'all' ? action.names : [];
}

/** Something is left of it; only what the file speaks is remembered as a language. */
function isSure(name: string, text: TextTemplate): boolean {
  const isThere = (part: TextTemplate[number]) =>
    typeof part === 'string' ? part.trim() !== '' : (part.default ?? part.path).trim() !== '';
  return name !== 'language' && text.some(isThere);
}

function join(compiled: readonly (Compiled | undefined)[]): Then {
  if (compiled.includes('ignore')) return 'ignore';
  const answers = compiled.filter((one) => typeof one === 'object');
  const goTo = answers.find((one) => one.goTo !== undefined)?.goTo;
  const all: Answer = { actions: answers.flatMap(({ actions = [] }) => actions) };
  return goTo === undefined ? all : { ...all, goTo };
}

/** Where its handler fails. What that returns is looked at when it does (handlers/read-returned.ts). */
function mayHandOver(action: CompiledAction | undefined): boolean {
  const { actions = [] } = typeof action?.compiled === 'object' ? action.compiled : {};
  return actions.some((one) => one.kind === 'call' && one.else.some(({ kind }) => kind === 'handover'));
}

/** What lets the rules below decide must not decide itself. */
function checkContinue(
  then: Then,
  waits: Wait | undefined,
  actions: readonly (CompiledAction | undefined)[],
  spot: Spot,
): void {
  const astray = ['go_to', 'handover', 'ignore'].find((name) =>
    actions.some((action) => action?.name === name || (name === 'handover' && mayHandOver(action))),
  );
  const other = astray ?? (waits === undefined ? undefined : 'wait');
  if (other === undefined && then !== 'ignore') return;
  spot.problem(
    `"continue" lets the rules below decide, so it cannot stand with "${other}". Keep one of them.`,
  );
}

function compileAction(input: unknown, scope: Scope, spot: Spot): CompiledAction | undefined {
  const given = spot.check(actionSchema, input, (key) => keyHome(key, 'action'));
  if (given === undefined) return undefined;
  const { wait, continue: continues, ...rest } = given;
  const keys = Object.keys(rest).filter((key) => rest[key] !== undefined);
  const chosen = chooseAction(keys);
  if ('fault' in chosen) {
    const lonely = keys.length > 0 ? undefined : LONELY.find((name) => given[name] !== undefined);
    spot.problem(lonely === undefined ? chosen.fault : besideWhat(lonely));
    return undefined;
  }
  const { [chosen.name]: value, ...options } = rest;
  const form = ACTION_FORMS.get(chosen.name);
  const inElse = (given: unknown, place: Spot) =>
    compileThen(given, { ...scope, mayWait: false }, place).then;
  if (wait !== undefined && form?.mayWait !== true) {
    spot.at('wait').keyProblem(besideWhat('wait'));
  }
  if (wait !== undefined && !scope.mayWait) {
    spot
      .at('wait')
      .keyProblem('"wait" goes into a rule: only a rule has an id that others can be "after". Use go_to.');
  }
  if (continues !== undefined && !scope.mayWait) {
    spot
      .at('continue')
      .keyProblem('"continue" goes into a rule: below "otherwise" nothing decides any more.');
  }
  return {
    name: chosen.name,
    compiled: form?.compile(value, options, { ...scope, inElse }, spot),
    ...(wait === undefined ? {} : { wait: wait as Wait }),
    ...(continues === undefined ? {} : { continues: true }),
  };
}

/** What says how it goes on is not an action of its own. */
const LONELY = ['wait', 'continue'] as const;

function besideWhat(name: (typeof LONELY)[number]): string {
  return name === 'wait'
    ? '"wait" stands beside the text, template or media that asks.'
    : '"continue" stands beside what is done, in the same action. Write: { text: …, continue: true }';
}

/** An action does one thing: of the names among its keys one stands alone, or has the others as its options. */
function chooseAction(keys: readonly string[]): { readonly name: string } | { readonly fault: string } {
  const names = NAMES.filter((name) => keys.includes(name));
  if (names.length === 0) return { fault: `This action does nothing. Give one of ${NAMES.join(', ')}.` };
  const name = names.find((one) => names.every((other) => other === one || optionsOf(one).has(other)));
  if (name === undefined) {
    return {
      fault: `An action does one thing, and this one has ${names.join(' and ')}. Write a list of actions.`,
    };
  }
  const astray = NAMES.flatMap((one) => [...optionsOf(one)]).find(
    ([option]) => keys.includes(option) && option !== name && !optionsOf(name).has(option),
  );
  return astray === undefined ? { name } : { fault: astray[1] };
}

/** Each option of an action, and what to say where it stands without the action. */
function optionsOf(name: string): ReadonlyMap<string, string> {
  const options = Object.entries(ACTION_FORMS.get(name)?.options ?? {});
  return new Map(options.map(([option, { astray = '' }]) => [option, astray]));
}
