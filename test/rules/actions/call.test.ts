import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';
import type { HandlersFile } from '../../../lib/rules/compile/handlers-file.ts';
import { formatProblem } from '../../../lib/rules/compile/problem.ts';
import { bookOf } from '../support.ts';
import { answer, problemsOf } from './answer.ts';

const ELSE = 'else: { text: not now }';

/** What the check says of a file beside which these handlers stand. */
function checkWith(rules: string, ...names: readonly string[]) {
  const handlers: HandlersFile = {
    file: 'handlers.ts',
    handlers: names.map((name, index) => ({ name, line: index + 5, column: 9 })),
  };
  const compiled = compileRules(`version: 1\nrules:\n${rules}`, { handlers });
  return {
    problems: compiled.ok ? [] : compiled.problems.map(formatProblem),
    notes: compiled.notes.map(formatProblem),
  };
}

describe('call', () => {
  it('holds its handler, what that is given, and what is done where it fails', () => {
    const book = bookOf(
      `version: 1\nrules:\n  - { id: a, when: { pattern: '^(?<n>\\d{1,3})$' }, then: { call: look, with: { n: '{{ match.n }}', by: 1 }, remembers: day, ${ELSE} } }\n`,
    );
    expect(book.rules[0]?.then).toEqual({
      actions: [
        {
          kind: 'call',
          handler: 'look',
          values: { n: [{ path: 'match.n' }], by: ['1'] },
          remembers: ['day'],
          else: [{ kind: 'text', Body: ['not now'], split: false }],
        },
      ],
    });
  });

  it('is its else where nobody answers it', () => {
    expect(answer(`{ call: look, ${ELSE} }`).steps).toEqual([{ kind: 'text', Body: 'not now' }]);
    expect(answer('{ call: look, else: { ignore: true } }').steps).toEqual([]);
    expect(answer('{ call: look, else: [{ remember: { a: 1 } }, { text: "{{ remembered.a }}" }] }')).toEqual({
      steps: [{ kind: 'text', Body: '1' }],
      change: { values: { a: '1' } },
    });
  });

  it('lets the rules name what it remembers, which may be absent', () => {
    const then = (text: string) => `[{ call: look, remembers: [day], ${ELSE} }, { text: '${text}' }]`;
    expect(problemsOf(then('{{ remembered.day | default: "?" }}'))).toEqual([]);
    expect(problemsOf(then('{{ remembered.day }}'))).toEqual([
      '{{ remembered.day }} may be absent. Give it a default: {{ remembered.day | default: "…" }}',
    ]);
    expect(
      problemsOf(
        `[{ remember: { day: 1 } }, { call: look, remembers: day, ${ELSE} }, { text: '{{ remembered.day }}' }]`,
      ),
    ).toHaveLength(1);
  });

  it.each([
    [
      '{ call: look }',
      '"else" is missing beside this call: what is done where the handler fails. Write: else: { text: We cannot look that up just now. }',
    ],
    [
      `{ call: look, else: { call: other, ${ELSE} } }`,
      '"else" is what is done where the handler fails, so it cannot call one. Say something that is always true.',
    ],
    [
      '{ call: look, else: { go_to: rule } }',
      '"else" cannot go on to another rule. Write here what is done, or "ignore: true".',
    ],
    [
      `{ call: look, with: { 1st: x }, ${ELSE} }`,
      '"1st" is not a name in TypeScript. Use 1 to 64 letters, digits or underscores, and begin with a letter.',
    ],
    [
      `{ call: look, with: { _x: x }, ${ELSE} }`,
      '"_x" is not a name in TypeScript. Use 1 to 64 letters, digits or underscores, and begin with a letter.',
    ],
    [
      `{ call: look, remembers: [all], ${ELSE} }`,
      '"forget: all" forgets everything, so no value may be called "all".',
    ],
    [`{ call: look, with: [x], ${ELSE} }`, '"with" is a mapping (name: value), not a list.'],
    [`{ call: look, with: { a: '{{ nothing }}' }, ${ELSE} }`, expect.stringContaining('nothing')],
    ['{ text: hi, with: { a: 1 } }', '"with" goes with a call: it says what the handler is given.'],
    [`{ text: hi, ${ELSE} }`, '"else" goes with a call: it says what is done where the handler fails.'],
    ['{ text: hi, remembers: a }', '"remembers" goes with a call: it says what the handler may remember.'],
    [
      `{ call: look, else: { text: hi, wait: 1d } }`,
      '"wait" goes into a rule: only a rule has an id that others can be "after". Use go_to.',
    ],
    [
      '[{ call: look, else: { handover: true } }, { text: hi }]',
      expect.stringContaining('This "else" hands over, and more is done behind it.'),
    ],
    [
      '{ call: look, continue: true, else: [{ text: hi }, { handover: true }] }',
      '"continue" lets the rules below decide, so it cannot stand with "handover". Keep one of them.',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toEqual([problem]);
  });

  it('says of a handler that is not there which there are, and of one that nobody calls where it stands', () => {
    const rules = `  - { id: a, when: { keyword: a }, then: { call: orderStatsu, ${ELSE} } }\n`;
    expect(checkWith(rules, 'orderStatus')).toEqual({
      problems: [
        'rules.yaml:3:50: There is no handler "orderStatsu" in handlers.ts beside this file. Allowed: orderStatus. Did you mean "orderStatus"?',
      ],
      notes: [
        'handlers.ts:5:9: No rule calls "orderStatus". Write a rule with "call: orderStatus", or leave the handler out.',
      ],
    });
    expect(checkWith(rules).problems).toEqual([
      expect.stringContaining(
        'There is none yet. Write one there, as docs/handlers.md says: export default handlers({ async',
      ),
    ]);
  });

  it('is given the same wherever it is called', () => {
    const rule = (id: string, given: string) =>
      `  - { id: ${id}, when: { keyword: ${id} }, then: { call: look, ${given}${ELSE} } }\n`;
    expect(
      checkWith(rule('a', 'with: { x: 1, y: 2 }, ') + rule('b', 'with: { y: 1, x: 2 }, '), 'look'),
    ).toEqual({
      problems: [],
      notes: [],
    });
    expect(checkWith(rule('a', 'with: { x: 1 }, ') + rule('b', ''), 'look').problems).toEqual([
      'rules.yaml:4:50: "look" is given nothing here, and x in line 3. Give it the same names under "with".',
    ]);
  });

  it('counts as five messages, or as many as its else has', () => {
    const ten = Array.from({ length: 6 }, () => '{ text: x }').join(', ');
    expect(problemsOf(`[{ call: look, ${ELSE} }, { call: look, ${ELSE} }]`)).toEqual([]);
    expect(problemsOf(`[{ call: look, ${ELSE} }, ${ten}]`)).toEqual([
      'This may answer one message with 11; at most 10 are allowed. Say it in fewer, or shorten what is split.',
    ]);
  });
});
