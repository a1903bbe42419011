import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../lib/event/channels.ts';
import { CARRIER_WORDS, STOP_WORDS } from '../../lib/guards/stop-words.ts';
import {
  MAX_BODY,
  MAX_VARIABLE_NAME,
  MAX_VARIABLE_VALUE,
  MAX_VARIABLES,
  MAX_VARIABLES_TOTAL,
} from '../../lib/limits.ts';
import { compileRules } from '../../lib/rules/compile/compile-rules.ts';
import { CONTENT_TYPES } from '../../lib/rules/compile/content/content-types.ts';
import { MOST_NODES } from '../../lib/rules/compile/pattern/build-automaton.ts';
import { formatProblem } from '../../lib/rules/compile/problem.ts';
import { decide } from '../../lib/rules/decide.ts';
import { ANSWERED_EVENTS } from '../../lib/rules/match/conditions/event.ts';
import { MATCHED_LENGTH } from '../../lib/text/cut-text.ts';
import { YES_NO } from '../../lib/text/yes-no.ts';
import { cover } from '../../talks/cover/cover.ts';
import { runTalks } from '../../talks/run-talks.ts';
import { findFailure } from '../../talks/tell/find-failure.ts';
import { showFailure } from '../../talks/tell/show-failure.ts';
import { bookOf, messageAdded, problemsOf } from './support.ts';

const GUIDE = readFileSync('docs/rules.md', 'utf8');

const blocks = [...GUIDE.matchAll(/^```([a-z ]*)\n(.*?)^```$/gms)].map(([, kind = '', text = '']) => ({
  kind,
  text,
}));
const blocksOf = (kind: string) => blocks.filter((block) => block.kind === kind).map(({ text }) => text);

/** A recipe: a heading, a sentence or two, rules, and talks with them. */
const recipes = GUIDE.split(/^(?=##)/m).flatMap((section) => {
  const [, title = '', rules = '', talks = ''] =
    /^### (.*)\n[\s\S]*?^```yaml\n([\s\S]*?)^```\n\n```yaml talk\n([\s\S]*?)^```$/m.exec(section) ?? [];
  return title === '' ? [] : [{ title, rules, talks }];
});

/** Rows such as: | `keyword: yes` | `YES!` `yes 👍` | `yes please` | */
const examples = [
  ...GUIDE.matchAll(/^\| `((?:keyword|near|includes|pattern): [^`]*)` \| ([^|]*) \|(?: ([^|]*) )? ?\|$/gm),
].map(([, condition = '', takes = '', not = '']) => [condition, quotedIn(takes), quotedIn(not)] as const);

function quotedIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]*)`/g)].map(([, text = '']) => text);
}

/** A snippet that begins with a rule stands for a file around it. */
function asFile(snippet: string): string {
  if (snippet.startsWith('version:')) return snippet;
  const rules = snippet.replace(/^(?=.)/gm, '  ');
  return `version: 1\ntemplates: { directions: { sid: HXa0000000000000000000000000000001 } }\nrules:\n${rules}`;
}

