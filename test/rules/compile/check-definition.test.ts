import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';
import { formatProblem } from '../../../lib/rules/compile/problem.ts';

const HX = `HX${'a'.repeat(32)}`;

/** The problems of a template that declares `variables` and is defined by `json`. */
function check(json: string | undefined, variables = '[order]'): readonly string[] {
  const yaml = `version: 1\ntemplates: { t: { sid: ${HX}, variables: ${variables} } }\nrules: []\n`;
  const templates = new Map(json === undefined ? [] : [['t', { file: 'templates/t.json', text: json }]]);
  const compiled = compileRules(yaml, { templates });
  return compiled.ok ? [] : compiled.problems.map(formatProblem);
}

const define = (types: unknown, variables: unknown = { order: '1' }) =>
  JSON.stringify({ friendly_name: 't', language: 'en', variables, types }, undefined, 2);

const TYPES =
  'Allowed: twilio/text, twilio/media, twilio/location, twilio/quick-reply, twilio/call-to-action, twilio/list-picker, twilio/card, whatsapp/card, whatsapp/flows.';

describe('a template’s definition', () => {
  it('agrees when its placeholders are the declared variables, wherever they stand', () => {
    expect(check(define({ 'twilio/text': { body: 'Order {{order}}' } }))).toEqual([]);
    expect(check(define({ 'twilio/text': { body: 'Order {{ order }}, {{order}}' } }))).toEqual([]);
    const url = 'https://shop.example/{{order}}';
    expect(
      check(define({ 'twilio/card': { title: 'x', actions: [{ type: 'URL', title: 'x', url }] } })),
    ).toEqual([]);
    expect(check(define({ 'twilio/text': { body: 'Hello' } }, undefined), '[]')).toEqual([]);
    expect(
      check(define({ 'twilio/text': { body: '{{1}}{{2}}' } }, { 1: 'a', 2: 'b' }), "['2', '1']"),
    ).toEqual([]);
  });

  it.each([
    [
      'is not there',
      undefined,
      'rules.yaml:2:14: There is no file templates/t.json, the body with which the template was created.',
    ],
    [
      'is not JSON',
      '{',
      'templates/t.json:1:1: This is not JSON: it ends before everything is closed. Look for a missing }, ] or ".',
    ],
    [
      'is YAML',
      'language: en\n',
      'templates/t.json:1:1: This is not JSON: keys and texts stand in double quotes.',
    ],
    ['is a list', '[]', 'templates/t.json:1:1: A template file must be a mapping (key: value), not a list.'],
    [
      'has a wrong key',
      define({ 'twilio/text': { body: '{{order}}' } }).replace('friendly_name', 'friendlyName'),
      'templates/t.json:2:3: The key "friendlyName" is not known here. Allowed: friendly_name, language, variables, types. Did you mean "friendly_name"?',
    ],
    [
      'has no language',
      define({ 'twilio/text': { body: '{{order}}' } }).replace('  "language": "en",\n', ''),
      'templates/t.json:1:1: The language is missing. Write "language": "en" or another code.',
    ],
    [
      'has no types',
      '{"language":"en"}',
      'templates/t.json:1:1: The types are missing, for example {"twilio/text": {"body": "…"}}.',
    ],
    [
      'has a type that is text',
      '{"language":"en","types":{"twilio/text":"x"}}',
      'templates/t.json:1:41: A content type must be a mapping.',
    ],
    [
      'has a sample that is a number',
      '{"language":"en","variables":{"order":1},"types":{}}',
      'templates/t.json:1:39: A sample value must be text.',
    ],
  ])('is refused when it %s', (_, json, problem) => {
    expect(check(json)).toEqual([problem]);
  });

  it('is refused without any content type', () => {
    expect(check(define({}), '[]')).toEqual([`templates/t.json:7:12: There is no content type. ${TYPES}`]);
  });

  it('is refused with a content type that Conversations cannot send', () => {
    expect(check(define({ 'twilio/carousel': { body: '{{order}}' } }))).toEqual([
      `templates/t.json:8:5: Conversations cannot send twilio/carousel (50542). ${TYPES}`,
    ]);
  });

  it('reports a placeholder that is not declared, at its place', () => {
    expect(
      check(define({ 'twilio/text': { body: '{{order}} {{name}}' } }, { order: '1', name: 'x' })),
    ).toEqual([
      'templates/t.json:10:15: The placeholder {{name}} is not among the variables that the rules file declares.',
    ]);
  });

  it('reports a variable without a placeholder', () => {
    expect(check(define({ 'twilio/text': { body: 'Hello' } }, {}))).toEqual([
      'templates/t.json:5:12: The rules file declares the variable "order", and no placeholder {{order}} is here.',
    ]);
  });

  it('reports a placeholder without a sample', () => {
    expect(check(define({ 'twilio/text': { body: '{{order}}' } }, {}))).toEqual([
      expect.stringContaining('The placeholder {{order}} has no sample value under "variables".'),
    ]);
  });

  it.each([['{{}}'], ['{{order}'], ['{{ an order }}'], ['order}}']])(
    'reports a broken placeholder: %s',
    (body) => {
      expect(check(define({ 'twilio/text': { body: `{{order}} ${body}` } }))).toEqual([
        'templates/t.json:9:15: A placeholder is broken. Write {{1}} or {{name}}; Twilio refuses others (21656).',
      ]);
    },
  );

  it('reports a key that is given twice', () => {
    expect(check('{"language":"en","language":"de","types":{"twilio/text":{"body":"x"}}}', '[]')).toEqual([
      'templates/t.json:1:18: The key "language" is given twice. Keep one.',
    ]);
  });
});
