import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type JsonSchema, printSchema, RULES_SCHEMA, rulesSchema } from '../../build/rules-schema.ts';
import { ACTION_FORMS } from '../../lib/rules/compile/actions/action-forms.ts';
import { BESIDE_ACTIONS } from '../../lib/rules/compile/beside-actions.ts';
import { CONDITION_FORMS } from '../../lib/rules/compile/conditions/condition-forms.ts';
import { sidPattern } from '../../lib/sid.ts';
import { problemsOf } from '../rules/support.ts';

// No types are coerced, no defaults put in: the file is judged as it is.
const validate: ValidateFunction = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(rulesSchema());

/** Where the schema refuses a file, and why. */
function faultsOf(yaml: string): readonly string[] {
  validate(parse(yaml));
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${Object.values(params).join()}`;
  });
}

const GUIDE = readFileSync('docs/rules.md', 'utf8');
const snippets = [...GUIDE.matchAll(/^```yaml\n(version:.*?)^```$/gms)].map(([, text = '']) => text);
const shipped = globSync(['bot/rules.yaml', 'bot/samples/*/rules.yaml']);

const rule = (when: string, then: string) =>
  `version: 1\nrules:\n  - { id: r, when: ${when}, then: ${then} }\n`;

/** Every mapping that the schema describes key by key. */
function* keysOf(schema: unknown, path = '#'): Generator<readonly [string, JsonSchema]> {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties } = schema as { readonly properties?: Readonly<Record<string, JsonSchema>> };
  for (const [name, one] of Object.entries(properties ?? {})) yield [`${path}/${name}`, one];
  for (const [name, one] of Object.entries(schema)) yield* keysOf(one, `${path}/${name}`);
}

const HX = sidPattern('HX').source;

describe('bot/rules.schema.json', () => {
  it('is what npm run docs writes', () => {
    expect(readFileSync(RULES_SCHEMA, 'utf8')).toBe(printSchema());
  });

  it.each(shipped)('is named in the first line of %s, so that editors find it', (file) => {
    const [first = ''] = readFileSync(file, 'utf8').split('\n', 1);
    expect(first).toBe(`# yaml-language-server: $schema=${relative(dirname(file), RULES_SCHEMA)}`);
    expect(resolve(dirname(file), first.split('=')[1] ?? '')).toBe(resolve(RULES_SCHEMA));
  });

  it.each(shipped)('takes %s', (file) => {
    expect(faultsOf(readFileSync(file, 'utf8'))).toEqual([]);
  });

  it.each(snippets.map((snippet, index) => [index + 1, snippet] as const))(
    'takes file %i of docs/rules.md',
    (_, snippet) => {
      expect(faultsOf(snippet)).toEqual([]);
    },
  );

  it.each([
    ['one of a list', rule('{ keyword: a, includes: [b], event: onMessageAdded }', '{ text: x }')],
    ['no condition', rule('{}', '[{ text: x }, { text: y, split: true }]')],
    ['a MIME type in capitals', rule('{ media: IMAGE/PNG }', '{ ignore: true }')],
    ['media: true', rule('{ media: true }', '{ ignore: true }')],
    ['an otherwise that is a list', 'version: 1\nrules: []\notherwise: [{ text: x }]\n'],
    ['numbers as stop words', 'version: 1\nopt_out: { words: [007, 8] }\nrules: []\n'],
    ['numbers as keywords', rule('{ keyword: [1, one], near: 12345 }', '{ text: x }')],
    [
      'a question and its own otherwise',
      'version: 1\nrules:\n  - id: q\n    then: { text: How many?, wait: { for: 1d, keep: true } }\n    otherwise: [{ when: { misses: 2 }, then: { go_to: bye } }, { then: { text: Once more? } }]\n  - { id: a, when: { after: q, answer: [1..20, "yes"] }, then: [{ remember: { n: "{{ answer }}" } }, { text: Fine., wait: true }], otherwise: { text: x } }\n  - { id: b, when: { after: a, unless: { keyword: no } }, then: { text: x } }\n  - { id: bye, then: [{ text: Bye. }, { handover: { for: 8h, back: bot, invite: [dana] } }] }\n',
    ],
    [
      'a handover, hours and languages',
      'version: 1\ntimezone: Europe/Berlin\nlanguages: [en, de]\nhours: { desk: { mon-fri: [09:00-12:30, 13:30-18:00], except: { 2026-12-25: closed } } }\nrules:\n  - { id: n, when: { closed: desk, once: 12h, where: { language: [de, en] }, first: 7d }, then: { text: { en: Closed., de: Zu. }, continue: true } }\n  - { id: p, when: { keyword: person, first: true }, then: [{ text: { en: Soon., de: Gleich. } }, { handover: true }] }\notherwise:\n  - { when: { open: desk }, then: { tag: { topic: 7 } } }\n  - { then: { forget: all } }\n',
    ],
    ['a duration', 'version: 1\nquiet_after_person: 90m\nrules: []\n'],
    ['no duration', 'version: 1\nquiet_after_person: 0\nrules: []\n'],
  ])('takes %s, as the check does', (_, yaml) => {
    expect([problemsOf(yaml), faultsOf(yaml)]).toEqual([[], []]);
  });

  it.each([
    [
      'a wrong key of the file',
      'version: 1\nrules: []\nothrwise: {}\n',
      ' must NOT have additional properties othrwise',
    ],
    [
      'a wrong key of a rule',
      'version: 1\nrules: [{ id: a, when: {}, then: { text: x }, wen: {} }]\n',
      '/rules/0 must NOT have additional properties wen',
    ],
    [
      'a rule without an id',
      'version: 1\nrules: [{ when: {}, then: { text: x } }]\n',
      "/rules/0 must have required property 'id' id",
    ],
    [
      'a wrong condition',
      rule('{ keywrod: hi }', '{ text: x }'),
      '/rules/0/when must NOT have additional properties keywrod',
    ],
    [
      'an unknown channel',
      rule('{ channel: fax }', '{ text: x }'),
      '/rules/0/when/channel must be equal to one of the allowed values whatsapp,sms,rcs,messenger,chat',
    ],
    [
      'a number as a pattern',
      rule('{ pattern: 5 }', '{ text: x }'),
      '/rules/0/when/pattern must be string string',
    ],
    ['a wrong action', rule('{}', '{ txt: x }'), '/rules/0/then must NOT have additional properties txt'],
    [
      'a wrong SID',
      'version: 1\nrules: []\ntemplates: { a: { sid: HX1 } }\n',
      `/templates/a/sid must match pattern "${HX}" ${HX}`,
    ],
    ['a later version', 'version: 2\nrules: []\n', '/version must be equal to constant 1'],
    [
      'a wrong duration',
      'version: 1\nquiet_after_person: 8 hours\nrules: []\n',
      '/quiet_after_person must match pattern "^(?:0|\\d+\\s?[smhd])$" ^(?:0|\\d+\\s?[smhd])$',
    ],
  ])('refuses %s, as the check does', (_, yaml, fault) => {
    expect(problemsOf(yaml)).not.toEqual([]);
    expect(faultsOf(yaml)).toContain(fault);
  });

  it('knows every condition, every action and every option', () => {
    const { when, action } = rulesSchema()['definitions'] as Record<string, { properties: object }>;
    expect(Object.keys(when?.properties ?? {})).toEqual(Object.keys(CONDITION_FORMS));
    const own = [...ACTION_FORMS].flatMap(([name, { options = {} }]) => [name, ...Object.keys(options)]);
    const keys = [...own, ...Object.keys(BESIDE_ACTIONS)];
    expect(Object.keys(action?.properties ?? {}).sort()).toEqual([...new Set(keys)].sort());
  });

  it.each([...keysOf(rulesSchema())])('explains %s in one sentence', (_, { description }) => {
    expect(description).toMatch(/^[A-Z].*\.$/);
  });
});
