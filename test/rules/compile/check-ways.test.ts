import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const to = (id: string, next: string, when = `when: { keyword: ${id} }, `) =>
  `{ id: ${id}, ${when}then: { go_to: ${next} } }`;
const chain = (count: number) => [
  ...Array.from({ length: count }, (_, at) => to(`r${at}`, `r${at + 1}`, at === 0 ? undefined : '')),
  `{ id: r${count}, then: { text: There. } }`,
];

describe('go_to', () => {
  it('may lead on five times', () => {
    expect(findingsOf(fileOf(chain(5)))).toEqual([]);
  });

  it('is refused where it leads on six times', () => {
    expect(findingsOf(fileOf(chain(6)))).toEqual([
      '3:44 This goes on to 6 rules, r1 → r2 → r3 → r4 → r5 → r6; at most 5 are allowed.',
    ]);
  });

  it('is refused in a circle, told once, however many rules lead into it', () => {
    expect(findingsOf(fileOf([to('a', 'b'), to('x', 'b'), to('b', 'c', ''), to('c', 'b', '')]))).toEqual([
      '5:20 This goes round in a circle: b → c → b. Let one of them end.',
    ]);
  });

  it('is refused where a rule goes on to itself', () => {
    expect(findingsOf(fileOf([to('a', 'a')]))).toEqual([
      '3:42 This goes round in a circle: a → a. Let one of them end.',
    ]);
  });

  it('may lead from the otherwise of a question back to it', () => {
    const ask =
      '{ id: ask, when: { keyword: ask }, then: { text: Q?, wait: 1d }, otherwise: { go_to: ask } }';
    expect(
      findingsOf(fileOf([ask, '{ id: a, when: { after: ask, answer: number }, then: { text: x } }'])),
    ).toEqual([]);
  });
});

describe('a rule without "when"', () => {
  it('is refused where nothing leads to it', () => {
    expect(findingsOf(fileOf(['{ id: lost, then: { text: x } }']))).toEqual([
      '3:11 Nothing leads to the rule "lost": it has no "when", and no go_to names it. Add one of them.',
    ]);
  });

  it('may wait for a program', () => {
    const rules = [
      '{ id: p, then: { text: Q?, wait: 1d } }',
      '{ id: a, when: { after: p, keyword: 1 }, then: { text: x } }',
    ];
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });

  it('is not blamed for what follows from a wrong wait', () => {
    expect(findingsOf(fileOf(['{ id: p, then: { text: Q?, wait: 31d } }']))).toEqual([
      expect.stringContaining('is longer than 30 days'),
    ]);
  });

  it('may be led to by the file’s otherwise alone', () => {
    expect(findingsOf(fileOf(['{ id: last, then: { text: x } }'], 'otherwise: { go_to: last }\n'))).toEqual(
      [],
    );
  });
});

describe('the words that go_to leads to', () => {
  const N = String.raw`{ id: n, when: { pattern: '^n (?<n>\d{1,3})$' }, then: { go_to: t } }`;

  it('may say what the pattern of each rule that leads there takes', () => {
    expect(findingsOf(fileOf([N, "{ id: t, then: { text: 'It is {{ match.n }}.' } }"]))).toEqual([]);
  });

  it('may say the answer that leads there', () => {
    const rules = [
      '{ id: q, when: { keyword: q }, then: { text: Q?, wait: 1d } }',
      '{ id: a, when: { after: q, answer: number }, then: { go_to: t } }',
      "{ id: t, then: { text: 'It is {{ answer }}.' } }",
    ];
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });

  it('are refused where one of the rules that lead there does not take it', () => {
    expect(
      findingsOf(fileOf([N, to('b', 't'), "{ id: t, then: { text: 'It is {{ match.n }}.' } }"])),
    ).toEqual([
      '4:42 This goes on to "t", which says {{ match.n }}. There is no group "n". The rule has no pattern with named groups.',
    ]);
  });

  it('may have a default for those', () => {
    const text = `{ id: t, then: { text: 'It is {{ match.n | default: "?" }}.' } }`;
    expect(findingsOf(fileOf([N, to('b', 't'), text]))).toEqual([]);
  });

  it('are refused where no rule takes it, in spite of a default', () => {
    const text = `{ id: t, then: { text: 'It is {{ answer | default: "?" }}.' } }`;
    expect(findingsOf(fileOf([N, text]))).toEqual([
      '4:20 {{ answer }} is never there: no rule that leads to "t" takes it from the message.',
    ]);
  });

  it('are refused where the event that leads there has no such value', () => {
    const rules = [
      '{ id: j, when: { event: onParticipantAdded }, then: { go_to: t } }',
      "{ id: t, when: { keyword: t }, then: [{ tag: { a: b } }, { text: 'Hi {{ author }}' }] }",
    ];
    expect(findingsOf(fileOf(rules))).toEqual([
      '3:57 This goes on to "t", which says {{ author }}. {{ author }} has no value on onParticipantAdded. Use another, or give that event a rule of its own.',
      'note: 3:57 This goes on to "t", which tags the customer’s message. onParticipantAdded has none, so nothing is tagged then.',
    ]);
  });
});
