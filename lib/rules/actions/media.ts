import { renderBody } from '../render/render-body.ts';
import type { TextTemplate } from '../render/text-template.ts';
import type { Action } from './action.ts';

interface Media {
  readonly kind: 'media';
  /** `ME…`, uploaded before; Twilio takes each once. */
  readonly MediaSid: string;
  readonly Body?: TextTemplate;
}

interface MediaMessage {
  readonly kind: 'media';
  readonly MediaSid: string;
  readonly Body?: string;
}

export const media: Action<Media, MediaMessage> = {
  texts: ({ Body }) => (Body === undefined ? [] : [Body]),
  render: ({ Body, ...message }, values) =>
    Body === undefined
      ? [message]
      : renderBody(Body, values, false).map((caption) => ({ ...message, Body: caption })),
  content: ({ MediaSid, Body }) => ({ MediaSid, ...(Body !== undefined && { Body }) }),
};
