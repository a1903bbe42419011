/** What keeps a text from being JSON, and the offset of it. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/** The pieces of JSON: https://www.rfc-editor.org/rfc/rfc8259 */
const PIECES =
  /(?:[ \t\r\n]+|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null|[{}[\],:])*/giuy;

/** Undefined for a text that is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (text.trim() === '') return { offset: 0, message: 'The file is empty.' };
    const position = /at position (\d+)/.exec(String(error))?.[1];
    // V8 names no place where it quotes the text: then something is not a piece of JSON at all.
    const offset = Math.min(position === undefined ? firstStranger(text) : Number(position), text.length);
    const last = text.trimEnd().length;
    return { offset: Math.min(offset, last - 1), message: `This is not JSON: ${explain(text, offset)}` };
  }
}

function firstStranger(text: string): number {
  PIECES.lastIndex = 0;
  const read = PIECES.exec(text)?.[0].length ?? 0;
  if (read < text.length) return read;
  const brackets = text.replace(/"(?:[^"\\]|\\.)*"/gs, (inQuotes) => '_'.repeat(inQuotes.length));
  const comma = /,\s*[}\]]/.exec(brackets);
  return comma === null ? read : comma.index + comma[0].length - 1;
}

function explain(text: string, offset: number): string {
  const rest = text.slice(offset);
  const before = text.slice(0, offset).trimEnd();
  if (rest.trim() === '') return 'it ends before everything is closed. Look for a missing }, ] or ".';
  if (/^(?:\/\/|\/\*|#)/.test(rest)) return 'it knows no comments. Remove this one.';
  if (/^['‘’“”„«»]/.test(rest)) return 'keys and texts stand in straight double quotes, "like this".';
  if (/^[}\]]/.test(rest) && before.endsWith(',')) return 'a comma stands before this bracket. Remove it.';
  if (/^[\r\n]/.test(rest))
    return 'a text in quotes ends in its line. Close it with ", or write a line break as \\n.';
  if (/^"/.test(rest) && /["\d}\]el]$/.test(before)) return 'a comma or colon is missing before this.';
  if (/^\p{L}/u.test(rest)) return 'keys and texts stand in double quotes.';
  if (/^\\/.test(rest)) return 'a backslash may stand only before " \\ / b f n r t and u with four digits.';
  return `${JSON.stringify(rest.slice(0, 1))} is not expected here. Look for a missing or needless comma, colon or bracket.`;
}