describe('docs/rules.md', () => {
  it('has snippets', () => {
    expect(blocksOf('yaml').length).toBeGreaterThan(5);
  });

  it.each(blocksOf('yaml').map((snippet) => [/- id: (.*)/.exec(snippet)?.[1], snippet] as const))(
    'can be copied from: %s',
    (_, snippet) => {
      expect(problemsOf(asFile(snippet))).toEqual([]);
    },
  );

  it('has ten recipes or more, in front of everything else', () => {
    expect(recipes.length).toBeGreaterThanOrEqual(10);
    expect(recipes.length).toBe(blocksOf('yaml talk').length);
    expect(GUIDE.lastIndexOf('```yaml talk')).toBeLessThan(GUIDE.indexOf('## The file'));
  });

  it.each(recipes)(
    'plays the talks of a recipe, which reach every rule of it: $title',
    async ({ rules, talks }) => {
      const book = bookOf(rules);
      const { played, problems } = await runTalks(
        { files: [{ file: 'docs/rules.md', text: talks }], problems: [] },
        book,
      );
      expect(problems.map(formatProblem)).toEqual([]);
      const failures = played.map((one) => {
        const failure = findFailure(one);
        return failure && showFailure(one, failure);
      });
      expect(failures.filter((failure) => failure !== undefined)).toEqual([]);
      expect(cover(book, played).unreached).toEqual([]);
    },
  );

  it.each(recipes)('has a recipe in which the check finds nothing odd: $title', ({ rules }) => {
    expect(compileRules(rules)).toMatchObject({ ok: true, notes: [] });
  });

  it.each(recipes)('has a recipe of 20 lines at most: $title', ({ rules }) => {
    expect(rules.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  it('has tables of what conditions take', () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  it.each(examples)('says truly what a rule with %s takes, and what not', (condition, takes, not) => {
    const book = bookOf(
      `version: 1\nrules:\n  - id: rule\n    when:\n      ${condition}\n    then: { text: x }\n`,
    );
    const matched = (Body: string) => decide(book, messageAdded({ Body })).outcome === 'reply';
    expect(takes.length).toBeGreaterThan(0);
    expect([takes.filter((text) => !matched(text)), not.filter(matched)]).toEqual([[], []]);
  });

  it('shows a template’s file that agrees with the catalogue beside it', () => {
    const [catalogue = ''] = blocksOf('yaml').filter((snippet) => snippet.includes('order_status:'));
    const [definition = ''] = blocksOf('json');
    const templates = new Map([
      ['order_status', { file: 'templates/order_status.json', text: definition }],
      [
        'directions',
        { file: 'templates/directions.json', text: '{"language":"en","types":{"twilio/text":{"body":"x"}}}' },
      ],
    ]);
    expect(compileRules(catalogue, { templates })).toMatchObject({ ok: true, notes: [] });
  });

  it('shows what the check prints', () => {
    const [bad = ''] = blocksOf('yaml bad');
    const compiled = compileRules(bad);
    const problems = compiled.ok ? [] : compiled.problems.map(formatProblem);
    expect(blocksOf('text')).toEqual([
      `${[...problems, `${problems.length} problems in rules.yaml.`].join('\n')}\n`,
    ]);
  });

  it.each([
    ['events', ANSWERED_EVENTS],
    ['channels', CHANNELS],
    ['stop words', STOP_WORDS.map((word) => word.toUpperCase())],
    ['words of the carrier', CARRIER_WORDS.map((word) => word.toUpperCase())],
    ['content types', CONTENT_TYPES],
    ['codes of what fails when it is sent', ['text_too_long', 'variable_invalid']],
  ])('names all %s', (_, names) => {
    for (const name of names) expect(GUIDE).toContain(`\`${name}\``);
  });

  it('names every value that a text may hold', () => {
    const [unknown = ''] = problemsOf("version: 1\nrules: []\notherwise: { text: '{{ x }}' }\n");
    const paths = /Allowed: (.*)\.$/.exec(unknown)?.[1]?.split(', ') ?? [];
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) expect(GUIDE).toContain(`\`${path}\``);
  });

  it('lists the languages that know yes and no', () => {
    const codes = Object.keys(YES_NO).sort();
    const sentence = `Yes and no are known in ${codes.slice(0, -1).join(', ')} and ${codes.at(-1)}.`;
    expect(GUIDE.replace(/\s+/g, ' ')).toContain(sentence);
    expect(GUIDE).toContain(`known in [${codes.length} languages]`);
  });

  it('names every key of the file', () => {
    for (const yaml of [
      'x: 1',
      'version: 1\nrules: [{ id: a, when: { x: 1 }, then: { text: a } }]',
      'version: 1\nrules: [{ id: a, when: {}, then: { x: 1 } }]',
    ]) {
      const allowed = problemsOf(yaml).flatMap(
        (problem) => /Allowed: (.*)\./.exec(problem)?.[1]?.split(', ') ?? [],
      );
      expect(allowed.length).toBeGreaterThanOrEqual(4);
      for (const key of allowed) expect(GUIDE).toMatch(new RegExp(`\`${key}\\b`));
    }
  });

  it.each([
    [MAX_BODY],
    [MAX_VARIABLES],
    [MAX_VARIABLE_NAME],
    [MAX_VARIABLE_VALUE],
    [MAX_VARIABLES_TOTAL],
    [MATCHED_LENGTH],
    [MOST_NODES],
  ])('tells the limit %i as it is', (limit) => {
    expect(GUIDE).toMatch(new RegExp(`\\b${limit.toLocaleString('en')}\\b`));
  });
});
