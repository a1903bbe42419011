import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { parseAst } from 'rolldown/parseAst';

const BEYOND_ASCII = /[^\0-\x7f]/;

/**
 * An esbuild plugin: writes what is beyond ASCII in patterns as `\uXXXX`, which means the same there. esbuild itself does so
 * everywhere else; and of a bundle that is ASCII throughout, V8 reads a byte for each character instead of two.
 */
export const escapePatterns: Plugin = {
  name: 'escape-patterns',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/(lib|bot)\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return BEYOND_ASCII.test(source) ? { contents: escapeIn(source), loader: 'ts' } : undefined;
    });
  },
};

/**
 * @param source TypeScript
 * @returns it as it is where it cannot be parsed; esbuild says why
 */
export function escapeIn(source: string): string {
  let escaped = '';
  let end = 0;
  for (const pattern of patternsIn(parse(source))) {
    escaped += source.slice(end, pattern.start) + escapePattern(source.slice(pattern.start, pattern.end));
    end = pattern.end;
  }
  return escaped + source.slice(end);
}

function parse(source: string): unknown {
  try {
    return parseAst(source, { lang: 'ts' });
  } catch {
    return undefined;
  }
}

/** By halves of characters: two that belong together are one again in a pattern. */
function escapePattern(pattern: string): string {
  return pattern.replaceAll(
    /[^\0-\x7f]/g,
    (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function patternsIn(node: unknown): readonly Place[] {
  if (node === null || typeof node !== 'object') return [];
  if ('regex' in node) return [node as unknown as Place];
  return Object.values(node).flatMap(patternsIn);
}
