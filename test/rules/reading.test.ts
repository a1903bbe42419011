import { describe, expect, it } from 'vitest';
import { decide } from '../../lib/rules/decide.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import type { Memory } from '../../lib/rules/memory.ts';
import { onceKey } from '../../lib/rules/once-key.ts';
import type { Needs } from '../../lib/rules/types.ts';
import { bookOf, messageAdded } from './support.ts';
import { Talk } from './talk.ts';

const PARTICIPANT: Needs = { participant: true, conversation: false };
const CONVERSATION: Needs = { participant: false, conversation: true };

function needsOf(yaml: string, Body: string, { memory = {}, read }: { memory?: Memory; read?: Read } = {}) {
  const decided = decide(bookOf(`version: 1\n${yaml}`), messageAdded({ Body }), memory, undefined, read);
  return decided.outcome === 'read' ? decided.needs : undefined;
}

const rule = (when: string) => `rules: [{ id: r, when: ${when}, then: { text: x } }]`;

describe('what is read', () => {
  it('is nothing for rules below the one that answers, however many are asked at once', () => {
    const rules = `rules:
  - { id: above, when: { where: { remembered.fit: good } }, then: { text: x } }
  - { id: has-above, when: { has: remembered.fit }, then: { text: x } }
  - { id: hi, when: { keyword: hi }, then: { remember: { fit: good } } }
  - { id: below, when: { where: { participant.attributes.tier: gold } }, then: { text: x } }
  - { id: has-below, when: { has: conversation.attributes.tier }, then: { text: x } }
`;
    expect(needsOf(rules, 'hi')).toBeUndefined();
    expect(needsOf(rules, 'hello')).toEqual({ participant: true, conversation: false });
  });

  it('is one thing after the other, as the conditions are asked', () => {
    const both = '{ where: { participant.attributes.tier: gold }, has: conversation.attributes.tier }';
    expect(needsOf(rule(both), 'hi')).toEqual(CONVERSATION);
  });

  it.each([
    [
      'a condition that fails is found first',
      '{ where: { participant.attributes.tier: gold }, keyword: hi }',
    ],
    ['"once" is asked before', '{ where: { participant.attributes.tier: gold }, once: 1h }'],
    [
      '"unless" is asked before',
      '{ where: { participant.attributes.tier: gold }, unless: { includes: bye } }',
    ],
    ['another value is not it', '{ where: { participant.attributes.tier: gold, remembered.fit: good } }'],
    [
      'a group of "unless" holds anyway',
      '{ unless: [{ where: { conversation.attributes.x: y } }, { includes: bye }] }',
    ],
  ])('is nothing for a rule that cannot match any more: %s', (_, when) => {
    const memory = { once: { [onceKey('r')]: Date.parse(messageAdded().DateCreated) - 1 } };
    expect(
      needsOf(`${rule(when)}\notherwise: { remember: { fit: good } }`, 'good bye', { memory }),
    ).toBeUndefined();
  });

  it('is asked for by the first rule that may still match', () => {
    const yaml = `rules:
  - { id: a, when: { where: { participant.attributes.tier: gold }, unless: { includes: hi } }, then: { text: a } }
  - { id: b, when: { where: { conversation.attributes.tier: gold } }, then: { text: b } }
`;
    expect(needsOf(yaml, 'hi')).toEqual(CONVERSATION);
    expect(needsOf(yaml, 'ho')).toEqual(PARTICIPANT);
  });

  it('is nothing where a value that is there is enough', () => {
    const memory = { values: { order: '7' } };
    const yaml = `${rule('{ has: [participant.attributes.order, remembered.order] }')}\notherwise: { remember: { order: 1 } }`;
    expect(needsOf(yaml, 'x', { memory })).toBeUndefined();
    expect(needsOf(yaml, 'x')).toEqual(PARTICIPANT);
  });

  it('says why a rule did not match without what was not read', () => {
    const book = bookOf(`version: 1
rules:
  - { id: a, when: { where: { participant.attributes.tier: gold }, unless: { includes: hi } }, then: { text: a } }
  - { id: b, when: { keyword: hi }, then: { text: b } }
`);
    const decision = decide(book, messageAdded({ Body: 'hi' }));
    expect(decision).toMatchObject({ outcome: 'reply', rule: 'b' });
    expect('considered' in decision && decision.considered[0]).toEqual({
      rule: 'a',
      matched: false,
      why: 'unless: includes: the message contains "hi"',
    });
  });

  it('is nothing for an item of "otherwise" that cannot match', () => {
    const yaml = `rules: []
otherwise:
  - { when: { where: { participant.attributes.tier: gold }, unless: { includes: hi } }, then: { text: a } }
  - { then: { text: b } }
`;
    expect(needsOf(yaml, 'hi')).toBeUndefined();
    expect(needsOf(yaml, 'ho')).toEqual(PARTICIPANT);
  });
});

