import { describe, expect, it } from 'vitest';
import { bookOf, bookWith, decideOn, messageAdded } from '../../support.ts';
import { ask, compiled, holds, notesOf, problemsOf } from './ask.ts';

describe('near', () => {
  it.each([
    // None under four letters, one from four, two from eight, by the author's letters.
    ['hey', 'hey', true],
    ['hey', 'hei', false],
    ['menu', 'menu', true],
    ['menu', 'mneu', true],
    ['menu', 'menü', true],
    ['menu', 'men', true],
    ['menu', 'menus', true],
    ['menu', 'manu', true],
    ['menu', 'mnau', false],
    ['refunds', 'refund', true],
    ['refunds', 'refnd', false],
    ['delivery', 'delvery', true],
    ['delivery', 'delvry', true],
    ['delivery', 'delliverry', true],
    ['delivery', 'dalovery', true],
    ['delivery', 'dlvry', false],
    ['delivery', 'delievry', true],
    ['opening hours', 'openning huors', true],
    ['order 12', 'ordr 12', true],
    ['order 12', 'order 13', false],
    ['hello', '“Helo!”', true],
    ['hello', 'hello there', false],
    ['привет', 'превет', true],
    ['привет', 'превед', false],
  ])('%s, said %s: %s', (near, body, expected) => {
    expect(holds(`{ near: ${JSON.stringify(near)} }`, body)).toBe(expected);
    expect(holds(`{ near: [somethingelse, ${JSON.stringify(near)}] }`, body)).toBe(expected);
    expect(holds(`{ unless: { near: ${JSON.stringify(near)} } }`, body)).toBe(!expected);
    const { outcome } = decideOn(bookWith(`{ near: ${JSON.stringify(near)} }`), messageAdded({ Body: body }));
    expect(outcome).toBe(expected ? 'reply' : 'no_rule');
  });

  it.each(['helo', 'wurld'])('may be any of several words as long: %s', (Body) => {
    const book = bookWith('{ near: [hello, world] }');
    expect(decideOn(book, messageAdded({ Body }))).toMatchObject({ outcome: 'reply' });
  });

  // By the author's letters one forgives two slips, and the other one.
  it('forgives what one rule does, though another has the same word with fewer letters', () => {
    const book = bookOf(
      'version: 1\nrules:\n' +
        '  - { id: a, when: { near: grosstun, channel: whatsapp }, then: { text: a } }\n' +
        '  - { id: b, when: { near: großtun }, then: { text: b } }\n',
    );
    expect(decideOn(book, messageAdded({ Body: 'grostn' })).outcome).toBe('reply');
  });

  it('may be longer than any other word of the rules', () => {
    const book = bookWith('{ near: opening hours of the shop }');
    expect(decideOn(book, messageAdded({ Body: 'openning hours of the shop' })).outcome).toBe('reply');
  });

  it('never takes what is itself a keyword of the file', () => {
    const rules = ['{ id: a, when: { keyword: hallo, channel: sms }, then: { text: a } }'];
    expect(holds('{ near: hello }', 'Hallo!', { rules })).toBe(false);
    expect(holds('{ near: hello }', 'hullo', { rules })).toBe(true);
    expect(holds('{ near: hello }', 'hello', { rules })).toBe(true);
    const top = 'otherwise: [{ when: { keyword: hallo }, then: { text: a } }]';
    expect(holds('{ near: hello }', 'hallo', { top })).toBe(false);
  });

  it('never takes a stop word', () => {
    expect(holds('{ near: stopp }', 'stop')).toBe(false);
    expect(holds('{ near: stopp }', 'stapp')).toBe(true);
    expect(holds('{ near: baja }', 'baja', { top: 'opt_out: { words: baja }' })).toBe(false);
  });

  it('quotes the rule, never the customer', () => {
    expect(ask('{ near: hello }', 'helo')?.why).toBe('near: the message is, but for a slip, "hello"');
    expect(ask('{ near: [hello, menu] }', 'menus')?.why).toBe(
      'near: the message is, but for a slip, one of "hello", "menu"',
    );
    expect(ask('{ near: hello }', 'CANARY')?.why).toBe('near: the message is not, even with a slip, "hello"');
    expect(ask('{ near: [hello, menu] }', 'CANARY')?.why).toBe(
      'near: the message is, but for a slip, none of "hello", "menu"',
    );
  });

  it('is compiled without accents, and shown as it is written', () => {
    expect(compiled('{ near: Menü }')?.near).toEqual([{ written: 'Menü', text: 'menu', slips: 1 }]);
    expect(ask('{ near: Menü }', 'CANARY')?.why).toBe('near: the message is not, even with a slip, "Menü"');
  });

  it('forgives a word as much as the one that forgives most of those that compare alike', () => {
    for (const words of ['[Fuß, fuss]', '[fuss, Fuß]'])
      expect(holds(`{ near: ${words} }`, 'kuss')).toBe(true);
    const rules = ['{ id: foot, when: { near: fuss, channel: sms }, then: { text: x } }'];
    expect(holds('{ near: Fuß }', 'kuss', { rules })).toBe(false);
  });

  // ß counted as two letters, so that a word of three took words that are another one.
  it.each([
    ['Fuß', 'Kuss', false],
    ['Fuß', 'Fluss', false],
    ['Fuß', 'FUSS', true],
    ['Fußball', 'Fußbad', false],
    ['Fußball', 'Fusbal', false],
    ['Fußball', 'Fußbal', true],
    ['ﬁt', 'fir', false],
    ['Straßen', 'Strassn', true],
  ])('counts the letters that the author wrote: %s, said %s: %s', (near, body, expected) => {
    expect(holds(`{ near: ${near} }`, body)).toBe(expected);
  });

  it('is noted where it has too few letters to forgive anything', () => {
    expect(notesOf('{ near: [hello, hi] }')).toEqual([
      '"hi" has fewer than four letters, so "near" forgives nothing in it. Write it under "keyword".',
    ]);
  });

  it.each([
    ['{ near: "" }', 'This is empty. Write what to look for.'],
    ['{ near: "\\u200b" }', 'There is nothing to see in this word. Write what to look for.'],
    [
      '{ event: onParticipantAdded, near: hello }',
      '"near" asks about a message, and onParticipantAdded carries none. Give that event a rule of its own.',
    ],
  ])('refuses %s', (when, problem) => {
    expect(problemsOf(when)).toEqual([problem]);
  });
});
