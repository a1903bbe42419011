import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AFTER_RULES, GUARDS } from '../../lib/guards/guards.ts';
import { formatProblem } from '../../lib/rules/compile/problem.ts';
import { cover } from '../../talks/cover/cover.ts';
import { itemShape, STEP_SHAPES, talkShape } from '../../talks/read/step-shapes.ts';
import { runTalks } from '../../talks/run-talks.ts';
import { findFailure } from '../../talks/tell/find-failure.ts';
import { showFailure } from '../../talks/tell/show-failure.ts';
import { bookOf } from '../rules/support.ts';

const PAGE = readFileSync('docs/talks.md', 'utf8');
const blocksOf = (kind: string) =>
  [...PAGE.matchAll(/^```([a-z ]*)\n(.*?)^```$/gms)].flatMap(([, of, text = '']) =>
    of === kind ? [text] : [],
  );

const [rules = '', ...talks] = blocksOf('yaml');
const book = bookOf(rules);
const run = (text: string) =>
  runTalks({ files: [{ file: 'bot/talks/orders.yaml', text }], problems: [] }, book);

describe('docs/talks.md', () => {
  it.each(talks)('shows talks that go as they are written: %s', async (text) => {
    const { played, problems } = await run(text);
    expect(problems.map(formatProblem)).toEqual([]);
    const failures = played.flatMap((one) => {
      const failure = findFailure(one);
      return failure === undefined ? [] : [showFailure(one, failure)];
    });
    expect(failures).toEqual([]);
  });

  it('shows talks that leave nothing of its rules out', async () => {
    const { played } = await run(talks.join('\n'));
    expect(cover(book, played).unreached).toEqual([]);
  });

  it('shows what a failure looks like', async () => {
    const { played } = await run(blocksOf('yaml wrong')[0] ?? '');
    const failure = played[0] && findFailure(played[0]);
    expect(`${played[0] && failure && showFailure(played[0], failure)}\n`).toBe(blocksOf('text')[0]);
  });

  it('names every key, every step and everything that the bot can do', () => {
    const keys = [
      ...Object.keys(talkShape.shape),
      ...Object.keys(STEP_SHAPES),
      ...Object.keys(itemShape.shape),
    ];
    expect(keys.filter((key) => !PAGE.includes(key))).toEqual([]);
    expect(keys.length).toBeGreaterThan(20);
  });

  it('names reasons of silence that there are', () => {
    const reasons = [...GUARDS, ...AFTER_RULES].map(({ reason }) => reason);
    for (const named of ['person', 'handed_over', 'no_rule', 'ignored', 'stop_word'])
      expect(reasons).toContain(named);
  });
});
