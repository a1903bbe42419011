/** What moves a cursor, rings, colours or turns the direction of writing; and half a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Of an emoji: `👩‍🌾`, `❤️`. */
const JOINER = '\u200d';

/** A text of whatever origin, in which nothing commands the terminal that shows it. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => (character === JOINER ? character : escaped(character)));
}

/** At most `most` characters of it. */
export function cut(text: string, most: number): string {
  const characters = [...new Intl.Segmenter().segment(text.slice(0, most * LONGEST))];
  if (characters.length <= most && text.length <= most * LONGEST) return text;
  const kept = characters.slice(0, most - 1).map(({ segment }) => segment);
  return `${kept.join('')}…`;
}

/** Code units that a character of several parts may have, such as a family. */
const LONGEST = 16;

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  const code = character.codePointAt(0) ?? 0;
  return `\\u{${code.toString(16)}}`;
}
