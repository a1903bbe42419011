import { describe, expect, it } from 'vitest';
import { MOST_REPEATED } from '../../../../lib/rules/compile/yaml/read-aliases.ts';
import { problemsOf } from '../../support.ts';

/** A file with one list that so many rules share. */
function shared(rules: number, list: string): string {
  const first = `  - { id: first, when: { keyword: w, includes: &shared ${list} }, then: { text: x } }\n`;
  const others = Array.from(
    { length: rules },
    (_, at) => `  - { id: r${at}, when: { keyword: w${at}, includes: *shared }, then: { text: x } }\n`,
  );
  return `version: 1\nrules:\n${first}${others.join('')}`;
}

/** Lists that hold the list before so many times each. */
function bomb(items: number): string {
  const names = [...'abcdefghijklmnopqrstuvwxyz'];
  const lines = names.map((name, at) => {
    const item = at === 0 ? 'x' : `*${names[at - 1]}`;
    return `${name}: &${name} [${Array(items).fill(item)}]\n`;
  });
  return lines.join('');
}

describe('an alias', () => {
  // The hundredth was refused as an attack, and so was the fifty-first of a list that has an alias in it.
  it.each([100, 300])('may be used by %i rules', (rules) => {
    expect(problemsOf(shared(rules, '[hi, hello]'))).toEqual([]);
    const within = shared(rules, '[*stop, b]').replace('keyword: w,', 'keyword: &stop halt,');
    expect(problemsOf(within)).toEqual([]);
  });

  it.each([2, 9, 1_000])('is refused where lists of %i multiply into a bomb, at its place', (items) => {
    const problems = problemsOf(bomb(items));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^rules\.yaml:\d+:\d+: With "\*[a-z]" the aliases of this file stand for more than 100,000 values: /,
    );
  });

  it('may stand for as many values as are allowed in all', () => {
    const values = (uses: number) =>
      problemsOf(
        `version: 1\nx: &x [${Array(999).fill('a')}]\nrules: &r []\ny: [${Array(uses).fill('*x')}]\n`,
      );
    const most = MOST_REPEATED / 1_000;
    expect(values(most).join()).not.toContain('values');
    expect(values(most + 1)).toEqual([expect.stringMatching(/^rules\.yaml:4:\d+: With "\*x" /)]);
  });

  // It was told as "Maximum call stack size exceeded", in line 1.
  it.each([
    [
      'an action',
      'version: 1\nrules:\n  - id: a\n    when: { keyword: x }\n    then: &t [*t]\n',
      '5:15',
      't',
    ],
    [
      'conditions',
      'version: 1\nrules:\n  - id: a\n    when: &w { unless: *w }\n    then: { text: x }\n',
      '4:24',
      'w',
    ],
    [
      'a key',
      'version: 1\nrules: &r\n  - { id: a, when: {}, then: { text: x } }\n  - { *r : x }\n',
      '4:7',
      'r',
    ],
  ])('that would hold itself is told at its place: %s', (_, yaml, place, name) => {
    expect(problemsOf(yaml)).toEqual([
      `rules.yaml:${place}: "*${name}" stands inside of what &${name} names, which would hold itself without end. Write here what it is to hold.`,
    ]);
  });

  it('stands for the last of two with its name', () => {
    const yaml = `version: 1
rules:
  - { id: a, when: { keyword: &k hi }, then: { text: x } }
  - { id: b, when: { keyword: &k bye }, then: { text: x } }
  - { id: c, when: { keyword: *k }, then: { text: x } }
`;
    expect(problemsOf(yaml)).toEqual([]);
    expect(problemsOf(yaml.replace('*k', '*l'))).toEqual([
      expect.stringMatching(
        /^rules\.yaml:5:31: "\*l" is an alias, and there is no &l above it\. .* Write: keyword: '\*l'$/,
      ),
    ]);
  });
});

describe('a key that is given twice', () => {
  // The first was lost without a word.
  it.each([
    ['by an alias', '{ &k keyword: hi, *k : ho }', '4:29'],
    ['with quotes and without', '{ keyword: hi, "keyword": ho }', '4:26'],
  ])('is told: %s', (_, when, place) => {
    expect(problemsOf(`version: 1\nrules:\n  - id: a\n    when: ${when}\n    then: { text: x }\n`)).toEqual([
      `rules.yaml:${place}: The key "keyword" is given twice. Keep one.`,
    ]);
  });

  it('is told where one is a number and one is text', () => {
    const then = `{ tag: { 1: a, "1": b } }`;
    expect(problemsOf(`version: 1\nrules:\n  - { id: a, when: {}, then: ${then} }\n`)).toEqual([
      'rules.yaml:3:45: The key "1" is given twice. Keep one.',
    ]);
  });
});
