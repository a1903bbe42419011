import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const ASK = '{ id: ask, when: { keyword: ask }, then: { text: How many?, wait: 1d } }';

describe('a question', () => {
  it('is refused where nobody answers it', () => {
    expect(findingsOf(fileOf([ASK]))).toEqual([
      '3:11 Nobody answers the question of "ask". Add a rule with "after: ask", or leave "wait" out.',
    ]);
  });

  it.each([
    ['a rule', fileOf([ASK, '{ id: a, when: { after: ask, answer: number }, then: { text: x } }'])],
    [
      'an item of the file’s otherwise',
      fileOf([ASK], 'otherwise: [{ when: { after: ask }, then: { text: x } }]\n'),
    ],
  ])('is answered by %s', (_, file) => {
    expect(findingsOf(file)).toEqual([]);
  });

  it('is not answered by a rule that is for when it is not open', () => {
    const other = '{ id: a, when: { keyword: x, unless: { after: ask } }, then: { text: x } }';
    expect(findingsOf(fileOf([ASK, other]))).toHaveLength(1);
  });

  it('is answered by a rule that is broken otherwise: what follows from a fault is not told', () => {
    const broken = '{ id: a, when: { after: ask, channel: fax }, then: { text: x } }';
    expect(findingsOf(fileOf([ASK, broken]))).toEqual([expect.stringContaining('"fax" is not a channel')]);
  });
});

describe('a rule "after" another', () => {
  const AFTER = '{ id: b, when: { after: a, keyword: x }, then: { text: y } }';

  it('is refused where that one asks nothing', () => {
    expect(findingsOf(fileOf(['{ id: a, when: { keyword: a }, then: { text: x } }', AFTER]))).toEqual([
      '4:29 The rule "a" asks nothing. Add "wait" to its last text, or name another rule.',
    ]);
  });

  it('is refused in an otherwise too', () => {
    const file = fileOf(
      ['{ id: a, when: { keyword: a }, then: { text: x } }'],
      'otherwise: [{ when: { after: a }, then: { text: x } }]\n',
    );
    expect(findingsOf(file)).toEqual([expect.stringMatching(/^4:30 The rule "a" asks nothing\./)]);
  });

  it.each([
    ['whose wait is too long', '{ id: a, when: { keyword: a }, then: { text: x, wait: 31d } }'],
    ['whose wait is not last', '{ id: a, when: { keyword: a }, then: [{ text: x, wait: 1d }, { text: y }] }'],
  ])('is not blamed for one %s', (_, rule) => {
    expect(findingsOf(fileOf([rule, AFTER]))).toHaveLength(1);
  });
});
