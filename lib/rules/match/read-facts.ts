import type { Channel } from '../../event/channels.ts';
import type { ConversationEvent } from '../../event/event-types.ts';
import { readChannel } from '../../event/read-channel.ts';
import { compose, normalizeText, toWords } from '../../text/normalize-text.ts';

/** Characters (UTF-16 units) of a message that conditions look at. Twilio takes in messages up to 32 KB. */
export const MATCHED_LENGTH = 4096;

/** What conditions ask about an event. */
export interface Facts {
  /** For what only one condition asks; what several ask, or costs something, is worked out below. */
  readonly event: ConversationEvent;
  readonly channel: Channel;
  /** What patterns see: composed and trimmed, in the case the customer wrote. */
  readonly text: string;
  /** What keywords are compared with. */
  readonly normal: string;
  readonly words: readonly string[];
  /** The words with one space around each, so that a phrase is found as a run of whole words. */
  readonly spoken: string;
  /** MIME types without parameters, in lower case. */
  readonly media: readonly string[];
}

export function readFacts(event: ConversationEvent): Facts {
  const message = event.EventType === 'onMessageAdded' ? event : undefined;
  const body = cap((message?.Body ?? '').trim());
  const words = toWords(body);
  return {
    event,
    channel: readChannel(event),
    text: cap(compose(body)),
    normal: normalizeText(body),
    words,
    spoken: ` ${words.join(' ')} `,
    media: (message?.Media ?? []).map((item) => mimeType(item.ContentType)),
  };
}

/** Composing may lengthen a text, so it is cut before and after; never through a surrogate pair. */
function cap(text: string): string {
  return text.slice(0, MATCHED_LENGTH).replace(/[\uD800-\uDBFF]$/u, '');
}

function mimeType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
