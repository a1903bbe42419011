import { describe, expect, it } from 'vitest';
import { titlesOf } from '../../../lib/rules/actions/offers.ts';
import { render } from '../../../lib/rules/actions/render.ts';
import { talkOf, problemsOf as talkProblemsOf } from '../../talks/support.ts';
import { bookOf, decideOn, messageAdded, problemsOf } from '../support.ts';
import { findingsOf } from './findings.ts';

const HX = `HX${'a'.repeat(32)}`;

const everythingCalled = (name: string) => `version: 1
hours: { ${name}: { mon: 09:00-17:00 } }
templates: { ${name}: { sid: ${HX}, variables: [${name}] } }
rules:
  - id: ${name}
    when: { pattern: '^(?<${name}>\\d{1,3})$' }
    then:
      - text: '{{ remembered.${name} | default: "nothing" }}'
      - remember: { ${name}: 'r{{ match.${name} }}' }
      - tag: { ${name}: '{{ remembered.${name} }}' }
      - { template: ${name}, variables: { ${name}: '{{ hours.${name}.today }}' } }
      - { go_to: asks }
  - id: asks
    then: { call: ${name}, with: { ${name}: x }, remembers: ${name}, else: { text: '{{ match.${name} }}?' }, wait: true }
  - { id: after, when: { after: asks, once: 1d }, then: { forget: ${name} } }
`;

describe('a name that every object has', () => {
  it.each(['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'is a name like any other: %s',
    (name) => {
      const book = bookOf(everythingCalled(name));
      const event = messageAdded({ Body: '42', DateCreated: '2026-11-30T10:00:00Z' });
      const decision = decideOn(book, event);
      if (decision.outcome !== 'reply') throw new Error(decision.outcome);
      expect(render(book, decision, { event, now: Date.parse(event.DateCreated) })).toEqual({
        steps: [
          { kind: 'text', Body: 'nothing' },
          { kind: 'tag', attributes: { [name]: 'r42' } },
          {
            kind: 'template',
            template: name,
            ContentSid: HX,
            ContentVariables: { [name]: '09:00–17:00' },
          },
          { kind: 'text', Body: '42?' },
        ],
        change: { values: { [name]: 'r42' }, question: expect.objectContaining({ opens: 'asks' }) },
      });
    },
  );

  it('is not found where nothing is called so', () => {
    expect(
      titlesOf({ templates: { t: { sid: HX, variables: [], titles: ['{{toString}}'] } } }, 't', {}),
    ).toEqual(['{{toString}}']);
    const days = (key: string) =>
      problemsOf(`version: 1\nhours: { shop: { ${key}: 09:00-17:00 } }\nrules: []\n`);
    expect(days('constructor')).toEqual([expect.stringContaining('"constructor" is not a day.')]);
    const text = `{"language": "en", "types": {"__defineGetter__": {}, "toString": {}}}`;
    const templates = new Map([['t', { file: 't.json', text }]]);
    expect(findingsOf(`version: 1\ntemplates: { t: { sid: ${HX} } }\nrules: []\n`, { templates })).toEqual([
      expect.stringContaining('Conversations cannot send __defineGetter__'),
      expect.stringContaining('Conversations cannot send toString'),
    ]);
  });
});

const LOST =
  'No key may be called "__proto__": JavaScript has a meaning of its own for that. Choose another name.';

/** Where the key stands that is called so. */
function placeIn(text: string): string {
  const before = text.slice(0, text.search(/(?:"(?:_|\\x5f)_proto__"|__proto__|\*p ):/)).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

const rule = (then: string, when = '{}') =>
  `version: 1\ntemplates: { t: { sid: ${HX} } }\nrules:\n  - { id: a, when: ${when}, then: ${then} }\n`;

describe('a key that no object is sure to hold', () => {
  it.each([
    ['with', rule('{ call: look, with: { a: 1, __proto__: 2 }, else: { ignore: true } }')],
    ['tag', rule('{ tag: { a: 1, __proto__: 2 } }')],
    ['remember', rule('{ remember: { a: 1, "__proto__": 2 } }')],
    ['remember, by its code', rule('{ remember: { a: 1, "\\x5f_proto__": 2 } }')],
    ['variables', rule('{ template: t, variables: { __proto__: 2 } }')],
    ['text', rule('{ text: { en: x, __proto__: y } }')],
    ['where', rule('{ text: x }', '{ where: { language: en, __proto__: y } }')],
    ['templates', rule('{ text: x }').replace('t: {', '__proto__: {')],
    ['sid', rule('{ text: x }').replace(HX, `{ en: ${HX}, __proto__: ${HX} }`)],
    ['hours', `version: 1\nhours: { __proto__: { mon: 09:00-17:00 } }\nrules: []\n`],
    ['days', `version: 1\nhours: { s: { mon: 09:00-17:00, __proto__: closed } }\nrules: []\n`],
    ['dates', `version: 1\nhours: { s: { except: { __proto__: 1-2 }, mon: 09:00-17:00 } }\nrules: []\n`],
    ['the file', `version: 1\n__proto__: x\nrules: []\n`],
    ['an alias', `version: 1\ntimezone: &p __proto__\n*p : x\nrules: []\n`],
  ])('is refused under %s', (_, text) => {
    expect(findingsOf(text)).toContain(`${placeIn(text)} ${LOST}`);
  });

  it('is refused in the definition of a template', () => {
    const text =
      '{"language": "en", "variables": {"__proto__": "x"}, "types": {"twilio/text": {"body": "x"}}}';
    const templates = new Map([['t', { file: 't.json', text }]]);
    expect(findingsOf(rule('{ template: t }'), { templates })).toEqual([`${placeIn(text)} ${LOST}`]);
  });

  it.each([
    ['- agent: { __proto__: hi }', 3],
    ['- remembered: { __proto__: hi }', 3],
    ['- says: ask\n- bot: { tag: { __proto__: hi } }', 4],
  ])('is refused in a talk: %s', (steps, line) => {
    expect(talkProblemsOf(talkOf(steps))).toContain(`${line}: ${LOST}`);
  });

  it('is no name of a handler either', () => {
    expect(problemsOf(rule('{ call: __proto__, else: { text: x } }'))).toEqual([
      'rules.yaml:4:38: No handler can have this name, which has a meaning of its own in JavaScript.',
    ]);
  });
});
