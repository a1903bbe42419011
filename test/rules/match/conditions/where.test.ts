import { describe, expect, it } from 'vitest';
import { where } from '../../../../lib/rules/match/conditions/where.ts';
import { ask, compiled, holds, problemsOf } from './ask.ts';

const rules = ['{ id: a, when: { keyword: a }, then: { remember: { fit: good, code: 1 } } }'];
const knowing = (values: Readonly<Record<string, string>>) => ({ rules, memory: { values } });
const reading = (attributes: object) => ({
  rules,
  read: { participant: { attributes: JSON.stringify(attributes) } },
});

describe('where', () => {
  it.each([
    ['{ remembered.fit: good }', { fit: 'good' }, true],
    ['{ remembered.fit: good }', { fit: 'Good' }, false],
    ['{ remembered.fit: good }', {}, false],
    ['{ remembered.fit: [fair, good] }', { fit: 'good' }, true],
    ['{ remembered.fit: good, remembered.code: 7 }', { fit: 'good' }, false],
    ['{ remembered.fit: good, remembered.code: 7 }', { fit: 'good', code: '7' }, true],
    ['{ remembered.code: 007 }', { code: '007' }, true],
    ['{ remembered.code: 007 }', { code: '7' }, false],
  ])('%s with %j: %s', (where, values, expected) => {
    expect(holds(`{ where: ${where} }`, 'x', knowing(values))).toBe(expected);
  });

  it.each([
    ['gold', { tier: 'gold' }, true],
    ['[gold, silver]', { tier: 'silver' }, true],
    ['true', { tier: true }, true],
    ['3', { tier: 3 }, true],
    ['gold', { tier: ['gold'] }, false],
    ['gold', {}, false],
  ])('participant.attributes.tier: %s with %j: %s', (tier, attributes, expected) => {
    expect(holds(`{ where: { participant.attributes.tier: ${tier} } }`, 'x', reading(attributes))).toBe(
      expected,
    );
    expect(ask(`{ where: { participant.attributes.tier: ${tier} } }`, 'x', { rules })).toBeUndefined();
  });

  it('knows the language', () => {
    const top = 'languages: [en, de]';
    expect(
      holds('{ where: { language: de } }', 'x', {
        top,
        read: { participant: { attributes: '{"language":"de-CH"}' } },
      }),
    ).toBe(true);
    expect(holds('{ where: { language: de } }', 'x', { top, memory: { values: { language: 'de' } } })).toBe(
      true,
    );
    expect(
      holds('{ where: { language: en } }', 'x', { top, read: { participant: null, conversation: null } }),
    ).toBe(true);
  });

  it('names the rule’s values, not the customer’s', () => {
    expect(ask('{ where: { remembered.fit: good } }', 'x', knowing({ fit: 'good' }))?.why).toBe(
      'where: remembered.fit is "good"',
    );
    expect(
      ask(
        '{ where: { remembered.fit: [good, fair], remembered.code: 7 } }',
        'x',
        knowing({ fit: 'good', code: '7' }),
      )?.why,
    ).toBe('where: remembered.fit is one of "good", "fair" and remembered.code is "7"');
    expect(ask('{ where: { remembered.fit: good } }', 'x', knowing({ fit: 'CANARY' }))?.why).toBe(
      'where: remembered.fit is not "good"',
    );
    expect(ask('{ where: { remembered.fit: [good, fair] } }', 'x', knowing({}))?.why).toBe(
      'where: remembered.fit is not one of "good", "fair"',
    );
  });

  it('asks last for what has to be read', () => {
    const where = compiled(
      '{ where: { participant.attributes.a: b, remembered.fit: good, language: en, author: ana } }',
      { rules },
    )?.where;
    expect(Object.keys(where ?? {})).toEqual([
      'remembered.fit',
      'author',
      'participant.attributes.a',
      'language',
    ]);
  });

  it.each([
    ['{}', 'There is nothing here to compare. Write value: what it may be.'],
    ['gold', '"where" is a mapping (value: what it may be), not "gold".'],
    ['{ remembered.fitt: good }', 'Nothing remembers "fitt". Allowed: fit, code. Did you mean "fit"?'],
    [
      '{ answer: yes }',
      '"answer" is taken from the message by this very rule, so it cannot be asked about here.',
    ],
    ['{ language: fr }', '"fr" is not among the file\'s languages. Allowed: en.'],
    [
      '{ remembered.fit: { a: b } }',
      "This must be text, not a mapping. If it is one text, put it in quotes: 'a: b'",
    ],
  ])('refuses %s', (where, problem) => {
    expect(problemsOf(`{ where: ${where} }`, { rules })).toEqual([problem]);
  });
});

describe('where, asked of many rules at once', () => {
  const sieve = where.sieve?.([
    { 'remembered.fit': ['good', 'fair'], 'remembered.code': ['7'] },
    { 'remembered.size': ['xl'] },
    { 'remembered.fit': ['poor'] },
  ]);
  const passes = (values: Readonly<Record<string, string>>) => {
    const value = (path: string) => values[path];
    return sieve?.({ value, missing: () => undefined, unask: () => undefined } as never);
  };

  it('may hold where the first value of one of them does, and not elsewhere', () => {
    for (const fit of ['good', 'fair', 'poor'])
      expect([fit, passes({ 'remembered.fit': fit })]).toEqual([fit, true]);
    expect(passes({ 'remembered.size': 'xl' })).toBe(true);
    expect(passes({ 'remembered.fit': 'best', 'remembered.size': 's', 'remembered.code': '7' })).toBe(false);
    expect(passes({})).toBe(false);
  });
});
