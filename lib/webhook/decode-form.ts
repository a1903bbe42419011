import { isUtf8 } from 'node:buffer';
import type { FormParams } from '../event/form-params.ts';

/** Twilio sends some twenty. */
const MAX_PARAMS = 200;

/**
 * Decodes application/x-www-form-urlencoded, https://url.spec.whatwg.org/#urlencoded-parsing, but strictly: what a
 * lenient decoder would repair is refused, for a repaired value is not the one that was signed. Values keep their
 * white space, their emptiness and their repetitions, because all of that is signed.
 * @returns undefined when a percent escape is malformed, the bytes are not UTF-8, or there are over 200 parameters.
 */
export function decodeForm(body: Buffer): FormParams | undefined {
  if (!isUtf8(body)) return undefined;
  const pairs = body.toString('utf8').split('&', MAX_PARAMS + 1);
  if (pairs.length > MAX_PARAMS) return undefined;
  const params = new Map<string, string[]>();
  try {
    for (const pair of pairs) {
      if (pair === '') continue;
      const [name, value] = splitOnce(pair);
      const values = params.get(name);
      if (values === undefined) params.set(name, [value]);
      else values.push(value);
    }
  } catch {
    return undefined; // decodeURIComponent found a malformed escape
  }
  return params;
}

function splitOnce(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  return at === -1 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
