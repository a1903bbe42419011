import { localize } from '../render/localize.ts';
import { renderBody } from '../render/render-body.ts';
import type { LocalizedText } from '../render/text-template.ts';
import type { MessageAction } from './action.ts';

interface Text {
  readonly kind: 'text';
  readonly Body: LocalizedText;
  /** Sent in parts when it grows longer than one message may be. */
  readonly split: boolean;
}

interface TextMessage {
  readonly kind: 'text';
  readonly Body: string;
}

export const text: MessageAction<Text, TextMessage> = {
  texts: ({ Body }) => [Body],
  render: ({ kind, Body, split }, values) =>
    renderBody(localize(Body, values), values, split).map((part) => ({ kind, Body: part })),
  content: ({ Body }) => ({ Body }),
};
