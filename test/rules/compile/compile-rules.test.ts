import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';
import { formatProblem } from '../../../lib/rules/compile/problem.ts';
import { RulesError } from '../../../lib/rules/compile/rules-error.ts';
import { runs } from '../../support/runs.ts';
import { bookOf, bookWith } from '../support.ts';

const HX = `HX${'a'.repeat(32)}`;
const ME = `ME${'a'.repeat(32)}`;

const notesOf = (yaml: string) => compileRules(yaml).notes.map(formatProblem);
const thenOf = (then: string, when = '{}') => bookWith(when, then).rules[0]?.then;

describe('compileRules', () => {
  it('makes plain data that survives JSON', () => {
    const book = bookOf(`
version: 1
templates: { t: { sid: ${HX}, variables: [a] } }
rules:
  - id: everything
    when: { channel: [sms, chat], media: [Image/*], keyword: ['Hi!', hi], includes: Money  back, pattern: '^(?<x>h)' }
    then:
      - text: 'a {{ match.x }}'
      - template: t
        variables: { a: '{{ now }}' }
otherwise: { ignore: true }
`);
    expect(book).toEqual({
      version: 1,
      templates: { t: { sid: HX, variables: ['a'] } },
      rules: [
        {
          id: 'everything',
          when: {
            event: ['onMessageAdded'],
            channel: ['sms', 'chat'],
            media: ['image/*'],
            keyword: ['hi'],
            includes: [{ written: 'Money  back', words: 'money back' }],
            pattern: ['^(?<x>h)'],
          },
          // biome-ignore lint/suspicious/noThenProperty: a rule has it
          then: {
            actions: [
              { kind: 'text', Body: ['a ', { path: 'match.x' }], split: false },
              { kind: 'template', template: 't', ContentSid: HX, ContentVariables: { a: [{ path: 'now' }] } },
            ],
          },
        },
      ],
      // biome-ignore lint/suspicious/noThenProperty: an item has it
      otherwise: [{ id: 'otherwise', then: 'ignore' }],
    });
    expect(JSON.parse(JSON.stringify(book))).toEqual(book);
  });

  it.each([
    ['{ text: a }', [{ kind: 'text', Body: ['a'], split: false }]],
    ['{ text: a, split: true }', [{ kind: 'text', Body: ['a'], split: true }]],
    [`{ text: ${'x'.repeat(1_600)} }`, [{ kind: 'text', Body: ['x'.repeat(1_600)], split: false }]],
    [
      `{ text: ${'x'.repeat(9_000)}, split: true }`,
      [{ kind: 'text', Body: ['x'.repeat(9_000)], split: true }],
    ],
    [`{ media: ${ME} }`, [{ kind: 'media', MediaSid: ME }]],
    [`{ media: ${ME}, text: a }`, [{ kind: 'media', MediaSid: ME, Body: ['a'] }]],
    ['{ ignore: true }', 'ignore'],
    ['[{ ignore: true }]', 'ignore'],
    [
      `{ text: '{{now}}{{ match.x | default: "a b" }}' }`,
      [{ kind: 'text', Body: [{ path: 'now' }, { path: 'match.x', default: 'a b' }], split: false }],
      "{ pattern: '^(?<x>x)?' }",
    ],
    [
      `{ text: "{{ match.x | default : '\\"' }}" }`,
      [{ kind: 'text', Body: [{ path: 'match.x', default: '"' }], split: false }],
      "{ pattern: '^(?<x>x)?' }",
    ],
    ['{ text: "} }} {" }', [{ kind: 'text', Body: ['} }} {'], split: false }]],
  ])('reads %s', (then, expected, when = '{}') => {
    expect(thenOf(then, when)).toEqual(expected === 'ignore' ? expected : { actions: expected });
  });

  it.each([
    ['true', true],
    ['[false]', false],
    ['application/PDF', ['application/pdf']],
  ])('reads media: %s', (media, expected) => {
    expect(bookWith(`{ media: ${media} }`).rules[0]?.when?.media).toEqual(expected);
  });

  it('knows where an address is sure to be', () => {
    expect(thenOf("{ text: '{{ participant.address }}' }", '{ channel: [sms, whatsapp] }')).toBeDefined();
    expect(() => thenOf("{ text: '{{ participant.address }}' }", '{ channel: [sms, chat] }')).toThrow(
      /may be absent/,
    );
    expect(() =>
      thenOf("{ text: '{{ participant.address }}' }", '{ event: onParticipantAdded, channel: sms }'),
    ).toThrow(/may be absent/);
  });

  it.each([
    ['onMessageAdded', ['author', 'conversation.sid', 'now', 'now.date', 'now.time']],
    ['onParticipantAdded', ['participant.sid', 'conversation.sid', 'now']],
    ['onConversationAdded', ['conversation.sid', 'now']],
  ])('asks for no default on %s for what is always there', (event, paths) => {
    for (const path of paths)
      expect(thenOf(`{ text: '{{ ${path} }}' }`, `{ event: ${event} }`)).toBeDefined();
  });

  it('takes keywords such as yes and no as the words they are', () => {
    expect(bookWith('{ keyword: [yes, no, on, off, y] }').rules[0]?.when?.keyword).toEqual([
      'yes',
      'no',
      'on',
      'off',
      'y',
    ]);
  });

  it('accepts rules in JSON, with any line ends, and behind a byte order mark', () => {
    expect(bookOf('{"version":1,"rules":[]}')).toEqual({ version: 1, templates: {}, rules: [] });
    expect(bookOf('\ufeffversion: 1\r\nrules: []\r\n')).toEqual({ version: 1, templates: {}, rules: [] });
  });

  it('leaves alone what an earlier rule takes in part only', () => {
    expect(
      bookOf(`
version: 1
rules:
  - { id: a, when: { channel: sms }, then: { text: x } }
  - { id: b, when: { keyword: b }, then: { text: x } }
  - { id: c, when: { event: onParticipantAdded }, then: { text: x } }
  - { id: d, when: { keyword: b }, then: { text: x } }
`).rules,
    ).toHaveLength(4);
  });
});

