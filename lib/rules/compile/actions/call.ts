import * as z from 'zod/mini';
import type { Then } from '../../types.ts';
import { compileValue } from '../compile-text.ts';
import { about, listOf, namedValues, text } from '../shapes.ts';
import type { Spot } from '../spot.ts';
import { unknownHandler } from '../unknown-name.ts';
import { isName, wrongName } from '../wrong-name.ts';
import type { ActionForm } from './action-form.ts';

/** A parameter of a function in TypeScript, and a variable there once it is taken apart. */
const NAME = /^[A-Za-z]\w{0,63}$/;

const ELSE = 'What is done instead where the handler fails, or is too late: an action, or a list of them.';

interface Options {
  readonly with?: Readonly<Record<string, string>>;
  readonly else?: NonNullable<unknown>;
  readonly remembers?: readonly string[];
}

/** A handler of bot/handlers.ts. */
export const call: ActionForm<string, Options> = {
  about: 'Asks this handler of handlers.ts, and does what it returns.',
  value: text,
  options: {
    with: {
      about: 'What the handler is given, by name; {{ path }} puts a value in.',
      shape: namedValues('with'),
      astray: '"with" goes with a call: it says what the handler is given.',
    },
    else: {
      about: ELSE,
      shape: about(ELSE, z.custom<NonNullable<unknown>>(), {
        anyOf: [
          { $ref: '#/definitions/action' },
          { type: 'array', items: { $ref: '#/definitions/action' }, minItems: 1 },
        ],
      }),
      astray: '"else" goes with a call: it says what is done where the handler fails.',
    },
    remembers: {
      about: 'Names under which the handler may remember something.',
      shape: listOf(text),
      astray: '"remembers" goes with a call: it says what the handler may remember.',
    },
  },
  mayWait: true,
  compile: (handler, { with: given = {}, else: fallback, remembers = [] }, scope, spot) => {
    const { handlers } = scope.names;
    if (handler === '__proto__')
      spot.at('call').problem('No handler can have this name, which has a meaning of its own in JavaScript.');
    else if (handlers !== undefined && !handlers.includes(handler))
      spot.at('call').problem(unknownHandler(handler, handlers));
    const values = Object.entries(given).map(([name, source]) => {
      const place = spot.at('with', name);
      if (!NAME.test(name))
        place.keyProblem(
          `"${name}" is not a name in TypeScript. Use 1 to 64 letters, digits or underscores, and begin with a letter.`,
        );
      return [name, compileValue(source, scope, place)] as const;
    });
    for (const [index, name] of remembers.entries()) {
      const place = spot.at('remembers', index);
      if (!isName('value', name)) place.problem(wrongName('value', name));
      if (name === 'all') place.problem('"forget: all" forgets everything, so no value may be called "all".');
    }
    if (fallback === undefined) {
      spot
        .at('call')
        .keyProblem(
          '"else" is missing beside this call: what is done where the handler fails. ' +
            'Write: else: { text: We cannot look that up just now. }',
        );
      return undefined;
    }
    const then = scope.inElse?.(fallback, spot.at('else')) ?? 'ignore';
    checkElse(then, spot.at('else'));
    const actions = then === 'ignore' ? [] : then.actions;
    return {
      actions: [
        {
          kind: 'call',
          handler,
          values: Object.fromEntries(values),
          remembers,
          else: actions.filter((action) => action.kind !== 'call'),
        },
      ],
    };
  },
};

/** What is done where a handler fails must not fail as well, nor lead elsewhere. */
function checkElse(then: Then, spot: Spot): void {
  if (then === 'ignore') return;
  if (then.actions.some(({ kind }) => kind === 'call'))
    spot.problem(
      '"else" is what is done where the handler fails, so it cannot call one. Say something that is always true.',
    );
  if (then.goTo !== undefined)
    spot.problem('"else" cannot go on to another rule. Write here what is done, or "ignore: true".');
}
