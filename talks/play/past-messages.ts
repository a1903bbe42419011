import { parseAttributes } from '../../lib/json.ts';
import type { CreateMessageParams, MessageResource } from '../../lib/twilio/messages.ts';
import { checkSid } from '../../lib/twilio/resource-path.ts';
import { NotFoundError } from '../../lib/twilio/twilio-errors.ts';

/** A message that somebody wrote, as its webhook tells of it. */
export interface Written {
  readonly MessageSid: string;
  readonly Index: number;
  readonly Author: string;
  readonly Body: string;
  readonly Media: readonly { readonly Sid: string; readonly ContentType: string }[];
  readonly ParticipantSid?: string;
  readonly Attributes: object;
}

/** The messages of a conversation at Twilio, of whoever wrote them. */
export interface PastMessages {
  /** @param at milliseconds since the epoch */
  readonly write: (message: Written, at: number) => void;
  /** What the bot posts. Of a template it holds no body: what Twilio makes of one is not known here. */
  readonly post: (
    reply: { readonly sid: string; readonly index: number },
    posted: CreateMessageParams,
    at: number,
  ) => void;
  /** Merges these into the Attributes of a message. */
  readonly tag: (messageSid: string, attributes: Readonly<Record<string, string>>) => void;
  /** The newest first. */
  readonly list: () => AsyncGenerator<MessageResource>;
  /** @throws NotFoundError, InvalidParameterError */
  readonly fetch: (messageSid: string) => Promise<MessageResource>;
}

/** Nobody has looked at what else Twilio says of a message. */
const NOTHING_ELSE = {
  account_sid: null,
  chat_service_sid: null,
  conversation_sid: null,
  delivery: null,
  url: null,
  links: null,
  media: null,
  content_sid: null,
} as const;

export function createPastMessages(): PastMessages {
  const messages = new Map<string, MessageResource>();
  const add = (
    message: Pick<MessageResource, 'sid' | 'index' | 'author' | 'body' | 'attributes' | 'participant_sid'> &
      Partial<MessageResource>,
    at: number,
  ) => {
    const date = `${new Date(at).toISOString().slice(0, 19)}Z`;
    messages.set(message.sid, { ...NOTHING_ELSE, date_created: date, date_updated: date, ...message });
  };
  return {
    write: ({ MessageSid: sid, Index: index, Author, Body, Media, ParticipantSid, Attributes }, at) => {
      const media = Media.map(({ Sid, ContentType }) => {
        return { sid: Sid, content_type: ContentType, size: null, filename: null };
      });
      const more = media.length === 0 ? {} : { media };
      const attributes = JSON.stringify(Attributes);
      const participant_sid = ParticipantSid ?? null;
      add({ sid, index, author: Author, body: Body || null, attributes, participant_sid, ...more }, at);
    },
    post: ({ sid, index }, { Author = 'system', Body, Attributes, ContentSid }, at) => {
      const attributes = typeof Attributes === 'string' ? Attributes : JSON.stringify(Attributes ?? {});
      const content_sid = ContentSid ?? null;
      add(
        { sid, index, author: Author, body: Body ?? null, attributes, participant_sid: null, content_sid },
        at,
      );
    },
    tag: (messageSid, tags) => {
      const message = messages.get(messageSid);
      if (message === undefined) return;
      const attributes = JSON.stringify({ ...Object(parseAttributes(message.attributes)), ...tags });
      messages.set(messageSid, { ...message, attributes });
    },
    list: async function* () {
      yield* [...messages.values()].sort((one, other) => other.index - one.index);
    },
    fetch: async (messageSid) => {
      const message = messages.get(checkSid('messageSid', 'IM', messageSid));
      if (message === undefined) throw new NotFoundError({ status: 404 });
      return message;
    },
  };
}
