import { describe, expect, it } from 'vitest';
import { bookOf, problemsOf } from '../support.ts';

const whenOf = (yaml: string, id = 'r') =>
  bookOf(`version: 1\n${yaml}`).rules.find((rule) => rule.id === id)?.when;
const rule = (when: string, then = '{ text: x }') =>
  `rules:\n  - id: r\n    when: ${when}\n    then: ${then}\n`;

describe('numbers as words', () => {
  it.each([
    ['1', '1'],
    ['007', '007'],
    ['1.0', '1.0'],
    ['0x1F', '0x1f'],
    ['0o17', '0o17'],
    ['1e3', '1e3'],
    ['+1', '+1'],
    ['.5', '.5'],
    ['"1"', '1'],
    ['12:30', '12:30'],
  ])('keyword: %s is what stands there', (written, normal) => {
    expect(whenOf(rule(`{ keyword: ${written} }`))?.keyword).toEqual([normal]);
    expect(whenOf(rule(`{ keyword: [one, ${written}] }`))?.keyword).toEqual(['one', normal]);
  });

  it('goes for near, includes and the words back from a handover, in lists with dashes too', () => {
    expect(whenOf(rule('{ near: 007 }'))?.near).toMatchObject([{ written: '007', text: '007' }]);
    expect(whenOf(rule('{ includes: 007 }'))?.includes).toEqual([{ written: '007', words: '007' }]);
    expect(
      whenOf(
        'rules:\n  - id: r\n    when:\n      keyword:\n        - 01\n        - 1.50\n    then: { text: x }\n',
      )?.keyword,
    ).toEqual(['01', '1.50']);
    expect(
      bookOf(`version: 1\n${rule('{}', '[{ text: x }, { handover: { back: [0, 00] } }]')}`).rules[0]?.then,
    ).toMatchObject({
      actions: [{}, { back: ['0', '00'] }],
    });
  });

  // These were refused, though editors take them.
  it('goes for stop words and for who is invited', () => {
    const handover = '[{ text: x }, { handover: { invite: [007, dana] } }]';
    const book = bookOf(`version: 1\nopt_out: { words: [007, baja] }\n${rule('{}', handover)}`);
    expect(book.optOut?.words).toEqual(['007', 'baja']);
    expect(book.rules[0]?.then).toMatchObject({ actions: [{}, { invite: ['007', 'dana'] }] });
    expect(bookOf('version: 1\nopt_out: { words: 007 }\nrules: []\n').optOut?.words).toEqual(['007']);
  });

  it('goes for what is compared, remembered, tagged and given to handlers', () => {
    const book = bookOf(
      `version: 1
rules:
  - { id: r, when: {}, then: [{ remember: { code: 007, share: 1.50 } }, { tag: { code: 007 } }, { text: x }] }
  - { id: s, when: { keyword: s, where: { remembered.code: [007, 1.0], remembered.share: 1.50 } }, then: { text: x } }
  - { id: t, when: { keyword: t }, then: { call: look, with: { code: 007 }, else: { text: x } } }
`.replace('when: {}', 'when: { keyword: r }'),
    );
    expect(book.rules[0]?.then).toMatchObject({
      actions: [{ values: { code: ['007'], share: ['1.50'] } }, { attributes: { code: ['007'] } }, {}],
    });
    expect(book.rules[2]?.then).toMatchObject({ actions: [{ values: { code: ['007'] } }] });
    expect(book.rules[1]?.when?.where).toEqual({
      'remembered.code': ['007', '1.0'],
      'remembered.share': ['1.50'],
    });
  });

  it('leaves numbers alone elsewhere', () => {
    expect(problemsOf(`version: 1\n${rule('{}', '{ text: 5 }')}`)).toEqual([
      'rules.yaml:5:19: This must be text, not 5. Put it in quotes: "5"',
    ]);
  });
});

