import { compileValue } from '../compile-text.ts';
import { namedValues } from '../shapes.ts';
import type { ActionForm } from './action-form.ts';

/** Of the Attributes of the customer's message, in all. */
const MAX_BYTES = 4_096;

export const tag: ActionForm<Readonly<Record<string, string>>> = {
  about: 'Adds these to the Attributes of the customer’s message.',
  value: namedValues('tag'),
  compile: (given, _, scope, spot) => {
    const place = spot.at('tag');
    if (Object.keys(given).length === 0) place.problem('There is nothing to tag here. Write name: value.');
    if (Object.hasOwn(given, 'parley'))
      spot.at('tag', 'parley').keyProblem('"parley" is kept for the bot itself. Give the tag another name.');
    if (new TextEncoder().encode(JSON.stringify(given)).length > MAX_BYTES) {
      place.problem(`These tags are longer than ${MAX_BYTES} bytes as JSON. Write less.`);
    }
    if (scope.events.some((event) => event !== 'onMessageAdded')) {
      place.problem(
        '"tag" marks the customer’s message, and this event has none. Give messages a rule of their own.',
      );
    }
    const attributes = Object.entries(given).map(
      ([name, source]) => [name, compileValue(source, scope, spot.at('tag', name))] as const,
    );
    return { actions: [{ kind: 'tag', attributes: Object.fromEntries(attributes) }] };
  },
};
