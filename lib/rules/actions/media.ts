import { localize } from '../render/localize.ts';
import { renderBody } from '../render/render-body.ts';
import type { LocalizedText } from '../render/text-template.ts';
import type { MessageAction } from './action.ts';

interface Media {
  readonly kind: 'media';
  /** `ME…`, uploaded before; Twilio takes each once. */
  readonly MediaSid: string;
  readonly Body?: LocalizedText;
}

interface MediaMessage {
  readonly kind: 'media';
  readonly MediaSid: string;
  readonly Body?: string;
}

export const media: MessageAction<Media, MediaMessage> = {
  texts: ({ Body }) => (Body === undefined ? [] : [Body]),
  render: ({ Body, ...message }, values) =>
    Body === undefined
      ? [message]
      : renderBody(localize(Body, values), values, false).map((caption) => ({ ...message, Body: caption })),
  content: ({ MediaSid, Body }) => ({ MediaSid, ...(Body !== undefined && { Body }) }),
};