describe('anchors and aliases', () => {
  it('share synonyms among rules', () => {
    const yaml = `rules:
  - { id: a, when: { keyword: &hello [hi, hello, 007] }, then: { text: a } }
  - { id: r, when: { near: *hello, channel: sms }, then: { text: b } }
`;
    expect(whenOf(yaml)?.near?.map(({ text }) => text)).toEqual(['hi', 'hello', '007']);
  });

  it('may stand in a list with a rule’s own words', () => {
    const yaml = `rules:
  - { id: a, when: { keyword: &hello [hi, 1] }, then: { text: a } }
  - { id: r, when: { keyword: [*hello, moin, 2] , channel: sms }, then: { text: b } }
`;
    expect(whenOf(yaml)?.keyword).toEqual(['hi', '1', 'moin', '2']);
    expect(problemsOf(`version: 1\n${yaml.replace('moin', '"!"')}`)).toEqual([]);
    expect(problemsOf(`version: 1\n${yaml.replace('moin', '"   "')}`)).toEqual([
      'rules.yaml:4:40: This is empty. Write what to look for.',
    ]);
  });

  // Only keywords took one, and of patterns it was said that they begin with { or [, where there is neither.
  it.each([
    ['pattern', "['^x$', '^y$']", "'^z$'"],
    ['channel', '[sms, whatsapp]', 'chat'],
    ['includes', '[x, 007]', 'z'],
    ['media', '[image/png, image/gif]', 'audio/*'],
    ['has', '[participant.identity, conversation.sid]', 'text'],
  ])('may stand in any list: of %s', (name, list, last) => {
    const yaml = `rules:
  - { id: a, when: { ${name}: &shared ${list} }, then: { text: a } }
  - { id: r, when: { near: moin, ${name}: [*shared, ${last}] }, then: { text: b } }
`;
    const alone = yaml.replace('*shared', () => list.slice(1, -1));
    expect(whenOf(yaml)).toEqual(whenOf(alone));
  });

  it('may stand in a list of stop words, of words back, of actions and in another list that has an alias', () => {
    const book = bookOf(`version: 1
opt_out: { words: &words [baja, fin] }
rules:
  - { id: a, when: { keyword: &more [*words, x] }, then: &hi [{ remember: { said: hi } }, { text: Hi. }] }
  - { id: r, when: { keyword: [*more, y], channel: sms }, then: [*hi, { handover: { back: [*more, bot] } }] }
`);
    expect(book.rules[1]?.when?.keyword).toEqual(['baja', 'fin', 'x', 'y']);
    expect(book.rules[1]?.then).toMatchObject({
      actions: [
        { kind: 'remember' },
        { Body: ['Hi.'] },
        { kind: 'handover', back: ['baja', 'fin', 'x', 'bot'] },
      ],
    });
  });

  it('may be keys, and their words are found', () => {
    const yaml =
      'rules:\n  - { id: r, when: { &k keyword: &w [hi], unless: { *k : 007 } }, then: { text: x } }\n';
    expect(whenOf(yaml)?.unless).toEqual([{ keyword: ['007'] }]);
  });

  it('mean a number where a number belongs, and its digits where words do', () => {
    const book = bookOf(`version: 1
rules:
  - id: r
    when: { keyword: ask }
    then: { text: x, wait: 1d }
    otherwise: [{ when: { misses: &two 2 }, then: { text: y } }, { then: { text: z } }]
  - { id: s, when: { after: r, keyword: *two }, then: { text: x } }
`);
    expect(book.rules[0]?.otherwise?.[0]?.when?.misses).toBe(2);
    expect(book.rules[1]?.when?.keyword).toEqual(['2']);
  });

  it('share an "otherwise", and each has names of its own', () => {
    const book = bookOf(`version: 1
rules:
  - { id: q1, when: { keyword: a }, then: { text: 1?, wait: 1d }, otherwise: &two [{ when: { misses: 1 }, then: { go_to: bye } }, { then: { text: Again? } }] }
  - { id: q2, when: { after: q1, answer: number }, then: { text: 2?, wait: 1d }, otherwise: *two }
  - { id: end, when: { after: q2, answer: number }, then: { go_to: bye } }
  - { id: bye, then: { text: Bye. } }
`);
    expect(book.rules.slice(0, 2).map(({ otherwise }) => otherwise?.map(({ id }) => id))).toEqual([
      ['q1.otherwise.1', 'q1.otherwise.2'],
      ['q2.otherwise.1', 'q2.otherwise.2'],
    ]);
  });

  it('share conditions and answers', () => {
    const book = bookOf(`version: 1
rules:
  - { id: a, when: &sms { channel: sms, keyword: [1] }, then: &yes { text: Yes. } }
  - { id: r, when: { unless: *sms }, then: *yes }
`);
    expect(book.rules[1]?.when?.unless).toEqual([{ channel: ['sms'], keyword: ['1'] }]);
    expect(book.rules[1]?.then).toMatchObject({ actions: [{ Body: ['Yes.'] }] });
  });
});
