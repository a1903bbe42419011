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
    ['are written alike', '{ keyword: hi }', '{ keyword: hi }'],
    ['are different', '{ keyword: hi }', '{ keyword: ho }'],
    ['cannot meet on a channel', '{ keyword: hi, channel: sms }', '{ keyword: Hi, channel: whatsapp }'],
    ['are told apart by what else the first asks', '{ keyword: hi, media: true }', '{ keyword: Hi }'],
    ['are й and и, or ё and е', '{ keyword: [й, ё] }', '{ keyword: [и, е] }'],
    ['stand in the same rule', '{ keyword: [si, sí, SI] }', '{ keyword: x }'],
  ])('are not noted where they %s', (_, first, second) => {
    expect(notesOn(first, second)).toEqual([]);
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
