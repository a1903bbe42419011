import { fill } from '../render/fill.ts';
import type { TextTemplate } from '../render/text-template.ts';
import type { Action } from './action.ts';

interface Tag<Text> {
  readonly kind: 'tag';
  /** Merged into the Attributes of the customer's message. */
  readonly attributes: Readonly<Record<string, Text>>;
}

/** Where there is no message, as when somebody joins, there is nothing to mark. */
export const tag: Action<Tag<TextTemplate>, Tag<string>> = {
  texts: ({ attributes }) => Object.values(attributes),
  render: ({ kind, attributes }, values) => {
    if (values.event.EventType !== 'onMessageAdded') return [];
    const filled = Object.entries(attributes).map(([name, text]) => [name, fill(text, values)] as const);
    return [{ kind, attributes: Object.fromEntries(filled) }];
  },
};
