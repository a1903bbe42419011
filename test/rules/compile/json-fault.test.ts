import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../lib/rules/compile/json-fault.ts';

describe('findJsonFault', () => {
  it.each([
    ['an empty file', '', 0, 'The file is empty.'],
    ['a single quote', `{"a": 'b'}`, 6, 'keys and texts stand in straight double quotes, "like this".'],
    ['a typographic quote', '{“a”: 1}', 1, 'keys and texts stand in straight double quotes, "like this".'],
    ['a comment', '{"a": 1 // soon\n}', 8, 'it knows no comments. Remove this one.'],
    ['a comma too many', '{"a": 1,\n}', 9, 'a comma stands before this bracket. Remove it.'],
    ['a comma too many in a list', '[1,]', 3, 'a comma stands before this bracket. Remove it.'],
    ['a missing comma', '{"a": "1" "b": 2}', 10, 'a comma or colon is missing before this.'],
    ['a missing colon', '{"a" "b"}', 5, 'a comma or colon is missing before this.'],
    [
      'a line break in a text',
      '{"a": "b\nc"}',
      8,
      'a text in quotes ends in its line. Close it with ", or write a line break as \\n.',
    ],
    ['a word without quotes', '{"a": yes}', 6, 'keys and texts stand in double quotes.'],
    ['a key without quotes', '{a: 1}', 1, 'keys and texts stand in double quotes.'],
    [
      'a missing bracket',
      '{"a": [1, 2]',
      11,
      'it ends before everything is closed. Look for a missing }, ] or ".',
    ],
    [
      'two values',
      '{} {}',
      3,
      '"{" is not expected here. Look for a missing or needless comma, colon or bracket.',
    ],
  ])('says of %s what to do, and where', (_, text, offset, message) => {
    const said = message.startsWith('The') ? message : `This is not JSON: ${message}`;
    expect(findJsonFault(text)).toEqual({ offset, message: said });
  });

  it('finds nothing in JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(findJsonFault(JSON.stringify(value, undefined, 1))).toBeUndefined();
      }),
    );
  });

  it('names a place inside of the text for whatever is not JSON', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('', ',', '}', "'", '\n', 'x', '\\'),
        (value, at, more) => {
          const text = JSON.stringify(value);
          const cut = at % (text.length + 1);
          const broken = text.slice(0, cut) + more + text.slice(cut + 1);
          const { offset } = findJsonFault(broken) ?? { offset: 0 };
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThan(Math.max(1, broken.length));
        },
      ),
    );
  });
});
