import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_STEPS } from '../../lib/rules/compile/check-pattern.ts';
import { findAttack } from '../../lib/rules/compile/pattern/find-attack.ts';
import { parsePattern, partsOf } from '../../lib/rules/compile/pattern/parse-pattern.ts';
import { MATCHED_LENGTH } from '../../lib/text/cut-text.ts';
import { acceptedPatterns } from './generate-patterns.ts';
import { type Match, unfinished } from './match-in-child.ts';

/** `npm run hostile` generates 2,000; here a few. */
const HOW_MANY = Number(process.env['RUNS'] ?? 0) >= 100_000 ? 2_000 : 15;
const LIMIT_MS = 30_000;
/** Takes about as many steps as there may be, whatever the text: its end is in none, and no letter. */
const AT_THE_BOUND = `[^]{0,${Math.floor(MOST_STEPS / MATCHED_LENGTH) - 1}}×`;
/** A step of another pattern may take so much longer. */
const STEP = 3;

describe(`${HOW_MANY} generated patterns that the check lets through, each with texts made to slow it down`, () => {
  let matches: readonly Match[] = [];

  beforeAll(() => {
    matches = acceptedPatterns(HOW_MANY, 1).flatMap((source) =>
      attacksOn(source).map((text) => ({ source, text })),
    );
  }, 3_600_000);

  it('are all done', async () => {
    for (const { text } of matches) expect(text.length).toBeLessThanOrEqual(MATCHED_LENGTH);
    expect(matches.length).toBeGreaterThan(HOW_MANY);
    expect(await unfinished(matches, LIMIT_MS)).toEqual([]);
  }, 3_600_000);

  it('take no longer than the bound allows, beside a pattern that is at the bound, on the same text', () => {
    const ratios = matches.map((match) => ({
      ...match,
      ratio: timeOf(match) / timeOf({ ...match, source: AT_THE_BOUND }),
    }));
    const worst = ratios.toSorted((a, b) => b.ratio - a.ratio)[0];
    if (HOW_MANY === 2_000)
      process.stdout.write(`worst ratio ${worst?.ratio.toFixed(2)} of ${STEP}: ${worst?.source}\n`);
    expect(ratios.filter(({ ratio }) => ratio > STEP)).toEqual([]);
  }, 3_600_000);
});

/** The costliest text as far as it is known; its beginning, again and again; and both with an end that fits nothing. */
function attacksOn(source: string): readonly string[] {
  const text = findAttack(partsOf(parsePattern(source)), 300) ?? '';
  const fill = (part: string) => cut(part.repeat(Math.ceil(MATCHED_LENGTH / Math.max(1, part.length))));
  const long = text.length < 2 ? fill('a1 ') : cut(text + fill(text.slice(text.length / 2)));
  return [long, `${long.slice(0, -1)}\n`, fill(text.slice(0, 40) || 'a'), fill(text.slice(-7) || '1')];
}

/** Of three tries the shortest: what else the machine does only makes them longer. */
function timeOf({ source, text }: Match): number {
  const regex = new RegExp(source, 'iu');
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    regex.exec(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}

function cut(text: string): string {
  return text.slice(0, MATCHED_LENGTH);
}
