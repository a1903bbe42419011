import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const rule = (then: string) => `{ id: a, when: { keyword: a }, then: ${then} }`;

describe('a handover', () => {
  it('is noted where nothing is said and nobody is invited', () => {
    expect(findingsOf(fileOf([rule('{ handover: true }')]))).toEqual([
      'note: 3:54 Nobody learns of this handover: nothing is said before it, and nobody is invited. Say that a person ' +
        'will answer, or add "invite" with the identities of those who do.',
    ]);
  });

  it('is noted where it stands in an otherwise of one item, which needs no list', () => {
    const more = 'otherwise:\n  when: { keyword: b }\n  then:\n    - { handover: true }\n';
    expect(findingsOf(fileOf([rule('{ text: x }')], more))).toEqual([
      expect.stringMatching(/^note: 7:19 Nobody learns of this handover/),
    ]);
  });

  it.each([
    ['something is said', [rule('[{ text: x }, { handover: true }]')]],
    ['somebody is invited', [rule('{ handover: { invite: dana } }')]],
    [
      'go_to leads to it after something was said',
      [rule('[{ text: x }, { go_to: b }]'), '{ id: b, then: { handover: true } }'],
    ],
  ])('is not noted where %s', (_, rules) => {
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });
});
