import { lazily } from '../lazily.ts';
import { isInvisible } from './compose.ts';

/** A text, and what `change` (compose.ts) made of it. */
export interface Changed {
  readonly original: string;
  /** Where in the original it begins: what stood before was trimmed. */
  readonly start: number;
  readonly change: (text: string) => string;
  /** May be cut at its end. */
  readonly text: string;
}

/** A part of the original that was changed by itself. */
interface Piece {
  readonly source: string;
  /** Where it begins in the original, and where its change ends in the changed text. */
  readonly start: number;
  readonly changedEnd: number;
}

/**
 * Finds the part of the original from which a part of the changed text came, rounded outwards to whole characters as
 * people see them: an emoji with all that is joined to it, a letter with its accents.
 *
 *     original  n  a  ï           👩 ZWJ 💻  №        `ï` is i and an accent here
 *     changed   n  a  ï           👩     💻  N  o
 *     [3, 4) of the changed text: 👩, and so all of 👩‍💻
 */
export function quoteSource(changed: Changed): (part: readonly [from: number, to: number]) => string {
  const { original, text, change } = changed;
  const pieces = listPieces(changed);
  // What did not change piece by piece cannot be found again; nothing of the kind is known.
  const isKnown = pieces
    .map(({ source }) => change(source))
    .join('')
    .startsWith(text);
  return ([from, to]) => {
    const first = pieces.find(({ changedEnd }) => changedEnd > from);
    const last = pieces.find(({ changedEnd }) => changedEnd >= to);
    if (from === to || !isKnown || first === undefined || last === undefined) return text.slice(from, to);
    return wholeCharacters(original, first.start, last.start + visibleLength(last.source));
  };
}

function listPieces({ original, start, change, text }: Changed): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  let changedEnd = 0;
  for (const source of piecesOf(original.slice(start), change)) {
    changedEnd += change(source).length;
    pieces.push({ source, start: at, changedEnd });
    if (changedEnd >= text.length) break;
    at += source.length;
  }
  return pieces;
}

/** Cut wherever both sides change alone as they do together. The first may be empty, and changes nothing then. */
function* piecesOf(text: string, change: Changed['change']): Generator<string> {
  let piece = '';
  for (const character of text) {
    if (!belongsTo(piece, character, change)) {
      yield piece;
      piece = '';
    }
    piece += character;
  }
  yield piece;
}

function belongsTo(piece: string, character: string, change: Changed['change']): boolean {
  if (character <= '\x7E') return false;
  // Changed first: the half-width ﾟ is a letter, and becomes a mark that accents behind it change places with.
  if (/^\p{M}/u.test(change(character)) || isInvisible(character)) return true;
  return change(piece + character) !== change(piece) + change(character);
}

function visibleLength(piece: string): number {
  const characters = [...piece];
  while (characters.length > 1 && isInvisible(characters.at(-1) ?? '')) characters.pop();
  return characters.join('').length;
}

/** Where two of these meet, a character ends for certain. */
const SIMPLE = lazily(
  () => /[[\x20-\x7E]\p{Nd}\p{sc=Han}[\p{L}&&[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Arab}\p{sc=Hebr}]]]/v,
);

function wholeCharacters(text: string, from: number, to: number): string {
  if (isBoundary(text, from) && isBoundary(text, to)) return text.slice(from, to);
  // Made here because making one costs milliseconds, and hardly any message needs it.
  const characters = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
  const last = characters.containing(to - 1);
  return text.slice(characters.containing(from)?.index, last && last.index + last.segment.length);
}

function isBoundary(text: string, at: number): boolean {
  if (at === 0 || at === text.length) return true;
  return SIMPLE().test(text.charAt(at - 1)) && SIMPLE().test(text.charAt(at));
}
