import { lazily } from '../../lazily.ts';
import { trimText } from '../../text/compose.ts';

/** Characters (UTF-16 units), as many as a remembered value may have, and a template's variable. */
const LONGEST = 256;
const EMOJI_LOOK = '\uFE0F';
const SAYS_SOMETHING = lazily(() => /[\p{L}\p{N}\p{RI}\u20E3[\p{Extended_Pictographic}--[©®™‼⁉]]]/v);

/**
 * The message as the customer wrote it, without the white space around it, where it has 1 to 256 characters and among
 * them a letter, a digit or an emoji. That it is not a stop word, the caller has made sure of.
 */
export function readText(body: string): string | undefined {
  const text = withItsLook(trimText(body), body);
  return SAYS_SOMETHING().test(text) && text.length <= LONGEST ? text : undefined;
}

/** The selector that gives ❤️ its colour is as invisible as white space, and yet belongs to the last character. */
function withItsLook(text: string, body: string): string {
  const end = body.indexOf(text) + text.length;
  return body.charAt(end) === EMOJI_LOOK ? text + EMOJI_LOOK : text;
}
