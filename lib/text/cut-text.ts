import { trimText } from './compose.ts';

/** Characters (UTF-16 units) of a message that conditions and guards look at. Twilio takes in messages up to 32 KB. */
export const MATCHED_LENGTH = 4096;

/** The beginning of a text, as far as it is looked at; never cut through a surrogate pair. */
export function cutText(text: string): string {
  return text.slice(0, MATCHED_LENGTH).replace(/[\uD800-\uDBFF]$/u, '');
}

/** What of a message is looked at: without the space around it, and cut. */
export function messageText(message: string): string {
  return cutText(trimText(message));
}
