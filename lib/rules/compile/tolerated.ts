import { isInvisible } from '../../text/compose.ts';
import { fold } from '../../text/fold.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import { charactersOf } from './pattern-text.ts';

/** In many scripts a vowel is a mark on the letter before; the dot that makes another letter of it (क़) is none. */
const LETTER = /[[\p{L}\p{M}]--[\u093C\u09BC\u0A3C\u0ABC\u0B3C\u0C3C\u0CBC\u3099\u309A]]/gv;
const PICTURE = /\p{Extended_Pictographic}/u;

/** How many slips `near` allows in what the author wrote: one in 4 to 7 letters, two from 8, none in fewer. */
export function tolerated(written: string): number {
  const letters = charactersOf(written).reduce((sum, character) => sum + lettersOf(character), 0);
  if (letters < 4) return 0;
  return letters < 8 ? 1 : 2;
}

/** As the author sees them: comparing makes two of ß, and none of an accent. */
function lettersOf(character: string): number {
  if (PICTURE.test(character)) return 0;
  const seen = [...character.normalize('NFC')].filter((part) => !isInvisible(part)).length;
  const compared = ignoreAccents(fold(character)).match(LETTER)?.length ?? 0;
  return Math.min(seen, compared);
}
