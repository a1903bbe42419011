import * as z from 'zod/mini';
import { CHANNELS, type Channel } from '../../event/channels.ts';
import type { AnsweredEvent } from '../match/conditions/event.ts';
import type { When } from '../types.ts';
import type { Around } from './conditions/condition-form.ts';
import { CONDITION_ENTRIES } from './conditions/condition-forms.ts';
import { keyHome } from './key-homes.ts';
import { asWritten, isWords } from './plain-text.ts';
import { mapping } from './shapes.ts';
import type { Spot } from './spot.ts';

const whenSchema = mapping(
  '"when"',
  Object.fromEntries(CONDITION_ENTRIES.map(([name, { shape }]) => [name, z.optional(shape)])),
  (input) => {
    if (isWords(input)) return `Write: when: { keyword: ${asWritten(input)} }`;
    if (Array.isArray(input)) return 'Write all conditions of the rule in one mapping, without dashes.';
    return 'Indent its conditions by two spaces more, or write "when: {}" to match every message.';
  },
);

/** What the schema above lets through: for each condition that is given, what its own shape made of it. */
interface Given extends Readonly<Record<string, unknown>> {
  readonly event?: readonly AnsweredEvent[];
  readonly channel?: readonly Channel[];
}

/** What conditions may want to know of their file, and of where they stand. */
export type WhenContext = Pick<Around, 'optOut' | 'names' | 'isOwnOtherwise'>;

/** The conditions of one rule, or of an item of an `otherwise`; undefined when they cannot be used. */
export function compileWhen(input: unknown, context: WhenContext, spot: Spot): When | undefined {
  const given = spot.check(whenSchema, input, (key) => keyHome(key, 'when')) as Given | undefined;
  if (given === undefined) return undefined;
  const before = spot.problemCount();
  checkEvents(given, spot);
  const around = {
    ...context,
    channels: given.channel ?? CHANNELS,
    isOfMessage: (given.event ?? []).every((name) => name === 'onMessageAdded'),
    hasAfter: given['after'] !== undefined || context.isOwnOtherwise,
  };
  for (const [name, { check }] of CONDITION_ENTRIES) {
    if (given[name] !== undefined) check?.(given[name], spot.at(name), around);
  }
  if (spot.problemCount() > before) return undefined;
  const compiled = CONDITION_ENTRIES.map(([name, form]) => {
    return [name, given[name] === undefined ? form.absent : form.compile(given[name])] as const;
  });
  return Object.fromEntries(compiled.filter(([, wanted]) => wanted !== undefined)) as unknown as When;
}

function checkEvents({ event = [], ...given }: Given, spot: Spot): void {
  const silent = event.find((name) => name !== 'onMessageAdded');
  if (silent === undefined) return;
  for (const [name, { ofMessage }] of CONDITION_ENTRIES) {
    if (!ofMessage || given[name] === undefined) continue;
    spot
      .at(name)
      .keyProblem(
        `"${name}" asks about a message, and ${silent} carries none. Give that event a rule of its own.`,
      );
  }
}
