import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CANDIDATES, EMPTY, NO_LESS, RECEIVE, REPLY, WHOLE } from '../../bench/compare/candidates.ts';
import { capacityTable } from '../../bench/compare/capacity.ts';
import { compare } from '../../bench/compare/compare.ts';
import { comparisonChart } from '../../bench/compare/comparison-chart.ts';
import { comparisonTable } from '../../bench/compare/comparison-table.ts';
import type { Figures } from '../../bench/compare/measure-handler.ts';
import { CHART, PAGE, withComparison } from '../../bench/compare/performance-page.ts';
import { type Round, withWhole } from '../../bench/compare/round.ts';
import { type Comparison, summarise } from '../../bench/compare/summarise.ts';

/** Every figure of a handler the same. */
function figuresOf(value: number): Figures {
  const times = { ready: value, first: value, second: value, p50: value, p99: value };
  const processor = { readyCpu: value, firstCpu: value, eventCpu: value };
  return { ...times, ...processor, readyMemory: value, firstMemory: value, endMemory: value };
}

/** One after the other: empty, what no webhook does without, receive, reply. */
function roundOf(...values: readonly [number, number, number, number]): Round {
  const names = [EMPTY, NO_LESS, RECEIVE, REPLY];
  return withWhole(new Map(names.map((name, at) => [name, figuresOf(values[at] ?? 0)])));
}

const BUNDLES = new Map(
  [EMPTY, NO_LESS, RECEIVE, REPLY].map((name) => [name, { folder: '', bytes: 2_048, gzip: 1_024 }]),
);
const ROUNDS = [roundOf(10, 20, 30, 50), roundOf(100, 100, 400, 500), roundOf(20, 30, 70, 90)];
const COMPARISON: Comparison = {
  date: '2026-11-29',
  machine: '2 cores of a <processor> & more, Linux 6',
  node: 'v24.21.0',
  load: 0.25,
  client: 'compiled',
  runs: 3,
  steady: { warmUp: 100, measured: 100 },
  rows: summarise(ROUNDS, CANDIDATES, BUNDLES),
};

describe('the candidates', () => {
  it.each(CANDIDATES)('$name has its handler in $file', ({ file }) => {
    expect(existsSync(file)).toBe(true);
  });

  it('are installed in their own folder, each that is a library, and what AWS runs is as the house has it', () => {
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
    const { dependencies } = read('bench/peers/package.json');
    const libraries = CANDIDATES.flatMap(({ package: library }) => library ?? []);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(libraries));
    const ours = read('package.json').devDependencies;
    for (const shared of ['aws-lambda-ric', 'twilio'])
      expect(dependencies[shared], shared).toBe(ours[shared]);
  });

  it('are in the order in which receive fills the queue before reply empties it', () => {
    const names = CANDIDATES.map(({ name }) => name);
    expect(names[0]).toBe(EMPTY);
    expect(names.indexOf(RECEIVE)).toBeLessThan(names.indexOf(REPLY));
  });

  it('that need nothing installed answer each event by one message, and are compared with the empty one', async () => {
    const wanted = [EMPTY, NO_LESS, 'parley without AWS'];
    const candidates = CANDIDATES.filter(({ name }) => wanted.includes(name));
    const said: string[] = [];
    const { client, rows } = await compare({
      runs: 1,
      candidates,
      compiledClient: undefined,
      steady: { warmUp: 1, measured: 2 },
      say: (line) => said.push(line),
    });
    expect(client).toBe('stand-in');
    expect(said).toEqual(['Round 1 of 1 is through.']);
    expect(rows.map(({ name }) => name)).toEqual(wanted);
    expect(rows[0]?.timesEmpty.first.median).toBe(1);
    for (const { bytes, gzip, figures } of rows) {
      expect(bytes).toBeGreaterThan(50);
      expect(gzip).toBeGreaterThan(50);
      expect(Object.values(figures).every(({ median }) => median > 0)).toBe(true);
    }
  });
});

