import { describe, expect, it } from 'vitest';
import {
  characterAt,
  placesOfCharacter,
  placesOfClass,
} from '../../../../lib/rules/compile/pattern/character-sets.ts';

describe('the characters that an atom takes', () => {
  it('are all that differ in case only, as the engine folds them', () => {
    const charactersOf = (char: string) =>
      placesOfCharacter(char.codePointAt(0) ?? 0).map(([from]) => characterAt(from));
    expect(charactersOf('k').sort()).toEqual(['K', 'k', '\u212a']);
    expect(charactersOf('\u{1e922}').sort()).toEqual(['\u{1e900}', '\u{1e922}']);
    expect(charactersOf('👍')).toEqual(['👍']);
  });

  it('have a case only in the planes where partners are looked for', () => {
    expect(
      placesOfClass('[\\p{CWCM}\\p{CWCF}]').every(
        ([, to]) => (characterAt(to - 1).codePointAt(0) ?? 0) < 0x4_0000,
      ),
    ).toBe(true);
  });

  it('may be halves of a pair, and the last there is', () => {
    const [halves] = placesOfClass('[\\ud800-\\udfff]');
    expect(halves).toEqual([0, 0x800]);
    const [last] = placesOfClass('\\u{10ffff}');
    expect(characterAt(last?.[0] ?? 0)).toBe('\u{10ffff}');
  });
});
