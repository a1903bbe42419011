import type { Problem } from './problem.ts';

/** What a file says, or where it stops to be text in UTF-8. */
export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly place: Pick<Problem, 'line' | 'column' | 'message'> };

const SAVE = 'Save the file as UTF-8: editors call that its encoding.';
const REPLACED = '\ufffd';
/** U+FFFD itself in UTF-8: a file may well hold it. */
const WRITTEN_SO = [0xef, 0xbf, 0xbd];

/** Reads a file's bytes as UTF-8, with or without a byte order mark. */
export function decodeText(bytes: Uint8Array): Decoded {
  const other = otherEncoding(bytes);
  if (other !== undefined) return refuse('', `This file is saved as ${other}. ${SAVE}`);
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = firstBad(text, bytes);
  if (bad !== undefined) {
    const found = `0x${(bytes[bad.byte] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    const meant = new TextDecoder('windows-1252').decode(bytes.subarray(bad.byte, bad.byte + 1));
    const message = `This is not UTF-8: here stands the byte ${found}, which is "${meant}" in Windows-1252 (Latin-1). ${SAVE}`;
    return refuse(text.slice(0, bad.at), message);
  }
  const zero = text.indexOf('\0');
  return zero < 0
    ? { ok: true, text }
    : refuse(text.slice(0, zero), 'This is not a text file: here stands a zero byte.');
}

function otherEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return first === 0xff && third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16';
  }
  // Every rules file begins with a letter, a hash or a space, which UTF-16 without a mark fills up with a zero.
  return bytes.length > 1 && (first === 0) !== (second === 0) ? 'UTF-16' : undefined;
}

/** The first place where a byte was replaced, in characters and in bytes. */
function firstBad(
  text: string,
  bytes: Uint8Array,
): { readonly at: number; readonly byte: number } | undefined {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const encoder = new TextEncoder();
  for (let at = text.indexOf(REPLACED); at >= 0; at = text.indexOf(REPLACED, at + 1)) {
    const byte = mark + encoder.encode(text.slice(0, at)).length;
    if (WRITTEN_SO.some((value, index) => bytes[byte + index] !== value)) return { at, byte };
  }
  return undefined;
}

function refuse(before: string, message: string): Decoded {
  const lines = before.split('\n');
  return { ok: false, place: { line: lines.length, column: (lines.at(-1) ?? '').length + 1, message } };
}
