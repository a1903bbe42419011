import { readFileSync } from 'node:fs';

/** What stands between three backticks in a document. */
export interface Block {
  /** Behind the first backticks: `sh`, `text`, `yaml talk` … */
  readonly kind: string;
  readonly text: string;
  /** `docs/ten-minutes.md:13` */
  readonly at: string;
}

/** All blocks of a document, in order. */
export function readBlocks(document: string): readonly Block[] {
  const page = readFileSync(document, 'utf8');
  return [...page.matchAll(/^```([a-z ]*)\n(.*?)^```$/gms)].map(({ index, 1: kind = '', 2: text = '' }) => ({
    kind,
    text,
    at: `${document}:${page.slice(0, index).split('\n').length}`,
  }));
}

/**
 * What a document shows of an output, as a pattern for `expect(output).toMatch`: `…` within a line is whatever stands
 * there, and a line of its own is any number of lines.
 */
export function asShown(text: string): RegExp {
  const escaped = text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line === '…' ? '(?:.*\\n)*?.*' : line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*'),
    );
  return new RegExp(`^${escaped.join('\\n')}$`);
}
