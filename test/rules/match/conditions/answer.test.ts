import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lib/rules/decide.ts';
import { bookOf, messageAdded } from '../../support.ts';
import { ask, compiled, holds, NOW, problemsOf, QUESTION } from './ask.ts';

const answers = (kinds: string, body: string, top = '') =>
  holds(`{ after: q, answer: ${kinds} }`, body, { ...QUESTION, top });

/** What `{{ answer }}` stands for. */
function answerOf(kinds: string, body: string): string | undefined {
  const book = bookOf(`version: 1
rules:
  - { id: q, when: { keyword: q }, then: { text: What?, wait: 1h } }
  - { id: a, when: { after: q, answer: ${kinds} }, then: { text: '{{ answer }}' } }
`);
  const memory = { question: { rule: 'q', index: 5, at: NOW, misses: 0 } };
  const decision = decide(book, messageAdded({ Body: body, Index: 9 }), memory);
  return decision.outcome === 'reply' ? decision.shares[0]?.answer : undefined;
}

describe('answer', () => {
  it.each([
    ['number', 'we are 4', true],
    ['number', '1.5', false],
    ['number', 'two', false],
    ['0..6', '0', true],
    ['0..6', '6', true],
    ['0..6', '7', false],
    ['0..6', '06', true],
    ['5..', '5', true],
    ['5..', '4', false],
    ['5..', '999999999999999', true],
    ['..4', '4', true],
    ['..4', '0', true],
    ['..4', '5', false],
    ['1..1', '1', true],
    ['1..1', '2', false],
    ['0..6', '-3', true],
    ['email', 'it is ana@example.com', true],
    ['email', 'ana at example.com', false],
    ['phone', '+49 30 1234567', true],
    ['phone', '12', false],
    ['yes', 'Yes! 👍', true],
    ['yes', 'yes or no?', false],
    ['no', 'nope', true],
    ['no', '👎', true],
    ['[yes, no]', 'no', true],
    ['text', 'anything', true],
    ['text', '...', false],
    ['text', '', false],
    ['text', 'STOP', false],
    ['text', 'x'.repeat(256), true],
    ['text', 'x'.repeat(257), false],
    ['[0..6, yes]', 'yes', true],
    ['[0..6, yes]', '7', false],
  ])('%s, said %s: %s', (kinds, body, expected) => {
    expect(answers(kinds, body)).toBe(expected);
  });

  it('holds only after the question', () => {
    expect(holds('{ after: q, answer: number }', '4', { ...QUESTION, memory: {} })).toBe(false);
  });

  it.each([
    ['number', 'we are 007', '007'],
    ['0..9', 'we are 07', '07'],
    ['number', '1,000 please', '1000'],
    ['email', 'Ana@Example.com.', 'Ana@Example.com'],
    ['phone', '0049 (0)30 1234567', '+49301234567'],
    ['yes', 'yup', 'yes'],
    ['[yes, no]', 'nope', 'no'],
    ['text', '  As I wrote it ', 'As I wrote it'],
    ['[number, text]', 'a 5', '5'],
    ['[text, number]', 'a 5', 'a 5'],
  ])('%s of %s is %s', (kinds, body, value) => {
    expect(answerOf(kinds, body)).toBe(value);
  });

  it('speaks the languages of the file', () => {
    expect(answers('yes', 'ja')).toBe(false);
    expect(answers('yes', 'ja', 'languages: [en, de]')).toBe(true);
  });

  // With accents ignored, yes took the message that is the keyword of a rule below.
  it.each([
    ['si', 'keyword: si', 's'],
    ['¡Sí!', 'keyword: si', 'rule'],
    ['sí', 'keyword: sí', 'rule'],
    ['si', 'keyword: sí', 'rule'],
    ['SI, CLARO', 'keyword: "si, claro"', 's'],
    ['si claro', 'keyword: "si, claro"', 'rule'],
  ])(
    'reads %j with its accents ignored only where it is not itself a keyword (%s)',
    (body, keyword, taker) => {
      const book = bookOf(`version: 1
languages: [es]
rules:
  - { id: q, when: { keyword: q }, then: { text: What?, wait: 1h } }
  - { id: rule, when: { after: q, answer: yes }, then: { text: x } }
  - { id: s, when: { ${keyword} }, then: { text: x } }
`);
      const asked = messageAdded({ Body: body, Index: 9 });
      expect(decide(book, asked, QUESTION.memory)).toMatchObject({ rule: taker });
    },
  );

  it('asks for the language only where a word is yes in one and no in another', () => {
    // "ne" is yes in Greek letters' Latin writing nowhere; "no" is no in English, "n" too.
    expect(answers('yes', 'yes', 'languages: [en, de]')).toBe(true);
  });

  it('quotes the rule, never the customer', () => {
    expect(ask('{ after: q, answer: [0..6, yes] }', '3', QUESTION)?.why).toBe(
      'after: the question of "q" is open; answer: the message answers with 0..6, yes',
    );
    expect(ask('{ after: q, answer: number }', 'CANARY', QUESTION)?.why).toBe(
      'answer: the message does not answer with number',
    );
  });

  it.each([
    ['{ answer: number }', ['"answer" goes with "after": say which question is answered.']],
    ['{ unless: { answer: number } }', ['"answer" goes with "after": say which question is answered.']],
    [
      '{ after: q, answer: numbr }',
      [
        '"numbr" is not a kind of answer. Allowed: number, email, phone, yes, no, text, or whole numbers such as 0..6, 5.. or ..4. Did you mean "number"?',
      ],
    ],
    [
      '{ after: q, answer: 5 }',
      [
        '5 is not a kind of answer. Allowed: number, email, phone, yes, no, text, or whole numbers such as 0..6, 5.. or ..4.',
      ],
    ],
    [
      '{ after: q, answer: 1 - 5 }',
      [
        '"1 - 5" is not a kind of answer. Allowed: number, email, phone, yes, no, text, or whole numbers such as 0..6, 5.. or ..4. Did you mean 1..5?',
      ],
    ],
    [
      '{ after: q, answer: .. }',
      [
        '".." is not a kind of answer. Allowed: number, email, phone, yes, no, text, or whole numbers such as 0..6, 5.. or ..4.',
      ],
    ],
    [
      '{ after: q, answer: -1..4 }',
      [
        '"-1..4" is not a kind of answer. Allowed: number, email, phone, yes, no, text, or whole numbers such as 0..6, 5.. or ..4.',
      ],
    ],
    ['{ after: q, answer: 6..0 }', ['No number is in 6..0. Write the smaller one first.']],
    ['{ after: q, answer: [] }', ['This list is empty. Give at least one item, or leave the key out.']],
  ])('refuses %s', (when, problems) => {
    const rules = [...QUESTION.rules, '{ id: z, when: { after: q, keyword: z }, then: { text: z } }'];
    expect(problemsOf(when, { rules })).toEqual(problems);
  });

  it('takes yes and no for the words they are', () => {
    expect(compiled('{ after: q, answer: [yes, no] }', QUESTION)?.answer).toEqual([
      { kind: 'yes', written: 'yes' },
      { kind: 'no', written: 'no' },
    ]);
  });

  it('may stand in the otherwise of its question, where there is nothing else to be after', () => {
    const book = bookOf(`version: 1
rules:
  - id: q
    when: { keyword: q }
    then: { text: 0 to 10?, wait: 1h }
    otherwise: [{ when: { answer: number }, then: { text: '{{ answer }} is not from 0 to 10.' } }, { then: { text: A number. } }]
  - { id: a, when: { after: q, answer: 0..10 }, then: { text: Thanks. } }
`);
    const memory = { question: { rule: 'q', index: 5, at: NOW, misses: 0 } };
    expect(decide(book, messageAdded({ Body: '11', Index: 9 }), memory)).toMatchObject({
      rule: 'q.otherwise.1',
      shares: [{ answer: '11' }],
    });
  });
});

it('yes is no answer where the file makes it a stop word', () => {
  const beside = { top: 'languages: [de]', ...QUESTION };
  expect(holds('{ after: q, answer: no }', 'nein', beside)).toBe(true);
  const silent = { ...beside, top: 'languages: [de]\nopt_out: { words: [nein] }' };
  expect(holds('{ after: q, answer: no }', 'nein', silent)).toBe(false);
});

// Polish yes, and Indonesian not.
it.each([
  ['pl', true],
  ['id', false],
])(
  'a word that is yes in one language and no in another is read in the conversation’s: %s',
  (language, isYes) => {
    const memory = { ...QUESTION.memory, values: { language } };
    const beside = { ...QUESTION, top: 'languages: [id, pl]', memory };
    expect(holds('{ after: q, answer: yes }', 'tak', beside)).toBe(isYes);
  },
);
