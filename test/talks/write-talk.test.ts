import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../lib/rules/compile/read-yaml.ts';
import { expectAnswer } from '../../talks/write/expect-answer.ts';
import { writeTalk } from '../../talks/write/write-talk.ts';

const AT = Date.UTC(2026, 10, 30, 9, 5, 3);

describe('a talk that was played', () => {
  it('is written as people would write it', () => {
    const steps = [
      ['says', 'Hello!'],
      ['bot', [{ template: 'status', variables: { order: '12' } }, 'Order 12: sent.']],
      ['remembered', {}],
    ] as const;
    expect(writeTalk({ name: 'one', channel: 'sms', at: AT, steps })).toBe(`- talk: one
  channel: sms
  at: 2026-11-30T09:05:03
  steps:
    - says: Hello!
    - bot: [{ template: status, variables: { order: "12" } }, "Order 12: sent."]
    - remembered: {}
`);
  });

  it('is read as it was written, whatever people say', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom(...'a: #-{}[]\'"\n\\&*!|>%@`,?~'), minLength: 1 }),
    );
    const value = fc.oneof(words, fc.array(words, { maxLength: 3 }), fc.record({ text: words, from: words }));
    fc.assert(
      fc.property(words, fc.array(value, { minLength: 1, maxLength: 3 }), (name, said) => {
        const steps = said.map((one) => ['says', one] as const);
        const text = writeTalk({ name, channel: undefined, at: AT, steps });
        const { data, problems } = readYaml('talks.yaml', text, 'text');
        expect(problems).toEqual([]);
        expect(data).toEqual([
          { talk: name, at: '2026-11-30T09:05:03', steps: said.map((says) => ({ says })) },
        ]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what is expected of the bot', () => {
  const reply = (...actions: readonly object[]) => ({
    outcome: 'reply' as const,
    rule: 'a',
    shares: [{ rule: 'a', match: {}, actions: actions as never }],
    once: [],
    language: 'en',
    considered: [],
  });
  const HX = `HX${'a'.repeat(32)}`;
  const created = (form: Readonly<Record<string, string>>) => new Map(Object.entries(form));

  it.each([
    ['words', reply(), [created({ Body: 'Hello.' })], [['bot', 'Hello.']]],
    ['several', reply(), [created({ Body: 'a' }), created({ Body: 'b' })], [['bot', ['a', 'b']]]],
    [
      'a template in one of its languages',
      reply({
        kind: 'template',
        template: 'hi',
        ContentSid: { byLanguage: { en: 'HX0', de: HX } },
        ContentVariables: {},
      }),
      [created({ ContentSid: HX, ContentVariables: '{"1":"x"}' })],
      [['bot', { template: 'hi', variables: { 1: 'x' } }]],
    ],
    [
      'a file',
      reply(),
      [created({ MediaSid: 'ME1', Body: 'look' })],
      [['bot', { media: 'ME1', text: 'look' }]],
    ],
    [
      'its rules, where it does more than speak',
      reply({ kind: 'tag', attributes: {} }),
      [created({ Body: 'a' })],
      [['bot', { rule: 'a' }]],
    ],
    ['its rules, where it says nothing', reply(), [], [['bot', { rule: 'a' }]]],
  ])('is %s', (_, decision, messages, steps) => {
    expect(expectAnswer({ decision, finished: { outcome: 'replied' }, created: messages })).toEqual(steps);
  });

  it.each([
    [{ outcome: 'no_rule' }, [['silence', 'no_rule']]],
    [{ outcome: 'stale' }, [['silence', 'stale']]],
    [{ outcome: 'suppressed', reason: 'person' }, [['silence', 'person']]],
    [{ outcome: 'quarantined', reason: 'defect' }, []],
    [undefined, []],
  ] as const)('of %j is %j', (finished, steps) => {
    expect(expectAnswer({ decision: undefined, finished, created: [] })).toEqual(steps);
  });
});
