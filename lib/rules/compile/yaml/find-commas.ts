import { meantFrom, type Slip, writeInQuotes } from './slip.ts';
import { keyBefore, type Token, type Written } from './written.ts';

/** `{ text: Hello, and welcome }`: the comma ends the text, and what follows is taken for a key. */
export function* findCommas(written: Written): Generator<Slip> {
  const { tokens } = written;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'plain' && token.depth === 0) yield* inBlock(written, index, token);
    const before = tokens[index - 2];
    const begins = textBefore(written, index);
    if (token.kind !== 'plain' || begins === undefined || before === undefined) continue;
    const isKey = tokens[index + 1]?.kind === 'map-value-ind';
    if (isKey && written.keys.has(token.text)) continue;
    // A slip in a key (a day, a date, a name) is more likely than a text with a comma and a colon, but for a text.
    const isWord = isKey && /^[\p{L}\p{M}\d._-]+$/u.test(token.text) && keyBefore(written, begins) !== 'text';
    // `sat:closed` lacks a space, and whoever reads the key says so.
    if (isWord || /^[\w-]+:\S/.test(token.text)) continue;
    const first = tokens[begins] as Token;
    const key = keyBefore(written, begins);
    const texts = meantFrom(written, first);
    const list = key === 'text' || isKey ? '' : `For a list write ${key}: [${texts}]. `;
    const message =
      `Inside { } a comma ends a text, so "${token.text}" is taken for a key. ${list}` +
      `For one text write ${writeInQuotes(written, begins)}`;
    const to = Math.max(token.to, first.from + texts.length);
    yield { from: token.from, to, message, explains: (complaint) => !complaint.includes('Did you mean') };
  }
}

const SEVERAL = /^[^\s,][^,]*(?:, +[^\s,][^,]*)+$/;

/** `keyword: hi, hello` is one keyword. */
function* inBlock(written: Written, index: number, { from, to, text }: Token): Generator<Slip> {
  const key = keyBefore(written, index);
  if (key === undefined || key === 'text' || !written.keys.has(key) || !SEVERAL.test(text)) return;
  const message = `${JSON.stringify(text)} is one item. For a list write ${key}: [${text}]`;
  const slip = { from, to, message };
  if (key === 'keyword') yield { ...slip, note: true };
  else yield { ...slip, explains: (complaint) => complaint.includes(' is not a') };
}

/** Where the unquoted text begins that ends at the comma before `index`, over commas in between. */
function textBefore(written: Written, index: number): number | undefined {
  const { tokens } = written;
  let at = index;
  while (tokens[at - 1]?.kind === 'comma' && tokens[at - 2]?.kind === 'plain') {
    at -= 2;
    if (keyBefore(written, at) !== undefined) return at;
  }
  return undefined;
}
