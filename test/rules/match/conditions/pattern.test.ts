import { describe, expect, it } from 'vitest';
import { ask, holds, problemsOf } from './ask.ts';

describe('pattern', () => {
  it.each([
    ['^order$', 'ORDER', true],
    ['^order$', ' order\n', true],
    ['^order$', 'my order', false],
    ['^[0-9]+$', '١٢٣', true],
    ['é', 'e\u0301', true],
    ['^$', '', true],
    ['^[\u0915\u093c\u0916\u093c]$', '\u0959', true],
    ['^[\u0915\u093c\u0916\u093c]$', '\u0915', false],
    ['^[ｦ-ﾟ]+$', 'ｶﾞﾝ', true],
  ])('%s, said %j: %s', (source, body, expected) => {
    expect(holds(`{ pattern: '${source}' }`, body)).toBe(expected);
    expect(holds(`{ pattern: ['^nothing$', '${source}'] }`, body)).toBe(expected);
    expect(holds(`{ unless: { pattern: '${source}' } }`, body)).toBe(!expected);
  });

  it('quotes the rule, never the customer', () => {
    expect(ask("{ pattern: '^c' }", 'CANARY')?.why).toBe('pattern: the message matches /^c/');
    expect(ask("{ pattern: ['^a$', '^b$'] }", 'CANARY')?.why).toBe(
      'pattern: the message matches none of /^a$/, /^b$/',
    );
  });

  it('refuses what may hang the bot', () => {
    expect(problemsOf("{ pattern: '^(a+)+$' }")).toHaveLength(1);
    expect(problemsOf('{ event: onParticipantAdded, pattern: x }')).toEqual([
      '"pattern" asks about a message, and onParticipantAdded carries none. Give that event a rule of its own.',
    ]);
  });
});
