import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FOREIGN_CODE } from './support/import-graph.ts';

/** What people read: error texts and check messages, and the comments and pages around them. */
const READ = [
  ...globSync('{lib,functions,emulator,local,cli,build,bench,bot,talks}/**/*.{ts,tsx,mjs,yaml}', {
    exclude: FOREIGN_CODE,
  }),
  ...globSync('{docs/*,README,CHANGELOG,CONTRIBUTING,SECURITY,serverless}.{md,yml}'),
];

const FOREIGN: readonly (readonly [wrong: string, right: string, pattern: RegExp])[] = [
  [
    'is no channel',
    'is not a channel',
    /(?<!\bthere[\s*/]+)\b(?:is|are)[\s*/]+no\s+(?!longer\b|more\b|less\b|reason\b|need\b|two\b)[\w’]+/gi,
  ],
  ['a whole number is wanted', 'expected a whole number', /\b(?:is|are)\s+wanted\b/gi],
  ['mend the secret', 'fix the secret', /\bmend(?:s|ed|ing)?\b/gi],
  [
    '2 problem(s)',
    '2 problems, and 1 problem',
    /\b(?:problem|message|rule|character|file|second|minute)\(s\)/gi,
  ],
];

describe.each(FOREIGN)('"%s"', (wrong, right, pattern) => {
  it(`is what this test finds, and not "${right}"`, () => {
    expect(wrong).toMatch(new RegExp(pattern.source, 'i'));
    expect(right).not.toMatch(new RegExp(pattern.source, 'i'));
  });

  it(`is nowhere: write "${right}"`, () => {
    const found = READ.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(pattern)].map(([text]) => `${file}: ${text.trim()}`),
    );
    expect(found).toEqual([]);
  });
});

describe('"there is no channel"', () => {
  it.each(['there is no channel', 'There is no channel', 'there\n * is no channel', 'it is no longer there'])(
    'is good English: %j',
    (text) => {
      for (const [, , pattern] of FOREIGN) expect(text).not.toMatch(new RegExp(pattern.source, 'i'));
    },
  );
});
