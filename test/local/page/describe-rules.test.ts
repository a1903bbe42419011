import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules as book } from '../../../bot/rules.generated.ts';
import { loadRules } from '../../../build/load-rules.ts';
import { findAnswers, findTries } from '../../../local/page/app/model/find-tries.ts';
import { describeRules } from '../../../local/page/describe-rules.ts';
import { findLines } from '../../../local/page/find-lines.ts';
import { samplePattern } from '../../../local/page/sample-pattern.ts';
import { bookOf } from '../../rules/support.ts';

const described = await describeRules(book, 'bot/rules.yaml');
const lines = readFileSync('bot/rules.yaml', 'utf8').split('\n');
const ruleOf = (id: string) => described.rules.find((rule) => rule.id === id);

describe('the rules as the page shows them', () => {
  it('are all there in order, each otherwise after its rule', () => {
    expect(described.timezone).toBe('Europe/Berlin');
    expect(described.rules).toHaveLength(book.rules.length + 3);
    const ids = described.rules.map(({ id }) => id);
    expect(ids.slice(ids.indexOf('order-help')).slice(0, 3)).toEqual([
      'order-help',
      'order-help.otherwise.1',
      'order-help.otherwise.2',
    ]);
    expect(ids.at(-1)).toBe('otherwise');
  });

  it('say what each waits for and does, in the words of the file', () => {
    expect(ruleOf('person')).toMatchObject({
      asks: [
        ['keyword', 'person, a person, human, agent'],
        ['open', 'shop'],
      ],
      does: [
        '“Somebody will write to you here in a moment. Write bot to come back to me.”',
        'Hands over to a person for 8h. The customer comes back with “bot”.',
      ],
    });
    expect(ruleOf('order-help')?.does.at(-1)).toBe('Waits 1d for an answer.');
    expect(ruleOf('order-help.otherwise.1')).toMatchObject({
      asks: [['misses', '2']],
      does: ['Goes on to person-later.'],
    });
    expect(ruleOf('automatic-reply')?.does).toEqual(['Says nothing, on purpose.']);
    expect(ruleOf('joined')?.asks).toContainEqual(['event', 'onParticipantAdded']);
    expect(ruleOf('otherwise')?.asks).toEqual([]);
  });

  it('begin at lines that name them', () => {
    for (const { id, line = 0 } of described.rules) {
      const name = id.includes('otherwise') ? 'otherwise:' : `- id: ${id}`;
      expect(lines[line - 1], id).toContain(name);
    }
  });

  it('have what to try: words, what a pattern takes, and answers', () => {
    expect(ruleOf('greeting')?.tries).toEqual(['hi', 'hello', 'hey', 'good morning', 'menu']);
    expect(ruleOf('order')?.tries).toEqual(['order 123']);
    expect(ruleOf('plant')?.tries).toEqual(['monstera']);
    expect(ruleOf('order-number')).toMatchObject({ tries: ['100'], after: ['order-help'] });
    for (const id of ['joined', 'automatic-reply']) expect(ruleOf(id)?.tries).toEqual([]);
    expect(ruleOf('catalogue-by-sms')?.channels).toEqual(['sms']);
  });

  it('of every bot here are shown without a condition or an action that has no words', async () => {
    for (const sample of ['languages', 'reminder']) {
      const file = `bot/samples/${sample}/rules.yaml`;
      const loaded = await loadRules(file);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
      const text = JSON.stringify((await describeRules(loaded.book, file)).rules);
      expect(text).not.toMatch(/\[object|undefined|null/);
    }
  });

  it('name conditions of every kind', async () => {
    const odd = bookOf(`
version: 1
timezone: Europe/Berlin
rules:
  - id: odd
    when:
      near: refund
      media: image/*
      first: 30d
      once: 1h
      has: participant.attributes.name
      where: { participant.attributes.plan: [gold, silver] }
      unless: [{ keyword: no, channel: sms }, { first: true }]
    then: { tag: { topic: money } }
`);
    const [rule] = (await describeRules(odd, '/nowhere')).rules;
    expect(Object.fromEntries(rule?.asks ?? [])).toEqual({
      near: 'refund',
      media: 'image/*',
      first: 'in 30d',
      once: '1h',
      has: 'participant.attributes.name',
      where: 'participant.attributes.plan is gold or silver',
      unless: 'channel sms and keyword no, or first ever',
    });
    expect(rule?.line).toBeUndefined();
  });
});

describe('what to try', () => {
  it('in an empty conversation is a word of each rule that may answer there', () => {
    expect(findTries(described.rules, { channel: 'whatsapp' })).toEqual([
      'hi',
      'person',
      'order 123',
      'order',
      'hours',
      'plants',
      'monstera',
      'refund',
      'catalogue',
      'thanks',
      'care',
    ]);
  });

  // A name that only holds the word was taken for an otherwise, which nobody tries, and which needs no conditions.
  it('is there of a rule whose name only holds the word otherwise, and it says what leads to one without conditions', async () => {
    const named = bookOf(`version: 1
rules:
  - { id: otherwise-late, when: { keyword: late }, then: { go_to: not-otherwise } }
  - { id: not-otherwise, then: { text: Hm. } }
otherwise: { text: Sorry? }
`);
    const { rules } = await describeRules(named, 'nowhere');
    expect(findTries(rules, { channel: 'sms' })).toEqual(['late']);
    expect(rules.map(({ asks }) => asks[0]?.[0])).toEqual(['keyword', 'only', undefined]);
  });

  it('while a question is open is what answers it', () => {
    expect(findAnswers(described.rules, 'order-help', { channel: 'sms' })).toEqual(['100', 'no']);
    expect(findAnswers(described.rules, 'greeting', { channel: 'sms' })).toEqual([]);
  });
});

describe('a line', () => {
  it('is found however an id is written, and only its own', () => {
    const text =
      'rules:\n  - id: \'a\'\n  -  id: "b" # x\n  - { id: ab, then: x }\n  - when: x\n    id: c\notherwise:\n';
    expect([...findLines(text, ['a', 'b', 'ab', 'c', 'otherwise', 'a.otherwise', 'd'])]).toEqual([
      ['a', 2],
      ['b', 3],
      ['ab', 4],
      ['c', 6],
      ['otherwise', 7],
    ]);
  });
});

describe('a sample of a pattern', () => {
  it.each([
    ['^(?:order|track)\\s+#?(?<number>\\d{3,12})[.!?]?$', 'order 123'],
    ['^[a-c]{2}[0-9]{3}$', 'ab012'],
    ['refunds?', 'refund'],
    ['(?=x)y', undefined],
    ['(a)\\1', undefined],
    ['', undefined],
  ])('%s is %s', (source, sample) => {
    expect(samplePattern(source)).toBe(sample);
  });
});
