import { describe, expect, it } from 'vitest';
import { render } from '../../../lib/rules/actions/render.ts';
import { RememberedTooLongError } from '../../../lib/rules/render/render-errors.ts';
import { messageAdded } from '../support.ts';
import { answer, problemsOf } from './answer.ts';

const changing = (then: string, body = 'hi', beside = {}) => answer(then, body, beside).change?.values;
const TAKES = { when: "{ pattern: '^(?<x>.{0,300})$' }" };

/** Remembers what a pattern took. */
function rememberMatch(x: string) {
  const actions = [{ kind: 'remember', values: { x: [{ path: 'match.x' }] } } as const];
  const decision = { shares: [{ rule: 'r', match: { x }, actions }], once: [], language: 'en' };
  return render({}, decision, { event: messageAdded(), now: 0 }).change?.values;
}

describe('remember', () => {
  it('keeps its values, as they are written and without the space around them', () => {
    expect(changing("{ remember: { a: one, b: 007, c: true, d: ' x ' } }")).toEqual({
      a: 'one',
      b: '007',
      c: 'true',
      d: 'x',
    });
    expect(changing("{ remember: { x: 'it is {{ match.x }}' } }", 'me', TAKES)).toEqual({ x: 'it is me' });
  });

  it('forgets a value of which nothing is left', () => {
    expect(changing("{ remember: { x: '{{ match.x }}' } }", '', TAKES)).toEqual({ x: null });
  });

  // 256 emoji are 512 UTF-16 units; they were quarantined.
  it('counts characters, not halves of them: 256 and no more', () => {
    expect(rememberMatch('👍'.repeat(256))).toEqual({ x: '👍'.repeat(256) });
    expect(() => rememberMatch('👍'.repeat(257))).toThrow(RememberedTooLongError);
    expect(() => rememberMatch('x'.repeat(257))).toThrow(
      'The value to remember as "x" is 257 characters long; at most 256 are kept. Bound what its pattern takes in, as in (?<name>.{1,200}).',
    );
  });

  it('says nothing, and is an answer all the same', () => {
    expect(answer('{ remember: { a: 1 } }')).toEqual({ steps: [], change: { values: { a: '1' } } });
  });

  it('is there without a default for the actions after it, where something is sure to be left', () => {
    const said = (then: string, beside = {}) =>
      answer(then, 'me', beside).steps.map((step) => 'Body' in step && step.Body);
    expect(said("[{ remember: { x: '{{ match.x }}' } }, { text: 'Hi {{ remembered.x }}.' }]", TAKES)).toEqual(
      ['Hi me.'],
    );
    const absent = '{{ remembered.x }} may be absent. Give it a default: {{ remembered.x | default: "…" }}';
    expect(problemsOf("[{ text: 'Hi {{ remembered.x }}.' }, { remember: { x: 1 } }]")).toEqual([absent]);
    expect(problemsOf("[{ remember: { x: 1 } }, { forget: x }, { text: 'Hi {{ remembered.x }}.' }]")).toEqual(
      [absent],
    );
    expect(
      problemsOf("[{ remember: { x: 1 } }, { forget: all }, { text: 'Hi {{ remembered.x }}.' }]"),
    ).toEqual([absent]);
    expect(
      problemsOf(
        `[{ remember: { x: '{{ conversation.friendly_name | default: "" }}' } }, { text: 'Hi {{ remembered.x }}.' }]`,
      ),
    ).toEqual([absent]);
    expect(
      problemsOf(
        "[{ remember: { x: 1 } }, { remember: { x: 2 } }, { forget: y }, { remember: { y: 1 } }, { text: '{{ remembered.x }}' }]",
      ),
    ).toEqual([]);
  });

  it.each([
    ['{ remember: {} }', 'There is nothing to remember here. Write name: value.'],
    ['{ remember: name }', '"remember" is a mapping (name: value), not "name".'],
    [
      '{ remember: { 1st: x } }',
      '"1st" is not a name. Use 1 to 64 letters from A to Z, digits, hyphens or underscores, and begin with a letter. Did you mean "value-1st"?',
    ],
    ['{ remember: { all: x } }', '"forget: all" forgets everything, so no value may be called "all".'],
    ['{ remember: { language: fr } }', '"fr" is not among the file\'s languages. Allowed: en.'],
    ['{ remember: { a: null } }', 'This must be text, not nothing. Put it in quotes: "null"'],
    [`{ remember: { a: ${'x'.repeat(257)} } }`, 'This value is 257 characters long; at most 256 are kept.'],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toEqual([problem]);
  });

  it('may be 256 emoji long', () => {
    expect(problemsOf(`{ remember: { a: ${'👍'.repeat(256)} } }`)).toEqual([]);
  });
});
