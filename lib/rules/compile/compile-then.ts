import type { ReplyAction, Then } from '../types.ts';
import { compileBody } from './compile-text.ts';
import { compileUse } from './compile-use.ts';
import { type ActionInput, actionSchema } from './schema.ts';
import type { Scope } from './scope.ts';
import type { Spot } from './spot.ts';

const KINDS = ['text', 'template', 'media', 'ignore'] as const;

/** The actions of a rule or of `otherwise`, given as one or as a list. */
export function compileThen(input: unknown, scope: Scope, spot: Spot): Then {
  if (!Array.isArray(input)) {
    const action = compileAction(input, scope, spot);
    return action === 'ignore' ? action : [action].filter((one) => one !== undefined);
  }
  if (input.length === 0) spot.problem(`This list is empty. Give at least one action: ${KINDS.join(', ')}.`);
  const actions = input.map((item: unknown, index) => compileAction(item, scope, spot.at(index)));
  if (!actions.includes('ignore')) return actions.filter((one) => one !== undefined && one !== 'ignore');
  if (actions.length > 1) spot.problem('"ignore" stands alone: say something, or ignore the message.');
  return 'ignore';
}

function compileAction(input: unknown, scope: Scope, spot: Spot): ReplyAction | 'ignore' | undefined {
  const given = spot.check(actionSchema, input);
  if (given === undefined) return undefined;
  const fault = checkKind(given);
  if (fault !== undefined) {
    spot.problem(fault);
    return undefined;
  }
  if (given.ignore) return 'ignore';
  if (given.template !== undefined) return compileUse(given.template, given.variables ?? {}, scope, spot);
  const split = given.split ?? false;
  const Body = given.text === undefined ? undefined : compileBody(given.text, split, scope, spot.at('text'));
  if (given.media !== undefined) return { kind: 'media', MediaSid: given.media, ...(Body && { Body }) };
  return Body && { kind: 'text', Body, split };
}

/** An action does one thing; only media may have a text with it. */
function checkKind(given: ActionInput): string | undefined {
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  const [first, ...others] = kinds;
  if (first === undefined) return `This action does nothing. Give one of ${KINDS.join(', ')}.`;
  if (others.length > 0 && kinds.join() !== 'text,media') {
    return `An action does one thing, and this one has ${kinds.join(' and ')}. Write a list of actions.`;
  }
  if (given.split !== undefined && kinds.join() !== 'text') {
    return '"split" goes with a text alone: other messages cannot be sent in parts.';
  }
  if (given.variables !== undefined && first !== 'template') {
    return '"variables" go with a template. In a text, write {{ path }} where a value belongs.';
  }
  return undefined;
}
