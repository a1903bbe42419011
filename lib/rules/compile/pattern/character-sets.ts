/**
 * Which characters an atom of a pattern takes under the flags `iu`. The engine itself is asked, once for each atom, so
 * that case folding and Unicode properties are those which will be matched with: `k` takes the Kelvin sign too.
 */

/** Places in the universe, from the first to before the second, in order and apart from each other. */
export type Places = readonly (readonly [from: number, to: number])[];

/** Half surrogates, trails before leads so that no two make a pair. A text may hold one, and it counts as a character. */
const HALVES = 0x800;

/** From this place on each character takes two units. */
const UNITS = 0x1_0000;
const LAST_PLUS_ONE = 0x11_0000;
/** The planes beyond hold no letters: what is in them is private, or never assigned. */
const NO_LETTERS = 0x4_0000;

interface Universe {
  /** Every code point once, halves first. */
  readonly all: string;
  /** Those that have a partner under the flag `i`, and others. */
  readonly cased: string;
}

/** Made when the first pattern is checked. */
let made: Universe | undefined;

function universe(): Universe {
  if (made !== undefined) return made;
  const units = new Uint16Array(placeOf(LAST_PLUS_ONE));
  for (let unit = 0; unit < 0x1_0000; unit++) units[placeOf(unit)] = unit;
  for (let place = 0x1_0000; place < units.length; place += 2) {
    const offset = (place - 0x1_0000) / 2;
    units[place] = 0xd800 + (offset >> 10);
    units[place + 1] = 0xdc00 + (offset & 0x3ff);
  }
  const all = Buffer.from(units.buffer).toString('utf16le');
  made = {
    all,
    cased:
      all
        .slice(0, placeOf(NO_LETTERS))
        .match(/[\p{CWCM}\p{CWCF}]/gu)
        ?.join('') ?? '',
  };
  return made;
}

const known = new Map<string, Places>();

/** @param source of one atom: a character class, an escape such as `\d`, or a dot. */
export function placesOfClass(source: string): Places {
  return remember(source, () => scan(source));
}

/** The character, and all that differ from it in case only. */
export function placesOfCharacter(codePoint: number): Places {
  const source = `\\u{${codePoint.toString(16)}}`;
  return remember(source, () => {
    const partners = universe().cased.match(new RegExp(source, 'giu')) ?? [];
    const all = new Set([placeOf(codePoint), ...partners.map((char) => placeOf(char.codePointAt(0) ?? 0))]);
    return [...all].sort((a, b) => a - b).map((place) => [place, place + 1] as const);
  });
}

/** Whether one of the characters takes two UTF-16 units. */
export function reachesBeyondUnits(places: Places): boolean {
  return places.some(([, to]) => to > UNITS);
}

/** The character at a place. */
export function characterAt(place: number): string {
  return String.fromCodePoint(universe().all.codePointAt(place) ?? 0);
}

/** Where the letters from a to z are, which show best in a message. */
export const LATIN: readonly [number, number] = [placeOf(0x61), placeOf(0x7a)];

function remember(source: string, find: () => Places): Places {
  const before = known.get(source);
  if (before !== undefined) return before;
  const places = find();
  known.set(source, places);
  return places;
}

/** Looks for the first character that is in, then for the next that is not: neither search ever goes back. */
function scan(source: string): Places {
  const { all } = universe();
  const inside = new RegExp(source, 'giu');
  const outside = new RegExp(`(?!${source})[^]`, 'giu');
  const places: [number, number][] = [];
  for (let at = 0; at < all.length; ) {
    inside.lastIndex = at;
    const from = inside.exec(all)?.index;
    if (from === undefined) break;
    outside.lastIndex = from;
    at = outside.exec(all)?.index ?? all.length;
    places.push([from, at]);
  }
  return places;
}

function placeOf(codePoint: number): number {
  if (codePoint >= 0x1_0000) return 0x1_0000 + 2 * (codePoint - 0x1_0000);
  if (codePoint >= 0xe000) return codePoint;
  if (codePoint >= 0xdc00) return codePoint - 0xdc00;
  if (codePoint >= 0xd800) return codePoint - 0xd800 + 0x400;
  return codePoint + HALVES;
}
