import * as z from 'zod/mini';
import type { Then } from '../types.ts';
import { ACTION_FORMS } from './actions/action-forms.ts';
import type { Scope } from './scope.ts';
import { mapping } from './shapes.ts';
import type { Spot } from './spot.ts';

const NAMES = [...ACTION_FORMS.keys()];

const actionSchema = mapping(
  'An action',
  Object.fromEntries(
    [...ACTION_FORMS].flatMap(([name, { value, options = {} }]) => [
      [name, z.optional(value)],
      ...Object.entries(options).map(([option, { shape }]) => [option, z.optional(shape)]),
    ]),
  ) as Readonly<Record<string, z.ZodMiniType>>,
);

interface Compiled {
  readonly name: string;
  readonly then: Then;
}

/** The actions of a rule or of `otherwise`, given as one or as a list. */
export function compileThen(input: unknown, scope: Scope, spot: Spot): Then {
  if (!Array.isArray(input)) return compileAction(input, scope, spot)?.then ?? [];
  if (input.length === 0) spot.problem(`This list is empty. Give at least one action: ${NAMES.join(', ')}.`);
  const actions = input.map((item: unknown, index) => compileAction(item, scope, spot.at(index)));
  for (const [name, { checkPlaces }] of ACTION_FORMS) {
    const places = actions.flatMap((action, index) => (action?.name === name ? [index] : []));
    const fault = places.length === 0 ? undefined : checkPlaces?.(places, input.length);
    if (fault !== undefined) spot.problem(fault);
  }
  const thens = actions.map((action) => action?.then ?? []);
  return thens.includes('ignore') ? 'ignore' : thens.flatMap((then) => (then === 'ignore' ? [] : then));
}

function compileAction(input: unknown, scope: Scope, spot: Spot): Compiled | undefined {
  const given = spot.check(actionSchema, input);
  if (given === undefined) return undefined;
  const keys = Object.keys(given).filter((key) => given[key] !== undefined);
  const chosen = chooseAction(keys);
  if ('fault' in chosen) {
    spot.problem(chosen.fault);
    return undefined;
  }
  const { [chosen.name]: value, ...options } = given;
  const then = ACTION_FORMS.get(chosen.name)?.compile(value, options, scope, spot);
  return then && { name: chosen.name, then };
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
