import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../../lib/rules/actions/render.ts';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';
import { decide } from '../../../lib/rules/decide.ts';
import type { Memory } from '../../../lib/rules/memory.ts';
import { messageAdded } from '../support.ts';

const HX = `HX${'a'.repeat(32)}`;
const FAMILY = '👨‍👩‍👧';
const STRUCK = '\u0336';
const TEXT = "{ text: 'Hi {{ match.w }}' }";
const VARIABLE = "{ template: t, variables: { a: '{{ match.w }}' } }";
const REMEMBER = "{ remember: { w: '{{ match.w }}' } }";
const REMEMBERED = "{ template: t, variables: { a: '{{ remembered.w }}' } }";

/** A file that answers what matches a pattern with these actions, and whether the check says that they may fail. */
function fileWith(pattern: string, actions: string) {
  const compiled = compileRules(`version: 1
templates: { t: { sid: ${HX}, variables: [a] } }
rules: [{ id: rule, when: { pattern: '${pattern}' }, then: [${actions}] }]
`);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return {
    book: compiled.book,
    isNoted: compiled.notes.some(({ message }) => message.includes('holds at most')),
  };
}

/** What is planned for a message; undefined where the rule does not match. */
function planned({ book }: ReturnType<typeof fileWith>, Body: string, memory: Memory = {}) {
  const event = messageAdded({ Body, Index: 9 });
  const decision = decide(book, event, memory);
  return decision.outcome === 'reply' ? render(book, decision, { event, now: 0, memory }) : undefined;
}

describe('a value whose pattern bounds it', () => {
  it('goes out as the customer wrote it, where that has room', () => {
    const file = fileWith('^(?<w>.{1,100})$', VARIABLE);
    expect(planned(file, FAMILY)?.steps).toMatchObject([{ ContentVariables: { a: FAMILY } }]);
    expect(planned(file, FAMILY.repeat(32))?.steps).toMatchObject([
      { ContentVariables: { a: FAMILY.repeat(32) } },
    ]);
  });

  // What the customer wrote was longer than what was matched, and nothing was sent.
  it.each([
    ['joined emoji in a variable', VARIABLE, '^(?<w>.{1,128})$', FAMILY.repeat(40), '👨👩👧'.repeat(40)],
    ['accents in a variable', VARIABLE, '(?<w>[0-9]{3,12})', `order 123${STRUCK.repeat(300)}`, '123'],
  ])('goes out as it was matched otherwise: %s', (_, actions, pattern, body, sent) => {
    const file = fileWith(pattern, actions);
    expect(file.isNoted).toBe(false);
    expect(planned(file, body)?.steps).toMatchObject([{ ContentVariables: { a: sent } }]);
  });

  it('goes into a text as it was matched, where it would be too long', () => {
    const file = fileWith('(?<w>[0-9]{3,12})', TEXT);
    const struck = (count: number) => `123${STRUCK.repeat(count)}`;
    expect(planned(file, struck(300))?.steps).toMatchObject([{ Body: `Hi ${struck(300)}` }]);
    expect(planned(file, struck(1_600))?.steps).toMatchObject([{ Body: 'Hi 123' }]);
  });

  it('is remembered as it was matched, where it would be too long', () => {
    const file = fileWith('^(?<w>.{1,256})$', REMEMBER);
    expect(planned(file, FAMILY)?.change?.values).toEqual({ w: FAMILY });
    expect(planned(file, FAMILY.repeat(60))?.change?.values).toEqual({ w: '👨👩👧'.repeat(60) });
  });

  it('never fails where the check has said nothing', () => {
    const patterns = ['.', '[0-9]', String.raw`\p{L}`, String.raw`\S`, '[^,]', '[a-zé]'].flatMap((atom) =>
      [20, 100, 128, 150, 256, 800, 1_500].map((most) => `^x(?<w>${atom}{1,${most}})`),
    );
    const files = patterns
      .flatMap((pattern) =>
        [TEXT, VARIABLE, REMEMBER, `${REMEMBER}, ${REMEMBERED}`].flatMap((actions) =>
          most(pattern) > 256 && actions.includes('remember') ? [] : [fileWith(pattern, actions)],
        ),
      )
      .filter(({ isNoted }) => !isNoted);
    const piece = fc.oneof(
      fc.constantFrom(
        FAMILY,
        '🌹',
        STRUCK,
        '👍🏽',
        '🇩🇪',
        '1',
        '𝟙',
        '½',
        'e\u0301',
        'ﷺ',
        '한',
        '\u200d',
        'a',
        ' ',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
    );
    const run = fc.tuple(piece, fc.integer({ min: 1, max: 500 })).map(([one, times]) => one.repeat(times));
    const body = fc.array(run, { minLength: 1, maxLength: 4 }).map((runs) => runs.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...files), body, (file, written) => {
        expect(() => planned(file, `x${written}`)).not.toThrow(/characters long/);
      }),
      { numRuns: 300 },
    );
  });
});

function most(pattern: string): number {
  return Number(/,(\d+)\}/.exec(pattern)?.[1]);
}
