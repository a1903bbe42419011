import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../../lib/rules/compile/compile-rules.ts';

/** What a text is made of where YAML may misread it. */
const PIECE = fc.constantFrom(
  ...'# : , - ? & * ! | > \' " % @ ` { } [ ] {{ }} “ ” ’ ~ \\ . / = + ( ) 1 12 é 😀'.split(' '),
  ...[
    'Order',
    'text',
    'it',
    'yes',
    'null',
    'when',
    'Note',
    ' ',
    ' ',
    ' ',
    ': ',
    ' #',
    ', ',
    'a: b',
    '{{ now }}',
  ],
);
const LINE = fc
  .array(PIECE, { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join('').trim())
  .filter((line) => line !== '');

const IN_BLOCK = (text: string) =>
  `version: 1\nrules:\n  - id: r\n    when: {}\n    then:\n      text: ${text}\n`;
const IN_FLOW = (text: string) => `version: 1\nrules:\n  - { id: r, when: {}, then: { text: ${text} } }\n`;

/** Every line of a text, as it would be sent; values are shown by their braces. */
function bodyOf(yaml: string): { readonly said: boolean; readonly body: string | undefined } {
  const compiled = compileRules(yaml);
  if (!compiled.ok) return { said: true, body: undefined };
  const then = compiled.book.rules[0]?.then;
  const [action] = (typeof then === 'object' ? then.actions : []) as readonly {
    readonly Body: readonly unknown[];
  }[];
  const body = action?.Body.map((part) => (typeof part === 'string' ? part : '{{ now }}')).join('');
  return { said: compiled.notes.length > 0, body };
}

/** What only a comment looks like, from the space before it. */
const COMMENT = /\s+#(?![^\s#=*~_!-]| \d).*$/su;

/** What an author means who puts the whole text in quotes, a `#` in them, or leaves off a comment. */
function meaningOf(line: string): string {
  const text = withoutComma(line.replace(COMMENT, ''));
  return inQuotes(withoutComma(line)) ?? inQuotes(text) ?? text;
}

function inQuotes(text: string): string | undefined {
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : undefined;
}

const withoutComma = (text = '') => text.replace(/[\s,]+$/, '');

describe.each([
  ['on a line of its own', IN_BLOCK],
  ['inside { }', IN_FLOW],
])('an unquoted text %s', (_, around) => {
  it('is sent just as it was typed, or something is said', () => {
    fc.assert(
      fc.property(LINE, (text) => {
        const { said, body } = bodyOf(around(text));
        // `{ text: it} # }` is what it looks like, and "\\" is an escape.
        fc.pre(!/[}\]].*\s#|["']\s+#|\\/.test(text));
        if (!said) expect(withoutComma(body)).toBe(withoutComma(meaningOf(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('is sent just as it was typed once it is written as the message says', () => {
    fc.assert(
      fc.property(LINE, (text) => {
        const compiled = compileRules(around(text));
        const [first] = compiled.ok ? [] : compiled.problems;
        const fix = /(?:[Ww]rite|quotes): text: ((['"]).*\2)$/s.exec(first?.message ?? '')?.[1];
        if (fix === undefined) return;
        const again = compileRules(around(fix));
        const faults = again.ok ? [] : again.problems.map(({ message }) => message);
        // What is in the quotes is a text; a broken {{ }} in it is another fault.
        expect(faults.filter((message) => !/\{\{/.test(message) && !message.includes('blank'))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text at all', () => {
  it('is read without a failure of ours, as one problem if it is not YAML', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(PIECE, fc.constantFrom('\n', '\n  ', '\n- ', '\t', 'id', 'rules:'))),
        (pieces) => {
          const compiled = compileRules(pieces.join(''));
          for (const { line, column } of compiled.ok ? compiled.notes : compiled.problems) {
            expect(Math.min(line, column)).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});