describe('the keys of the file', () => {
  const fileWith = (lines: string) => bookOf(`version: 1\n${lines}\nrules: []\n`);

  it.each([
    ['0', 0],
    ['90m', 5_400_000],
    ['8h', 28_800_000],
    ['30d', 2_592_000_000],
    ['2592000s', 2_592_000_000],
    ['45 s', 45_000],
  ])('take quiet_after_person: %s', (written, ms) => {
    expect(fileWith(`quiet_after_person: ${written}`).quietAfterPersonMs).toBe(ms);
  });

  it('take stop words, compared as keywords, and where they are handled', () => {
    expect(fileWith('opt_out: { words: [Arrêt!, baja], handled_on: [sms, whatsapp] }').optOut).toEqual({
      words: ['arrêt', 'baja'],
      handledOn: ['sms', 'whatsapp'],
      takesYes: false,
    });
    expect(fileWith('opt_out: { words: fin }').optOut).toMatchObject({ handledOn: ['sms', 'rcs'] });
    expect(fileWith('opt_out: { handled_on: [] }').optOut).toMatchObject({ words: [], handledOn: [] });
    expect(fileWith('').optOut).toBeUndefined();
  });

  // With accents ignored, they were stop words.
  it('know the keywords that are stop words only without their accents', () => {
    const yaml = `version: 1
opt_out: { words: [pará, baja] }
rules: [{ id: a, when: { keyword: [Para, pará, bajá, stóp, yés, other] }, then: { text: x } }]
`;
    expect(bookOf(yaml).optOut).toMatchObject({
      words: ['pará', 'baja'],
      keywords: ['para', 'bajá', 'stóp', 'yés'],
      takesYes: false,
    });
    expect(bookOf(yaml.replace('pará, baja', 'fin')).optOut?.keywords).toEqual(['stóp', 'yés']);
  });

  it('know whether a rule takes YES', () => {
    const yaml = 'version: 1\nrules: [{ id: a, when: { keyword: [Yes!, ok] }, then: { text: x } }]\n';
    expect(bookOf(yaml).optOut).toMatchObject({ takesYes: true });
  });

  // Only rules were looked at, and by SMS nobody answered.
  it('know whether an item of the file’s otherwise takes YES', () => {
    const yaml = `version: 1
rules: []
otherwise:
  - { when: { keyword: yes }, then: { text: x } }
  - then: { text: y }
`;
    expect(bookOf(yaml).optOut).toMatchObject({ takesYes: true });
  });

  it('leave YES to the carrier where only a question’s own otherwise takes it, which needs the question open', () => {
    const yaml = `version: 1
rules:
  - id: q
    when: { keyword: q }
    then: { text: Which?, wait: 1h }
    otherwise: [{ when: { keyword: yes }, then: { text: x } }]
  - { id: a, when: { after: q, answer: number }, then: { text: y } }
`;
    expect(bookOf(yaml).optOut).toBeUndefined();
  });

  it('give each template the titles that it offers to tap', () => {
    const types = {
      'twilio/quick-reply': { body: 'x', actions: [{ title: 'Yes {{1}}', id: 'y' }, { title: 'No' }] },
      'twilio/list-picker': { body: 'x', button: 'b', items: [{ item: 'One', id: '1' }] },
      'twilio/card': {
        title: 'x',
        actions: [
          { type: 'URL', title: 'Web', url: 'https://shop.example' },
          { type: 'QUICK_REPLY', title: 'No' },
        ],
      },
    };
    const text = JSON.stringify({ language: 'en', variables: { 1: 'x' }, types });
    const templates = new Map([['t', { file: 't.json', text }]]);
    const yaml = `version: 1\ntemplates: { t: { sid: ${HX}, variables: ['1'] } }\nrules: []\n`;
    const compiled = compileRules(yaml, { templates });
    expect(compiled.ok && compiled.book.templates['t']?.titles).toEqual(['Yes {{1}}', 'No', 'One']);
  });
});

