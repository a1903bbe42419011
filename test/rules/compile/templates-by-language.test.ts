import { describe, expect, it } from 'vitest';
import { hashTitles } from '../../../lib/guards/tap.ts';
import { offersOf } from '../../../lib/rules/actions/offers.ts';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';
import { formatProblem } from '../../../lib/rules/compile/problem.ts';
import { Talk } from '../talk.ts';

const EN = `HX${'a'.repeat(32)}`;
const DE = `HX${'b'.repeat(32)}`;

const defined = (title: string, name = 'name') => ({
  friendly_name: 'menu',
  language: 'en',
  variables: { [name]: 'x' },
  types: { 'twilio/quick-reply': { body: `Hi {{${name}}}`, actions: [{ title, id: 'a' }] } },
});

function compile(sid: string, files: Readonly<Record<string, object>> | undefined) {
  const yaml = `version: 1
languages: [en, de]
templates: { menu: { sid: ${sid}, variables: [name] } }
rules:
  - { id: de, when: { keyword: deutsch }, then: [{ remember: { language: de } }, { template: menu, variables: { name: { en: you, de: du } } }] }
  - { id: en, when: { keyword: menu }, then: { template: menu, variables: { name: you } } }
  - { id: taps, when: { keyword: [Hours, Zeiten] }, then: { text: 9 to 6. } }
`;
  const templates =
    files &&
    new Map(
      Object.entries(files).map(([name, one]) => [
        name,
        { file: `templates/${name}.json`, text: JSON.stringify(one) },
      ]),
    );
  const compiled = compileRules(yaml, templates && { templates });
  return {
    book: compiled.ok ? compiled.book : undefined,
    problems: compiled.ok ? [] : compiled.problems.map(formatProblem),
    notes: compiled.notes.map(formatProblem),
  };
}

const BOTH = `{ en: ${EN}, de: ${DE} }`;

describe('a template by language', () => {
  it('is sent with the SID of the language that holds, and offers the titles of that', () => {
    const { book } = compile(BOTH, { 'menu.en': defined('Hours'), 'menu.de': defined('Zeiten') });
    if (book === undefined) throw new Error('It is not compiled.');
    expect(book.templates['menu']).toEqual({
      sid: { byLanguage: { en: EN, de: DE } },
      variables: ['name'],
      titles: ['Hours', 'Zeiten'],
      titlesBySid: { [EN]: ['Hours'], [DE]: ['Zeiten'] },
    });
    const talk = new Talk(book);
    const english = talk.says('menu').steps;
    expect(english).toMatchObject([{ ContentSid: EN, ContentVariables: { name: 'you' } }]);
    expect(offersOf(book, english)).toEqual(hashTitles(['Hours']));
    const german = talk.says('deutsch').steps;
    expect(german).toMatchObject([{ ContentSid: DE, ContentVariables: { name: 'du' } }]);
    expect(offersOf(book, german)).toEqual(hashTitles(['Zeiten']));
  });

  it('may have one definition for all its languages', () => {
    const { book, problems } = compile(BOTH, { menu: defined('Hours') });
    expect(problems).toEqual([]);
    expect(book?.templates['menu']).toMatchObject({ titles: ['Hours'] });
    expect(book?.templates['menu']).not.toHaveProperty('titlesBySid');
  });

  it('falls back to the first language, with a note', () => {
    const { book, notes } = compile(`{ en: ${EN} }`, { menu: defined('Hours') });
    expect(notes).toEqual([
      expect.stringMatching(/^rules.yaml:3:\d+: de is missing here: "en" is said instead.$/),
    ]);
    expect(book && new Talk(book).says('deutsch').steps).toMatchObject([{ ContentSid: EN }]);
  });

  it.each([
    ['a language without a SID', `{ en: ${EN} }`, 'menu.de'],
    ['a language where it has one SID for all', EN, 'menu.de'],
    ['a language that the file does not speak', BOTH, 'menu.fr'],
  ])('notes a definition for %s', (_, sid, name) => {
    const files = { menu: defined('Hours'), [name]: defined('Hours') };
    expect(compile(sid, files).notes).toContain(
      `templates/${name}.json:1:1: No rule can use this file: "templates" in the rules file gives "menu" no SID for "${name.slice(5)}".`,
    );
  });

  it('notes no definition of a template that is wrong itself', () => {
    const { notes } = compile('HX12', { 'menu.en': defined('Hours'), 'menu.de': defined('Zeiten') });
    expect(notes.filter((note) => note.includes('No rule can use'))).toEqual([]);
  });

  it.each<readonly [string, string, Readonly<Record<string, object>>, string]>([
    [
      'a language that the file does not speak',
      `{ en: ${EN}, fr: ${DE} }`,
      { menu: defined('Hours') },
      '"fr" is not among the file\'s languages. Allowed: en, de.',
    ],
    [
      'no SID for the first language',
      `{ de: ${DE} }`,
      { menu: defined('Hours') },
      '"en" is missing here: it is the first of the file\'s languages, and stands in for the others.',
    ],
    [
      'what is not a SID',
      `{ en: HX12, de: ${DE} }`,
      { menu: defined('Hours') },
      'A content template SID is HX followed by 32 hexadecimal digits, not "HX12".',
    ],
    [
      'a number for a SID',
      '{ en: 5 }',
      { menu: defined('Hours') },
      'This must be text, not 5. Put it in quotes: "5"',
    ],
    [
      'no definition for one of them',
      BOTH,
      { 'menu.en': defined('Hours') },
      'There is no file templates/menu.json for "de" (or templates/menu.de.json), the body with which the template was created.',
    ],
    [
      'a placeholder in one of them that is not declared',
      BOTH,
      { menu: defined('Hours'), 'menu.de': defined('Zeiten', 'vorname') },
      'The placeholder {{vorname}} is not among the variables that the rules file declares.',
    ],
  ])('may not have %s', (_, sid, files, problem) => {
    expect(compile(sid, files).problems.map((one) => one.replace(/^[^ ]+ /, ''))).toContain(problem);
  });
});
