import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import { formatProblem } from '../../lib/rules/compile/problem.ts';
import { cover } from '../../talks/cover/cover.ts';
import { loadTalks } from '../../talks/load-talks.ts';
import type { Played } from '../../talks/play/play-talk.ts';
import { runTalks } from '../../talks/run-talks.ts';
import { findFailure } from '../../talks/tell/find-failure.ts';
import { showFailure } from '../../talks/tell/show-failure.ts';

/** Every folder with a bot that has talks: the one that ships, the samples, and those that pin the rule language. */
const BOTS = [...globSync('bot/**/rules.yaml'), ...globSync('test/talks/bots/*/rules.yaml')]
  .map(dirname)
  .filter((bot) => globSync(`${bot}/talks/*.yaml`).length > 0);

const bots = await Promise.all(
  BOTS.map(async (bot) => {
    const compiled = await loadRules(join(bot, 'rules.yaml'));
    if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
    return { bot, book: compiled.book, ...(await runTalks(await loadTalks(bot), compiled.book)) };
  }),
);

describe.each(bots)('the talks of $bot', ({ played, problems, book }) => {
  it('can be played', () => {
    expect(problems.map(formatProblem)).toEqual([]);
    expect(played.length).toBeGreaterThan(0);
  });

  it.each(played.map((one) => [one.talk.name, one] as const))('%s', (_, one: Played) => {
    const failure = findFailure(one);
    expect(failure && showFailure(one, failure)).toBe(undefined);
  });

  it('reach every rule and every otherwise', () => {
    expect(cover(book, played).unreached).toEqual([]);
  });
});

describe('the bots with talks', () => {
  it('are the one that ships, and seven public ones', () => {
    expect(BOTS).toContain('bot');
    expect(BOTS.length).toBeGreaterThan(7);
  });
});