describe('the language', () => {
  const TWO = `languages: [en, de]
rules:
  - { id: de, when: { keyword: deutsch }, then: [{ remember: { language: de } }, { text: { en: Done., de: Fertig. } }] }
  - { id: reset, when: { keyword: reset }, then: [{ forget: all }, { text: { en: Gone., de: Weg. } }] }
  - { id: plain, when: { keyword: plain }, then: { text: 42 is enough } }
  - { id: hello, when: { keyword: hello }, then: { text: { en: Hello., de: Hallo. } } }
  - { id: german, when: { where: { language: de } }, then: { text: Nur Deutsch. } }
`;
  const saying = (read: Read = {}) => ({ participant: null, conversation: null, ...read });
  const talking = (read: Read = {}) => new Talk(bookOf(`version: 1\n${TWO}`), { read: saying(read) });
  const attributes = (language: string) => ({ attributes: JSON.stringify({ language }) });

  it('is asked of the participant first, and of the conversation only where that says nothing of it', () => {
    expect(needsOf(TWO, 'hello')).toEqual(PARTICIPANT);
    expect(needsOf(TWO, 'hello', { read: { participant: null } })).toEqual(CONVERSATION);
    expect(needsOf(TWO, 'hello', { read: { participant: attributes('de') } })).toBeUndefined();
    expect(needsOf(TWO, 'hello', { read: { participant: null, conversation: null } })).toBeUndefined();
  });

  it.each<readonly [string, Read, string]>([
    ['the participant’s', { participant: attributes('de-AT'), conversation: attributes('en') }, 'Hallo.'],
    ['the conversation’s', { conversation: attributes('de_CH') }, 'Hallo.'],
    ['the first', {}, 'Hello.'],
    ['the first where the bot speaks neither', { participant: attributes('fr') }, 'Hello.'],
    [
      'the conversation’s where the bot does not speak the participant’s',
      { participant: attributes('fr'), conversation: attributes('DE') },
      'Hallo.',
    ],
  ])('is %s', (_, read, said) => {
    expect(talking(read).says('hello').said).toEqual([said]);
  });

  it('is read once and kept a day, for each customer', () => {
    const DAY = 86_400_000;
    const talk = talking({ participant: attributes('de') });
    talk.says('hello');
    expect(talk.reads).toBe(1);
    talk.wait(DAY - 40_000).says('hello');
    expect(talk.reads).toBe(1);
    talk.says('hello', { from: 'ben' });
    expect(talk.reads).toBe(2);
    talk.wait(DAY).says('hello', { from: 'ben' });
    expect(talk.reads).toBe(3);
  });

  it('is kept where no rule answered, too', () => {
    const talk = talking();
    expect(talk.says('what?').decision).toMatchObject({ outcome: 'no_rule', readLanguage: { language: '' } });
  });

  it('is read by no message that needs none of it', () => {
    expect(needsOf(TWO, 'plain')).toBeUndefined();
    expect(needsOf(TWO, 'deutsch')).toBeUndefined();
    expect(
      needsOf(
        TWO.replace('[en, de]', '[en]')
          .replace(/, de: \w+\./g, '')
          .replace(/language: de/g, 'language: en'),
        'hello',
      ),
    ).toBeUndefined();
  });

  it('is the one that holds when each action is carried out', () => {
    const talk = talking({ participant: attributes('en') });
    expect(talk.says('deutsch').said).toEqual(['Fertig.']);
    expect(talk.says('hello').said).toEqual(['Hallo.']);
    expect(talk.says('reset').said).toEqual(['Gone.']);
    expect(talk.says('hello').said).toEqual(['Hello.']);
  });

  it('is remembered as one of the file’s languages, or not at all', () => {
    const book = bookOf(`version: 1
languages: [en, pt-BR, de]
rules:
  - id: speak
    when: { pattern: '^speak (?<language>.{1,20})$' }
    then: [{ remember: { language: '{{ match.language }}' } }, { text: { en: English., pt-BR: Português., de: Deutsch. } }]
`);
    const talk = new Talk(book);
    expect(talk.says('speak pt_br').said).toEqual(['Português.']);
    expect(talk.memory.values).toEqual({ language: 'pt-BR' });
    expect(talk.says('speak Klingon').said).toEqual(['Português.']);
    expect(talk.memory.values).toEqual({ language: 'pt-BR' });
    expect(talk.says('speak DE-at').said).toEqual(['Deutsch.']);
  });

  it('is the only one of its kind where a region is missing', () => {
    const book = bookOf(`version: 1
languages: [en, pt-BR]
rules: [{ id: hello, when: {}, then: { text: { en: Hello., pt-BR: Olá. } } }]
`);
    expect(new Talk(book, { read: saying({ participant: attributes('pt') }) }).says('x').said).toEqual([
      'Olá.',
    ]);
  });
});
