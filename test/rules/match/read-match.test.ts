import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../lib/rules/match/read-facts.ts';
import { readComposed, readMatch } from '../../../lib/rules/match/read-match.ts';
import { bookOf, messageAdded } from '../support.ts';

const BOOK = bookOf('version: 1\nrules:\n  - { id: a, when: { keyword: a }, then: { text: x } }\n');
const factsOf = (Body: string) => readFacts(messageAdded({ Body }), BOOK, { memory: {}, at: 0, read: {} });
const FAMILY = '👨‍👩‍👧';

describe('what a pattern captures', () => {
  it('is as the customer wrote it, and groups that took no part are left out', () => {
    expect(readMatch(['^(?<a>.)(?<b>x)?$'], factsOf('ﬁ'))).toBeUndefined();
    expect(readMatch(['^(?<a>f)(?<b>i)(?<c>x)?$'], factsOf('ﬁ'))).toEqual({ a: 'ﬁ', b: 'ﬁ' });
    expect(readMatch(['^(?<a>y)(?<c>x)?$'], factsOf('y'))).toStrictEqual({ a: 'y' });
  });

  it('takes in nothing before a letter that composing takes apart', () => {
    expect(readMatch(['^x(?<a>.{1,2})$'], factsOf('x\u0958'))).toEqual({ a: '\u0958' });
  });

  it('takes in a whole end of a line, which is one character to people', () => {
    expect(readMatch(['^(?<a>x\\r)'], factsOf('x\r\ny'))).toEqual({ a: 'x\r\n' });
  });
});

describe('the same as it was matched', () => {
  const composed = (source: string, body: string) => {
    const facts = factsOf(body);
    return readComposed([source], facts, readMatch([source], facts) ?? {});
  };

  it('is told where one of the groups differs', () => {
    expect(composed('^(?<a>.) (?<b>..) (?<c>x)?', `y ﬁ `)).toBeUndefined();
    expect(composed('^(?<a>[a-z]+) (?<b>f)i(?<c>x)?', 'yes ﬁ')).toStrictEqual({ a: 'yes', b: 'f' });
    expect(composed(`^(?<a>[a-z]+) (?<b>.)`, `yes ${FAMILY}`)).toMatchObject({ a: 'yes', b: '👨' });
  });

  it('is not where the customer wrote it just so', () => {
    expect(composed('^(?<a>[a-z]+)', 'yes')).toBeUndefined();
    expect(composed('^(?<a>.)', '🌹')).toBeUndefined();
  });
});
