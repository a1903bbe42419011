import { quote } from './yaml/slip.ts';

const NEEDS_NO_QUOTES = /^\p{L}[\p{L}\p{N}\p{M} ._!?'-]*$/u;
const WORDS_OF_YAML = /^(?:true|false|null)$/i;

/** A text as an author would write it within { }, with quotes only where they are needed. */
export function asWritten(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asWritten).join(', ')}]`;
  const text = String(value);
  return NEEDS_NO_QUOTES.test(text) && !WORDS_OF_YAML.test(text) ? text : quote(text);
}

/** Whether a value is a text, or a list of texts, that was written where a mapping belongs. */
export function isWords(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isWord) : isWord(value);
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
