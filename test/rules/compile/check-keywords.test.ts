import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';

/** What the check notes of two rules with these conditions, the second in line 4. */
function notesOn(first: string, second: string): readonly string[] {
  const rules = [first, second].map((when, at) => `  - { id: r${at}, when: ${when}, then: { text: x } }`);
  const { notes } = compileRules(`version: 1\nrules:\n${rules.join('\n')}\n`);
  return notes.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('two keywords of different rules', () => {
  it.each([
    ['Hi', 'hi!'],
    ['opt-in', 'opt–in'],
    ['1', '١'],
    ['1', '1️⃣'],
    ['yes', 'yes 👍'],
    ['iptal', 'İptal'],
    ['❤', '❤️'],
  ])('are noted where only comparing makes %s and %s equal', (one, other) => {
    expect(notesOn(`{ keyword: '${one}' }`, `{ keyword: [x, '${other}'] }`)).toEqual([
      `4:36 "${other}" and "${one}" of the rule "r0" in line 3 are the same keyword: what tells them apart is ` +
        'ignored. "r0" takes both.',
    ]);
  });

  it.each([
    ['si', 'sí'],
    ['sí', 'si'],
    ['مرحبا', 'مَرْحَبًا'],
  ])('are noted where %s and %s differ in accents', (one, other) => {
    expect(notesOn(`{ keyword: '${one}' }`, `{ keyword: '${other}' }`)).toEqual([
      `4:32 "${other}" and "${one}" of the rule "r0" in line 3 differ only in accents. Each takes what is written ` +
        'just so, and "r0" the rest.',
    ]);
  });

  it.each([
    ['are different', '{ keyword: hi }', '{ keyword: ho }'],
    ['cannot meet on a channel', '{ keyword: hi, channel: sms }', '{ keyword: Hi, channel: whatsapp }'],
    ['are told apart by what else the first asks', '{ keyword: hi, media: true }', '{ keyword: Hi }'],
    ['are й and и, or ё and е', '{ keyword: [й, ё] }', '{ keyword: [и, е] }'],
    ['stand in the same rule', '{ keyword: [si, sí, SI] }', '{ keyword: x }'],
  ])('are not noted where they %s', (_, first, second) => {
    expect(notesOn(first, second)).toEqual([]);
  });

  it('are noted where they are written alike', () => {
    expect(notesOn('{ keyword: [x, hi] }', '{ keyword: hi }')).toEqual([
      '4:32 "hi" never comes here: it is a keyword of the rule "r0" in line 3 too, which takes it. ' +
        'Keep one of them, or let another condition tell the rules apart.',
    ]);
  });

  it.each([
    ['the first speaks once in a while', '{ keyword: hi, once: 1d }', '{ keyword: hi }'],
    [
      'the first is for one channel, and the second for the others',
      '{ keyword: hi, channel: sms }',
      '{ keyword: hi }',
    ],
    ['the first asks for a value', '{ keyword: hi, has: language }', '{ keyword: hi }'],
    ['the first asks for a word besides', '{ keyword: hi, pattern: hi }', '{ keyword: hi }'],
  ])('are not noted where %s', (_, first, second) => {
    expect(notesOn(first, second)).toEqual([]);
  });

  it('are noted where both ask the same besides', () => {
    expect(notesOn('{ keyword: hi, media: true }', '{ keyword: hi, media: true }')).toHaveLength(1);
  });

  it('are noted where they answer the same question, and not where they answer two', () => {
    const ask = (id: string) => `  - { id: ${id}, when: { keyword: ${id} }, then: { text: Q?, wait: 1d } }\n`;
    const take = (id: string, question: string) =>
      `  - { id: ${id}, when: { after: ${question}, keyword: 1 }, then: { text: x } }\n`;
    const notes = (...rules: readonly string[]) =>
      compileRules(`version: 1\nrules:\n${rules.join('')}`).notes;
    expect(notes(ask('p'), take('a', 'p'), take('b', 'p'))).toMatchObject([{ line: 5 }]);
    expect(notes(ask('p'), ask('q'), take('a', 'p'), take('b', 'q'))).toEqual([]);
    expect(
      notes(ask('p'), take('a', 'p'), '  - { id: one, when: { keyword: 1 }, then: { text: x } }\n'),
    ).toEqual([]);
  });

  it('are noted where the channels meet, and where one is a number', () => {
    expect(notesOn('{ keyword: hi, channel: [sms, chat] }', '{ keyword: Hi, channel: chat }')).toHaveLength(
      1,
    );
  });
});

describe('a keyword of which nothing can be seen', () => {
  it('is refused, because every picture without a caption would be it', () => {
    const compiled = compileRules(
      'version: 1\nrules:\n  - { id: a, when: { keyword: "\\u3164" }, then: { text: x } }\n',
    );
    expect(compiled).toMatchObject({
      ok: false,
      problems: [
        { line: 3, column: 31, message: 'There is nothing to see in this keyword. Write what to look for.' },
      ],
    });
  });
});
