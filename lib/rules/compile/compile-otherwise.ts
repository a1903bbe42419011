import * as z from 'zod/mini';
import { OTHERWISE } from '../explain.ts';
import type { Otherwise, When } from '../types.ts';
import { compileThen } from './compile-then.ts';
import { compileWhen, type WhenContext } from './compile-when.ts';
import { asMapping } from './file-names.ts';
import { keyHome } from './key-homes.ts';
import type { Scope } from './scope.ts';
import { about, mapping, needed } from './shapes.ts';
import type { Spot } from './spot.ts';

export const itemSchema = mapping('An item of "otherwise"', {
  when: about('Its conditions; without it this always answers.', z.optional(z.unknown())),
  // biome-ignore lint/suspicious/noThenProperty: the file's own word; nothing ever awaits a schema
  then: about(
    'One action, or a list of actions that are carried out in order.',
    needed('This item has no "then". Say what to answer, or "ignore: true".'),
  ),
});

/**
 * An action, a list of actions, or `when` and `then`, or a list of those in order: what answers when no rule does.
 * @param owner the rule whose question it belongs to; absent for the file's
 */
export function compileOtherwise(
  input: unknown,
  owner: string | undefined,
  around: WhenContext,
  scopeOf: (when: When | undefined) => Scope,
  spot: Spot,
): readonly Otherwise[] {
  const name = owner === undefined ? OTHERWISE : `${owner}.${OTHERWISE}`;
  const items = isItem(input)
    ? [input]
    : Array.isArray(input) && input.some(isItem)
      ? (input as unknown[])
      : [];
  if (items.length === 0) {
    const { then } = compileThen(input, scopeOf(undefined), spot);
    return [{ id: name, then }];
  }
  let last: number | undefined;
  return items.flatMap((item, index) => {
    const place = Array.isArray(input) ? spot.at(index) : spot;
    const given = place.check(itemSchema, item, (key) => keyHome(key, 'item'));
    if (given === undefined) return [];
    const when = given.when === undefined ? undefined : compileWhen(given.when, around, place.at('when'));
    const { then } = compileThen(given.then, scopeOf(when), place.at('then'));
    checkItem(when, last, place);
    if (given.when === undefined) last ??= index + 1;
    return [{ id: `${name}.${index + 1}`, ...(when && { when }), then }];
  });
}

/** @param last the item before it, counted from 1, that takes every message */
function checkItem(when: When | undefined, last: number | undefined, place: Spot): void {
  if (when?.event.some((name) => name !== 'onMessageAdded')) {
    place
      .at('when', 'event')
      .keyProblem('"otherwise" answers messages only. Give other events rules of their own.');
  }
  if (last !== undefined) {
    place.problem(
      `This item is never reached: item ${last} has no "when", so it takes everything. Move it up.`,
    );
  }
}

function isItem(input: unknown): boolean {
  const keys = Object.keys(asMapping(input));
  return keys.includes('when') || keys.includes('then');
}
