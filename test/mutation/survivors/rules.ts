import type { Survivor } from './survivor.ts';

export const RULES: readonly Survivor[] = [
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: '[...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))),',
    change:
      '[...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))) → [...(byLength.get(length) ?? [])]',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: '[...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))),',
    change: '[] → ["Stryker was here"]',
    reason: 'No rule has this word: a word of a rule has no capital.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'const known = looks.get(text) ?? { ...look(text), slips: tolerated(text) };',
    change: '{ ...look(text), slips: tolerated(text) } → {}',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'looks.set(text, known);',
    change: 'looks.set(text, known); → ;',
    reason: 'It only spares work: a word is looked at again.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'messages.set(facts, known);',
    change: 'messages.set(facts, known); → ;',
    reason: 'It only spares work: the message is looked at again.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);',
    change:
      'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32) → bits &= 1 << (character.codePointAt(0) ?? 0) % 32',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);',
    change: '(character.codePointAt(0) ?? 0) % 32 → (character.codePointAt(0) ?? 0) * 32',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);',
    change: 'character.codePointAt(0) ?? 0 → character.codePointAt(0) && 0',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (Math.abs(message.length - word.length) > word.slips) return false;',
    change: 'Math.abs(message.length - word.length) > word.slips → false',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (Math.abs(message.length - word.length) > word.slips) return false;',
    change: 'false → true',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'for (let left = 2 * word.slips; changed !== 0; left--) {',
    change: 'changed !== 0 → false',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'for (let left = 2 * word.slips; changed !== 0; left--) {',
    change: 'left-- → left++',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (left === 0) return false;',
    change: 'left === 0 → false',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (left === 0) return false;',
    change: 'false → true',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/is-keyword.ts',
    line: 'function keywordsOf({ rules, otherwise = [] }: KeywordRules): ReadonlySet<string> {',
    change: '[] → ["Stryker was here"]',
    reason: 'A text has no conditions.',
  },
  {
    file: 'lib/rules/match/is-keyword.ts',
    line: 'for (const keyword of when?.keyword ?? []) keywords.add(keyword);',
    change: '[] → ["Stryker was here"]',
    reason: 'It has a capital, and no message has one as normalizeText leaves it.',
  },
  {
    file: 'lib/rules/match/pattern-bundle.ts',
    line: 'const begin = fold(text.slice(0, longest));',
    change: 'text.slice(0, longest) → text',
    reason: 'It only spares work: what stands behind is not compared.',
  },
];
