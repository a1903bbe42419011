import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FOREIGN_CODE } from './support/import-graph.ts';

const ROOMS = '{lib,functions,emulator,local,cli,build,bench,bot,talks,test}/**/*.{ts,tsx,mjs}';
const FILES = globSync(['**/*.{ts,tsx,mjs}'], { exclude: FOREIGN_CODE });
const NAMED = /(?<![\w*./-])(?:\.\/)?((?:[\w-]+\/)*[\w-][\w.-]*\.(?:ts|tsx|mjs))\b/g;

/** Each line of them, from where the comment begins. */
function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^\s*\*|(?<=^|[\s{])\/\*|(?<=^|\s)\/\/\s).*$/gm)].map(([comment]) => comment);
}

function namedIn(comment: string): readonly string[] {
  return [...comment.matchAll(NAMED)].map(([, name = '']) => name);
}

/** A bare name may be anywhere; one with folders is how a path ends. */
function isThere(name: string): boolean {
  return FILES.some((file) => file === name || file.endsWith(`/${name}`));
}

describe('a comment', () => {
  it('is found where one stands', () => {
    const text = "/** One (a.ts). */\n * two\n  // three\nconst x = 1; // four\nconst url = 'http://c.ts';";
    expect(commentsOf(text)).toHaveLength(4);
    expect(namedIn("(lib/queue/envelope.ts), from './emulator/index.ts' and record.ts.")).toEqual([
      'lib/queue/envelope.ts',
      'emulator/index.ts',
      'record.ts',
    ]);
  });

  it('names only files that are there', () => {
    const missing = globSync(ROOMS, { exclude: FOREIGN_CODE }).flatMap((file) =>
      commentsOf(readFileSync(file, 'utf8'))
        .flatMap(namedIn)
        .filter((name) => !isThere(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
