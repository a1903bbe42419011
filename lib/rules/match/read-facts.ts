import type { Channel } from '../../event/channels.ts';
import type { ConversationEvent } from '../../event/event-types.ts';
import { readChannel } from '../../event/read-channel.ts';
import { compose, composePlainly, trimText } from '../../text/compose.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import { toWords } from '../../text/to-words.ts';
import { isKeyword, type KeywordRules } from './is-keyword.ts';

/** Characters (UTF-16 units) of a message that conditions look at. Twilio takes in messages up to 32 KB. */
export const MATCHED_LENGTH = 4096;

/** What conditions ask about an event. */
export interface Facts {
  /** For what only one condition asks; what several ask, or costs something, is worked out below. */
  readonly event: ConversationEvent;
  readonly channel: Channel;
  /** The message as the customer wrote it, and where in it the text begins on which patterns are run. */
  readonly written: { readonly body: string; readonly start: number };
  /**
   * What patterns see: composed and trimmed, in the case the customer wrote; and once more with the digits of every
   * script as 0 to 9 and the Turkish İ and ı as I and i, where that is another text.
   */
  readonly texts: readonly string[];
  /** What keywords are compared with. */
  readonly normal: string;
  /**
   * The message is a keyword of the file, accents and all. Then nothing that only ignores its accents may take it, or
   * `si` would take the `sí` for which another rule waits.
   */
  readonly exact: boolean;
  /** As toWords leaves them, without their accents where those are ignored. */
  readonly words: readonly string[];
  /** MIME types without parameters, in lower case. */
  readonly media: readonly string[];
}

/** @param book the rules that will be asked */
export function readFacts(event: ConversationEvent, book: KeywordRules): Facts {
  const message = event.EventType === 'onMessageAdded' ? event : undefined;
  const whole = message?.Body ?? '';
  const trimmed = trimText(whole);
  const body = cap(trimmed);
  const normal = normalizeText(body);
  const exact = isKeyword(book, normal);
  const text = cap(compose(body));
  const plain = cap(composePlainly(body));
  const words = toWords(body);
  return {
    event,
    channel: readChannel(event),
    written: { body: whole, start: whole.indexOf(trimmed) },
    texts: plain === text ? [text] : [text, plain],
    normal,
    exact,
    words: exact ? words : words.map(ignoreAccents),
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
