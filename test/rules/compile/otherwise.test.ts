import { describe, expect, it } from 'vitest';
import { bookOf, decideOn, messageAdded, problemsOf } from '../support.ts';

const file = (otherwise: string) => `version: 1
rules:
  - { id: r, when: { keyword: r }, then: { text: r, wait: 1d }, otherwise: { text: own } }
  - { id: s, when: { after: r, keyword: s }, then: { text: s } }
otherwise: ${otherwise}
`;

const itemsOf = (otherwise: string) => bookOf(file(otherwise)).otherwise?.map(({ id }) => id);

describe('otherwise', () => {
  it.each([
    ['an action', '{ text: a }', ['otherwise']],
    ['a list of actions', '[{ text: a }, { text: b }]', ['otherwise']],
    ['one item', '{ then: { text: a } }', ['otherwise.1']],
    ['one item with conditions', '{ when: { first: true }, then: { text: a } }', ['otherwise.1']],
    [
      'a list of items',
      '[{ when: { first: true }, then: [{ text: a }, { text: b }] }, { then: { ignore: true } }]',
      ['otherwise.1', 'otherwise.2'],
    ],
  ])('is %s', (_, otherwise, ids) => {
    expect(itemsOf(otherwise)).toEqual(ids);
  });

  it.each([
    [
      'an item for another event',
      '[{ when: { event: onParticipantAdded }, then: { text: x } }]',
      '5:23: "otherwise" answers messages only. Give other events rules of their own.',
    ],
    [
      'an item below one that takes everything',
      '[{ then: { text: x } }, { when: { first: true }, then: { text: y } }]',
      '5:36: This item is never reached: item 1 has no "when", so it takes everything. Move it up.',
    ],
    [
      'an item without an answer',
      '[{ when: { first: true } }]',
      '5:13: This item has no "then". Say what to answer, or "ignore: true".',
    ],
    [
      'an item whose action stands in line with its conditions',
      '{ when: { first: true }, text: a }',
      '5:12: This item has no "then". Say what to answer, or "ignore: true".',
      '5:37: The key "text" is an action: put it under "then".',
    ],
    [
      'an item with an id',
      '[{ id: a, then: { text: a } }]',
      '5:15: The key "id" belongs to a rule. Leave it out: an item is known by its place.',
    ],
    [
      'a question',
      '{ text: What?, wait: 1d }',
      '5:27: "wait" goes into a rule: only a rule has an id that others can be "after". Use go_to.',
    ],
    [
      'what lets nothing decide',
      '{ text: x, continue: true }',
      '5:23: "continue" goes into a rule: below "otherwise" nothing decides any more.',
    ],
    [
      'misses of no question',
      '[{ when: { misses: 2 }, then: { text: x } }]',
      '5:23: "misses" goes into the "otherwise" of a rule that waits.',
    ],
    [
      'an empty list',
      '[]',
      '5:12: This list is empty. Give at least one action: text, template, media, call, remember, forget, tag, handover, go_to, ignore.',
    ],
  ])('may not be %s', (_, otherwise, ...problems) => {
    expect(problemsOf(file(otherwise))).toEqual(problems.map((problem) => `rules.yaml:${problem}`));
  });

  it('goes round no circle, and on to no more than five rules', () => {
    const yaml = `version: 1
rules:
  - { id: a, then: { go_to: b } }
  - { id: b, then: { go_to: a } }
otherwise: { go_to: a }
`;
    expect(problemsOf(yaml)).toEqual([
      'rules.yaml:3:20: This goes round in a circle: a → b → a. Let one of them end.',
    ]);
  });

  it('may be on a rule only where it asks', () => {
    expect(
      problemsOf('version: 1\nrules: [{ id: a, when: {}, then: { text: a }, otherwise: { text: b } }]\n'),
    ).toEqual([
      'rules.yaml:2:47: "otherwise" answers while a question is open, and this rule asks none. Add "wait", or leave it out.',
    ]);
  });

  it('says in its name which item answered, and why the others did not', () => {
    const book = bookOf(file('[{ when: { keyword: x }, then: { text: x } }, { then: { text: y } }]'));
    expect(decideOn(book, messageAdded({ Body: 'z' }))).toMatchObject({ rule: 'otherwise.2' });
    expect(decideOn(book, messageAdded({ Body: 'z' })).considered.slice(-2)).toEqual([
      { rule: 'otherwise.1', matched: false, why: 'keyword: the message is not "x"' },
      { rule: 'otherwise.2', matched: true, why: 'no rule matched' },
    ]);
  });
});
