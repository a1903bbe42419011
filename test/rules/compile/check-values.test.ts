import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const named = (then: string, group = '.+') =>
  `{ id: a, when: { pattern: '^name (?<n>${group})$' }, then: ${then} }`;
const ASK = '{ id: q, when: { keyword: q }, then: { text: Q?, wait: 1d } }';

describe('a value that is remembered', () => {
  it('is refused where it is a group without an end', () => {
    expect(findingsOf(fileOf([named("{ remember: { n: '{{ match.n }}' } }")]))).toEqual([
      '3:75 {{ match.n }} may be as long as the customer writes, and a remembered value holds at most 256. ' +
        'Bound what its pattern takes in, as in (?<n>.{1,200}).',
    ]);
  });

  it('is refused where it is the whole message', () => {
    const rule = `{ id: a, when: { keyword: a }, then: { remember: { n: '{{ text | default: "" }}' } } }`;
    expect(findingsOf(fileOf([rule]))).toEqual([
      expect.stringContaining('{{ text }} may be as long as the customer writes'),
    ]);
  });

  it('is refused where go_to brings the group', () => {
    const rules = [named('{ go_to: b }'), "{ id: b, then: { remember: { n: '{{ match.n }}' } } }"];
    expect(findingsOf(fileOf(rules))).toEqual([
      expect.stringMatching(/^4:37 \{\{ match\.n \}\} may be as long/),
    ]);
  });

  it.each([
    ['bounded', [named("{ remember: { n: '{{ match.n }}' } }", '.{1,200}')]],
    [
      'an answer',
      [ASK, "{ id: a, when: { after: q, answer: text }, then: { remember: { n: '{{ answer }}' } } }"],
    ],
    ['the language, of which only a code is kept', [named("{ remember: { language: '{{ match.n }}' } }")]],
  ])('may be %s', (_, rules) => {
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });

  it('is noted where it is an attribute, or two that are too long together', () => {
    const rules = [
      ASK,
      `{ id: a, when: { after: q, answer: text }, then: { remember: { n: '{{ answer }} {{ remembered.n | default: "" }}' } } }`,
      `{ id: b, when: { includes: b }, then: { remember: { x: '{{ participant.attributes.x | default: "" }}' } } }`,
    ];
    expect(findingsOf(fileOf(rules))).toEqual([
      'note: 4:71 This may be 513 characters long, and a remembered value holds at most 256. Put less into it.',
      expect.stringContaining('{{ participant.attributes.x }} may be as long as somebody made it'),
    ]);
  });
});

describe('a value in a message', () => {
  it('is noted where it has no end', () => {
    expect(findingsOf(fileOf([named("{ text: 'Hi {{ match.n }}' }")]))).toEqual([
      'note: 3:66 {{ match.n }} may be as long as the customer writes, and a message holds at most 1,600. ' +
        'Bound what its pattern takes in, as in (?<n>.{1,200}).',
    ]);
  });

  it.each([
    ['the text is split', [named("{ split: true, text: 'Hi {{ match.n }}' }")]],
    ['it is bounded', [named("{ text: 'Hi {{ match.n }}' }", String.raw`\w{1,30}`)]],
    [
      'it is an attribute',
      [
        `{ id: a, when: { keyword: a }, then: { text: 'Hi {{ participant.attributes.name | default: "you" }}' } }`,
      ],
    ],
  ])('is not noted where %s', (_, rules) => {
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });

  it('is noted in a template’s variable and in a tag', () => {
    const HX = `HX${'a'.repeat(32)}`;
    const rules = [
      named("[{ tag: { n: '{{ match.n }}' } }, { template: t, variables: { a: '{{ match.n }}' } }]"),
    ];
    const notes = findingsOf(fileOf(rules, `templates: { t: { sid: ${HX}, variables: [a] } }\n`));
    expect(notes.filter((note) => note.includes('match.n'))).toEqual([
      expect.stringContaining('a message in its tags holds at most 4,096'),
      expect.stringMatching(/a variable holds at most 256\. Bound .* \(\?<n>\.\{1,100\}\)\.$/),
    ]);
  });

  const TEMPLATE = `templates: { t: { sid: HX${'a'.repeat(32)}, variables: [a] } }\n`;
  const boundsOf = (...rules: readonly string[]) =>
    findingsOf(fileOf(rules, TEMPLATE)).filter((note) => note.includes('holds at most'));
  const filledWith = (value: string) => `{ template: t, variables: { a: '${value}' } }`;

  // An emoji was counted as one, and is two of the characters that are allowed.
  it.each([
    [named(filledWith('{{ match.n }}'), '.{1,200}'), 'This may be 400 characters long, and a variable'],
    [named("{ text: '{{ match.n }}' }", '.{1,1500}'), 'This may be 3,000 characters long, and a message'],
    [named("{ text: '{{ match.n }}' }", String.raw`[a\p{L}]{801}`), 'This may be 1,602 characters'],
    [named("{ text: '{{ match.n }}' }", '🌹{801}'), 'This may be 1,602 characters'],
  ])('counts an emoji as two: %s', (rule, said) => {
    const [note, ...more] = boundsOf(rule);
    expect(note).toContain(said);
    expect(note).toContain(' An emoji counts as two. ');
    expect(more).toEqual([]);
  });

  it.each([
    named(filledWith('{{ match.n }}'), '.{1,128}'),
    named(filledWith('{{ match.n }}'), '[a-z0-9éß ]{1,256}'),
    named("{ text: '{{ match.n }}' }", String.raw`\d{1,1600}`),
  ])('is not noted where what a pattern takes in has room, emoji or none: %s', (rule) => {
    expect(boundsOf(rule)).toEqual([]);
  });

  it('is noted where what is remembered is longer in emoji than a variable may be', () => {
    const said = `{ id: b, when: { keyword: b }, then: ${filledWith('{{ remembered.n | default: "x" }}')} }`;
    const keeping = (group: string) => named("{ remember: { n: '{{ match.n }}' } }", group);
    expect(boundsOf(keeping('.{1,200}'), said)).toEqual([
      expect.stringContaining('This may be 400 characters long, and a variable holds at most 256.'),
    ]);
    expect(boundsOf(keeping('.{1,128}'), said)).toEqual([]);
    expect(boundsOf(keeping('[a-z]{1,256}'), said)).toEqual([]);
  });
});