describe('what is made of the rounds', () => {
  const rowOf = (name: string) => COMPARISON.rows.find((row) => row.name === name);

  it('is a ratio to the empty handler of the same round, and the median of these', () => {
    // 3, 4 and 3.5: of the medians it would be 70 to 20.
    expect(rowOf(RECEIVE)?.timesEmpty.first).toEqual({ low: 3.25, median: 3.5, high: 3.75 });
    expect(rowOf(EMPTY)?.timesEmpty.ready).toEqual({ low: 1, median: 1, high: 1 });
  });

  it('is, of both functions, the sum within each round', () => {
    expect(rowOf(WHOLE)?.figures.first.median).toBe(160);
    expect(rowOf(WHOLE)?.timesEmpty.first.median).toBe(8);
    expect(rowOf(WHOLE)).toMatchObject({ bytes: 4_096, gzip: 2_048 });
  });

  it('is, of receive alone, its steady processor time to what no webhook does without', () => {
    expect(rowOf(RECEIVE)?.timesNoLess?.median).toBeCloseTo(7 / 3);
    expect(COMPARISON.rows.filter(({ timesNoLess }) => timesNoLess !== undefined)).toHaveLength(1);
  });

  it('is a table that says when, where and under which client it was made', () => {
    const table = comparisonTable(COMPARISON);
    expect(table).toContain('2026-11-29, 2 cores of a <processor> & more, Linux 6, Node 24.21.0, under AWS');
    expect(table).toContain('its native part compiled. 3 rounds');
    expect(table).toContain("The machine's load was 0.3 when it began.");
    expect(comparisonTable({ ...COMPARISON, client: 'stand-in' })).toContain('with a stand-in in JavaScript');
    expect(table).toContain(
      `| ${RECEIVE} | 3.50 (3.25–3.75) | 3.50 (3.25–3.75) | 3.50 (3.25–3.75) | 3.50 (3.25–3.75) | 70 | 70 | 70.0 | 70.0 | 70.0 | 70.00 (50.00–235.00) | 70 | 70 | 70 | 2.0 | 1.0 |`,
    );
    expect(table).toContain(`receive: 2.33 (1.92–3.17) × that of ${NO_LESS}.`);
  });

  it('names the version of another library', () => {
    const rounds = [
      new Map([
        [EMPTY, figuresOf(1)],
        ['grammY', figuresOf(2)],
      ]),
    ];
    const [, grammy] = summarise(rounds, CANDIDATES, BUNDLES);
    expect(grammy?.version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('the capacity', () => {
  it('is what a vCPU has time for, and what a million take of it at the price of Lambda', () => {
    expect(capacityTable(COMPARISON.rows)).toContain(`| ${RECEIVE} | 70.00 | 14 | 4 | 120928 | 1.61 |`);
  });

  it('is of the memory that the functions have', () => {
    expect(capacityTable([])).toContain('| of 512 MB, 0.29 vCPU |');
    const sizes = [...readFileSync('serverless.yml', 'utf8').matchAll(/memorySize: (\d+)/g)];
    expect(sizes.map(([, size]) => size)).toEqual(['512', '512', '512']);
  });
});

describe('the picture', () => {
  /** @returns what is not closed, or closed and not open */
  function unbalanced(svg: string): readonly string[] {
    const open: string[] = [];
    for (const [, close, name = '', self] of svg.matchAll(/<(\/?)(\w+)(?:\s+[\w:-]+="[^"<&]*")*\s*(\/?)>/g)) {
      if (self) continue;
      if (!close) open.push(name);
      else if (open.pop() !== name) return [name];
    }
    return open;
  }

  it('is valid: every element is closed, and nothing in it is taken for one', () => {
    const svg = comparisonChart(COMPARISON);
    expect(unbalanced(svg)).toEqual([]);
    expect(svg.match(/<(?!\/?(svg|title|style|text|rect)\b)|&(?!(amp|lt|gt);)/g)).toBeNull();
    expect(svg).toContain('a &lt;processor&gt; &amp; more');
  });

  it('has a bar for each handler, as long as its ratio, and says it', () => {
    const svg = comparisonChart(COMPARISON);
    const widths = [...svg.matchAll(/<rect class="(\w+)".*? width="([\d.]+)"/g)].map(([, kind, width]) => [
      kind,
      Number(width),
    ]);
    expect(widths).toEqual([
      ['other', 56.3],
      ['other', 84.4],
      ['ours', 196.9],
      ['ours', 281.3],
      ['ours', 450],
    ]);
    expect(svg).toContain('>3.50</text>');
  });

  it('is drawn for dark pages too', () => {
    expect(comparisonChart(COMPARISON)).toContain('prefers-color-scheme: dark');
  });
});

describe('docs/performance.md', () => {
  const page = readFileSync(PAGE, 'utf8');

  it('has a place for both tables, and keeps what is around them', () => {
    const again = withComparison(page, COMPARISON);
    expect(again).toContain(comparisonTable(COMPARISON));
    expect(again).toContain(capacityTable(COMPARISON.rows));
    const around = (text: string) => text.replaceAll(/(?<=--docs -->)[\s\S]*?(?=<!-- end of)/g, '');
    expect(around(again)).toBe(around(page));
    expect(() => withComparison('# Elsewhere', COMPARISON)).toThrow(/no place for a table/);
  });

  it('has a row and a bar for each candidate that there is now', () => {
    const chart = readFileSync(CHART, 'utf8');
    for (const { name } of [...CANDIDATES, { name: WHOLE }]) {
      expect(page).toContain(`\n| ${name}`);
      expect(chart).toContain(`>${name}`);
    }
  });
});
