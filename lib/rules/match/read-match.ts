import { compose, composePlainly, PLAIN } from '../../text/compose.ts';
import { quoteSource } from '../../text/quote-source.ts';
import { findPattern } from './find-pattern.ts';
import type { Facts } from './read-facts.ts';

/**
 * What the named groups of the first pattern that is found captured, as the customer wrote it: patterns are run on the
 * composed message, and what they capture is looked up in the original. Groups that took no part are left out.
 */
export function readMatch(
  sources: readonly string[],
  { texts, written }: Pick<Facts, 'texts' | 'written'>,
): Readonly<Record<string, string>> | undefined {
  const found = findPattern(sources, texts);
  if (found === undefined) return undefined;
  const { source, text } = found;
  const groups = Object.entries(found.groups).filter(hasValue);
  if (groups.length === 0 || isOneToOne(written.body)) return Object.fromEntries(groups);
  const change = text === texts[0] ? compose : composePlainly;
  const quote = quoteSource({ original: written.body, start: written.start, change, text });
  // Only here, because the flag d makes a search several times slower.
  const places = new RegExp(source, 'diu').exec(text)?.indices?.groups ?? {};
  return Object.fromEntries(
    groups.map(([name, value]) => {
      const place = places[name];
      return [name, place === undefined ? value : quote(place)];
    }),
  );
}

/** The same as it was matched, in the composed message; undefined where the customer wrote it just so. */
export function readComposed(
  sources: readonly string[],
  { texts }: Pick<Facts, 'texts'>,
  match: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const written = Object.entries(match);
  if (written.every(([, value]) => PLAIN.test(value))) return undefined;
  const { groups = {} } = findPattern(sources, texts) ?? {};
  if (written.every(([name, value]) => groups[name] === value)) return undefined;
  return Object.fromEntries(Object.entries(groups).filter(hasValue));
}

/** Each character stands for itself, and is one that people see. */
function isOneToOne(body: string): boolean {
  return PLAIN.test(body) && !body.includes('\r\n');
}

function hasValue(entry: readonly [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}
