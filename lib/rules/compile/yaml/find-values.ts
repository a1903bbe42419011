import type { Slip } from './slip.ts';
import type { Written } from './written.ts';

/** Numbers of YAML 1.2 (https://yaml.org/spec/1.2.2/#1032-tag-resolution), not all of which are printed as they are written. */
const NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+)$/i;
const NOTHING = /^(?:~|null)$/i;

/** `keyword: 007` is the number 7, and `null` is nothing: what belongs in quotes is what was typed. */
export function* findValues({ tokens }: Written): Generator<Slip> {
  for (const { kind, text, from, to } of tokens) {
    if (kind !== 'plain') continue;
    const value = readValue(text);
    if (value === undefined || value === text) continue;
    yield {
      from,
      to,
      message: `This must be text, not ${value}. Put it in quotes: "${text}"`,
      explains: (complaint) => complaint.startsWith('This must be text'),
    };
  }
}

function readValue(text: string): string | undefined {
  if (NOTHING.test(text)) return 'nothing';
  if (!NUMBER.test(text)) return undefined;
  return String(text.startsWith('0o') ? Number.parseInt(text.slice(2), 8) : Number(text));
}