describe('a phrase with a sign that is not compared', () => {
  it.each(['/start', '!help', '50%', 'a & b', '.net'])('%s gets a note', (phrase) => {
    const { notes } = compileRules(
      `version: 1\nrules:\n  - { id: a, when: { includes: '${phrase}' }, then: { text: x } }\n`,
    );
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('"includes" compares words'),
    ]);
  });

  it.each(['#1', '@bot', '$5', 'c++', "won't", 'opt-in', 'how much?', 'hi, there', 'So...', '"yes"', '❤️'])(
    '%s gets none',
    (phrase) => {
      const when = JSON.stringify({ includes: phrase });
      const { notes } = compileRules(`version: 1\nrules:\n  - { id: a, when: ${when}, then: { text: x } }\n`);
      expect(notes).toEqual([]);
    },
  );
});

describe('notes', () => {
  const keyword = (word: string, more = '') =>
    notesOf(
      `version: 1\nrules:\n  - { id: r, when: { keyword: [hi, ${word}]${more} }, then: { text: x } }\n`,
    );

  it('tell where the carrier answers a stop word', () => {
    expect(keyword('Stop')).toEqual([
      'rules.yaml:3:36: "Stop" does not always reach this rule: Twilio or the carrier answers it on sms, rcs.',
    ]);
    expect(keyword('Stop', ', channel: sms')).toEqual([
      'rules.yaml:3:36: "Stop" never reaches this rule: Twilio or the carrier answers it on sms.',
    ]);
  });

  it('mention HELP where the carrier answers it', () => {
    expect(keyword('help')).toEqual([
      'rules.yaml:3:36: "help" does not always reach this rule: Twilio or the carrier answers it on sms, rcs.',
    ]);
    expect(keyword('help', ', channel: [whatsapp, chat]')).toEqual([]);
  });

  it('tell nothing of YES, which a rule that has it takes', () => {
    expect(keyword('yes')).toEqual([]);
  });

  it('tell that slashes are part of a pattern', () => {
    expect(
      notesOf("version: 1\nrules:\n  - { id: r, when: { pattern: '/^hi$/i' }, then: { text: x } }\n"),
    ).toEqual(['rules.yaml:3:31: A pattern stands without slashes and flags; these slashes are looked for.']);
  });

  it('tell that there is no folder to compare the templates with', () => {
    expect(notesOf(`version: 1\ntemplates: { t: { sid: ${HX} } }\nrules: []\n`)).toEqual([
      'rules.yaml:2:12: There is no folder "templates" beside this file, so placeholders are not compared.',
    ]);
  });
});

describe('RulesError', () => {
  it('lists every problem in its message', () => {
    const compiled = compileRules('version: 2\nrules: {}\n', { file: 'bot/rules.yaml' });
    const error = new RulesError(compiled.ok ? [] : compiled.problems);
    expect(error.code).toBe('rules_invalid');
    expect(error.message.split('\n')).toEqual([
      'The rules cannot be used:',
      'bot/rules.yaml:1:10: Version 2 is not known. Write: version: 1',
      'bot/rules.yaml:2:8: The rules must be a list (each begins with "- id:"), not a mapping.',
    ]);
  });
});

describe('compileRules, whatever it is given', () => {
  const fragments = fc.constantFrom(
    'version: 1\n',
    'rules:\n',
    '  - id: a\n',
    '    when: ',
    '    then: ',
    '{}',
    '{ text: x }',
    '[',
    ']',
    '{',
    '}',
    ':',
    '- ',
    '\n',
    '\t',
    'keyword',
    'pattern',
    "'(a+)+$'",
    '{{ now }}',
    '{{',
    '&a ',
    '*a',
    '!!x ',
    '|',
    '>',
    '"',
    "'",
    '#',
    '---\n',
    'templates:\n',
    '  t: ',
    `sid: ${HX}\n`,
    'otherwise: ',
    '__proto__: ',
    'constructor',
    '\u0000',
    '\ud800',
    '👍',
    '<<: ',
    '? ',
    'null',
    '1e999',
  );

  it('answers with a book or with at least one problem, each with a line that exists', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fragments, fc.string()), { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        const compiled = compileRules(text);
        if (compiled.ok) return;
        expect(compiled.problems.length).toBeGreaterThan(0);
        for (const { line, column } of compiled.problems) {
          expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
          expect(Math.min(line, column)).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(500, 2_000) },
    );
  });
});
