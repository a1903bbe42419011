import { beforeAll, describe, expect, it } from 'vitest';
import { checkPattern } from '../../lib/rules/compile/check-pattern.ts';
import { attackOf, EVIL_PATTERNS, type EvilPattern } from './evil-patterns.ts';
import { unfinished } from './match-in-child.ts';

const LIMIT_MS = 30_000;
/** `npm run hostile` checks all of them; here every seventh. */
const EVERY = Number(process.env['RUNS'] ?? 0) >= 100_000 ? 1 : 7;
const checked = EVIL_PATTERNS.filter((_, at) => at % EVERY === 0);

/** They look evil, and their parts take different characters, or are counted out. */
const HARMLESS: ReadonlySet<string> = new Set([
  '^(?:.|\\n)*x$',
  '^(\\w+) (\\w+ )*(\\w+)$',
  '"[^"]*$',
  '^(?:\\d{1,3}){1,12}$',
  '^(?:/[\\w.-]*)*/?(?:\\?[\\w=&.-]*)*$',
  '^\\$?(\\d{1,3},?(\\d{3},?)*\\d{3}(\\.\\d{0,2})?|\\d{1,3}(\\.\\d{0,2})?|\\.\\d{1,2}?)$',
  '^(?:-[\\w.]+)*(?:\\+[\\w.-]+)*$',
  '<(\\w+)(?:\\s+\\w+(?:\\s*=\\s*"[^"]*")?)*\\s*/?>',
  '^(?:[^,]*,)*[^,]*x$',
  '^(?:no[, ]*)+thanks$',
]);

describe(`${checked.length} of ${EVIL_PATTERNS.length} evil patterns`, () => {
  let accepted: readonly EvilPattern[] = [];
  let problems: readonly string[] = [];

  beforeAll(() => {
    const verdicts = checked.map((pattern) => ({ pattern, problem: checkPattern(pattern.source) }));
    accepted = verdicts.filter(({ problem }) => problem === undefined).map(({ pattern }) => pattern);
    problems = verdicts.flatMap(({ problem }) => problem ?? []);
  }, 600_000);

  it('are two hundred or more, each another, and each a RegExp that an author could write', () => {
    expect(new Set(EVIL_PATTERNS.map(({ source }) => source)).size).toBe(EVIL_PATTERNS.length);
    expect(EVIL_PATTERNS.length).toBeGreaterThanOrEqual(200);
    for (const { source } of EVIL_PATTERNS) expect(() => new RegExp(source, 'iu')).not.toThrow();
  });

  it('are refused for the steps they take, but for those of which a count shows that they take few', () => {
    expect(accepted.filter(({ source }) => !HARMLESS.has(source))).toEqual([]);
    for (const problem of problems) expect(problem).toMatch(/^This pattern can hang the bot: "/);
  });

  it('are done with 32 KB of any attack on the list when they are let through', async () => {
    const attacks = [...new Set(EVIL_PATTERNS.map((pattern) => attackOf(pattern)))];
    for (const text of attacks) expect(text).toHaveLength(32_768);
    const matches = accepted.flatMap(({ source }) => attacks.map((text) => ({ source, text })));
    expect(matches.length).toBeGreaterThan(0);
    expect(await unfinished(matches, LIMIT_MS)).toEqual([]);
  });

  it('would show if they were not done', async () => {
    const text = attackOf({ source: '', start: '', pump: 'a', end: '!' });
    const harmless = { source: 'order', text };
    const matches = [harmless, { source: '^(a+)+$', text }, harmless];
    // On a busy machine a harmless one may take too long as well.
    expect(await unfinished(matches, 1_000)).toContain('^(a+)+$');
  });
});
