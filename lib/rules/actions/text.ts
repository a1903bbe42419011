import { renderBody } from '../render/render-body.ts';
import type { TextTemplate } from '../render/text-template.ts';
import type { Action } from './action.ts';

interface Text {
  readonly kind: 'text';
  readonly Body: TextTemplate;
  /** Sent in parts when it grows longer than one message may be. */
  readonly split: boolean;
}

interface TextMessage {
  readonly kind: 'text';
  readonly Body: string;
}

export const text: Action<Text, TextMessage> = {
  texts: ({ Body }) => [Body],
  render: ({ kind, Body, split }, values) =>
    renderBody(Body, values, split).map((part) => ({ kind, Body: part })),
  content: ({ Body }) => ({ Body }),
};
