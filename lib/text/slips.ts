import { ignoreAccents } from './ignore-accents.ts';

/**
 * Whether a whole message is this text but for so many slips of the finger. Accents are not compared, and digits must
 * be equal: `order 12` is not near `order 13`. Both as normalizeText leaves them. Whoever asks has made sure that the
 * message is neither a stop word nor a keyword.
 */
export function isNear(normal: string, wanted: string, most: number): boolean {
  return (
    digitsOf(normal) === digitsOf(wanted) && slips(ignoreAccents(normal), ignoreAccents(wanted), most) <= most
  );
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}

/**
 * How many slips make one text of the other: a character (code point) too many, missing, or another, or two neighbours
 * swapped, none of them touched twice (Damerau–Levenshtein, optimal string alignment). `most + 1` stands for any more.
 *
 *     rows are a, columns are b; a cell more than `most` off the diagonal is beyond `most` anyway, so that only this
 *     band is worked out (here most = 1), and each row keeps 2 × most + 1 cells:
 *
 *           h e l o
 *         0 1 . . .
 *       h 1 0 1 . .
 *       e . 1 0 1 .
 *       l . . 1 0 1
 *       l . . . 1 1
 *       o . . . . 1
 */
export function slips(a: string, b: string, most: number): number {
  const [from, to] = [[...a], [...b]];
  const over = most + 1;
  if (Math.abs(from.length - to.length) > most) return over;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = [];
  for (let row = 0; row <= from.length; row++) {
    const current: number[] = [];
    for (let place = 0; place <= 2 * most; place++) {
      current.push(cell(row, row + place - most, place, current));
    }
    if (Math.min(...current, ...last) > most) return over;
    [beforeLast, last] = [last, current];
  }
  return last[to.length - from.length + most] ?? over;

  function cell(row: number, column: number, place: number, current: readonly number[]): number {
    if (row === 0 && column === 0) return 0;
    const same = from[row - 1] === to[column - 1];
    const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    return Math.min(
      (current[place - 1] ?? over) + 1,
      (last[place + 1] ?? over) + 1,
      (last[place] ?? over) + (same ? 0 : 1),
      swapped ? (beforeLast[place] ?? over) + 1 : over,
      over,
    );
  }
}
