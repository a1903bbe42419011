import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_STEPS } from '../../lib/rules/compile/check-pattern.ts';
import { findAttack } from '../../lib/rules/compile/pattern/find-attack.ts';
import { parsePattern, partsOf } from '../../lib/rules/compile/pattern/parse-pattern.ts';
import { MATCHED_LENGTH } from '../../lib/rules/match/read-facts.ts';
import { acceptedPatterns } from './generate-patterns.ts';
import { type Match, unfinished } from './match-in-child.ts';

/** `npm run hostile` generates 2,000; here a few. */
const HOW_MANY = Number(process.env['RUNS'] ?? 0) >= 100_000 ? 2_000 : 15;
const LIMIT_MS = 30_000;
/** A step may take so much longer than one of a literal, which are the quickest there are. */
const STEP = 25;

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

  it('take no longer than the bound allows, beside a literal on the same text', () => {
    const most = (STEP * MOST_STEPS) / MATCHED_LENGTH;
    const ratios = matches.map((match) => ({
      ...match,
      ratio: timeOf(match) / timeOf({ ...match, source: 'ö@' }),
    }));
    const worst = ratios.toSorted((a, b) => b.ratio - a.ratio)[0];
    if (HOW_MANY === 2_000)
      process.stdout.write(
        `worst ratio ${Math.round(worst?.ratio ?? 0)} of ${Math.round(most)}: ${worst?.source}\n`,
      );
    expect(ratios.filter(({ ratio }) => ratio > most)).toEqual([]);
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
  // The clock is no finer than a microsecond.
  return Math.max(0.001, ...[Math.min(...times)]);
}

function cut(text: string): string {
  return text.slice(0, MATCHED_LENGTH);
}
