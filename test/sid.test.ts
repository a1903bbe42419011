import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSid, sidPattern, sidSource } from '../lib/sid.ts';
import { FOREIGN_CODE } from './support/import-graph.ts';

describe('a SID', () => {
  it.each([
    [`IM${'0'.repeat(32)}`, true],
    [`IM${'aF'.repeat(16)}`, true],
    [`CH${'0'.repeat(32)}`, false],
    [`IM${'0'.repeat(31)}`, false],
    [`IM${'0'.repeat(33)}`, false],
    [`IM${'g'.repeat(32)}`, false],
    [`IM${'0'.repeat(31)}\n`, false],
    [`IM${'0'.repeat(32)}\n`, false],
    [` IM${'0'.repeat(32)}`, false],
  ])('%j is one of a message: %s', (text, is) => {
    expect(isSid('IM', text)).toBe(is);
    expect(sidPattern('IM').test(text)).toBe(is);
  });

  it('can be part of a larger pattern, with one prefix or any', () => {
    const sids = [`IM${'0'.repeat(32)}`, `SM${'1'.repeat(32)}`];
    expect(sids.join(' ').match(new RegExp(sidSource('SM'), 'g'))).toEqual([sids[1]]);
    expect(sids.join(' ').match(new RegExp(`\\b${sidSource()}\\b`, 'g'))).toEqual(sids);
  });

  it('has its form written down once', () => {
    const rooms = ['lib', 'functions', 'emulator', 'local', 'cli', 'build', 'bench', 'test'];
    const holding = globSync(
      rooms.map((room) => `${room}/**/*.{ts,tsx}`),
      { exclude: FOREIGN_CODE },
    ).filter((file) => /[A-Z]{2}(?:\]\{2\})?\)?\[[0-9a-fA-F-]+\]\{32\}/.test(readFileSync(file, 'utf8')));
    expect(holding).toEqual([]);
  });
});
