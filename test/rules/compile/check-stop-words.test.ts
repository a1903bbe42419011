import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const HX = `HX${'a'.repeat(32)}`;
const asking = (when: string, text = 'Shall I?') =>
  `{ id: q, when: ${when}, then: { text: '${text}', wait: 1d } }`;
const taking = (when: string) => `{ id: a, when: { after: q, ${when} }, then: { text: x } }`;

describe('a stop word as an answer', () => {
  it('is refused where the question may be asked by SMS', () => {
    expect(findingsOf(fileOf([asking('{ keyword: q }'), taking('keyword: [1, Cancel]')]))).toEqual([
      '4:45 "Cancel" cannot answer "q": it is a stop word, which Twilio or the carrier answers on sms, rcs, and the ' +
        'question may be asked there. Let people write another word, or give the rule a "channel".',
    ]);
  });

  it.each([
    [
      'the question is asked by WhatsApp alone',
      [asking('{ keyword: q, channel: whatsapp }'), taking('keyword: cancel')],
    ],
    [
      'the answer is for WhatsApp',
      [
        asking('{ keyword: q }'),
        taking('keyword: cancel, channel: whatsapp'),
        '{ id: b, when: { after: q, keyword: no }, then: { text: x } }',
      ],
    ],
  ])('is allowed where %s', (_, rules) => {
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });

  it('is allowed where nobody else answers it, and refused wherever Twilio does', () => {
    const rules = [asking('{ keyword: q, channel: whatsapp }'), taking('keyword: cancel')];
    const handled = (list: string) => fileOf(rules, `opt_out: { handled_on: ${list} }\n`);
    expect(findingsOf(handled('[]'))).toEqual([]);
    expect(findingsOf(handled('[whatsapp]'))).toEqual([expect.stringContaining('answers on whatsapp, and')]);
  });

  it('is refused where go_to leads to the question from SMS', () => {
    const rules = [
      '{ id: start, when: { keyword: s, channel: sms }, then: { go_to: q } }',
      asking('{ keyword: q, channel: whatsapp }'),
      taking('keyword: cancel'),
    ];
    expect(findingsOf(fileOf(rules))).toEqual([
      expect.stringMatching(/^5:41 "cancel" cannot answer "q": .* on sms,/),
    ]);
  });

  it('is refused as one of the words of opt_out', () => {
    const rules = [asking('{ keyword: q }'), taking('keyword: baja')];
    expect(findingsOf(fileOf(rules, 'opt_out: { words: [Baja] }\n'))).toHaveLength(1);
  });
});

describe('a stop word elsewhere', () => {
  it.each([
    ['a rule', 'stop', '', 'does not always reach this rule: Twilio or the carrier answers it on sms, rcs.'],
    [
      'a rule for SMS',
      'stop',
      ', channel: sms',
      'never reaches this rule: Twilio or the carrier answers it on sms.',
    ],
    [
      'a rule that helps',
      'help',
      '',
      'does not always reach this rule: Twilio or the carrier answers it on sms, rcs.',
    ],
  ])('is noted as a keyword of %s', (_, word, more, says) => {
    expect(findingsOf(fileOf([`{ id: a, when: { keyword: ${word}${more} }, then: { text: x } }`]))).toEqual([
      `note: 3:31 "${word}" ${says}`,
    ]);
  });

  it('is noted in an otherwise, which never answers one', () => {
    const last = 'otherwise: [{ when: { keyword: stop }, then: { text: x } }]\n';
    expect(findingsOf(fileOf([], last).replace('rules:\n', 'rules: []\n'))).toEqual([
      'note: 3:32 "stop" never comes here: no "otherwise" answers a stop word.',
    ]);
  });

  it('is noted under near, which never takes one', () => {
    expect(findingsOf(fileOf(['{ id: a, when: { near: cancel }, then: { text: x } }']))).toEqual([
      'note: 3:28 "cancel" is a stop word, which "near" never takes. Write it under "keyword".',
    ]);
  });

  it('is noted on a button', () => {
    const content = { body: 'x', actions: [{ title: 'Yes' }, { title: 'Cancel' }] };
    const text = JSON.stringify({ language: 'en', types: { 'twilio/quick-reply': content } });
    const file = fileOf(
      [
        '{ id: a, when: { keyword: a }, then: { template: t } }',
        '{ id: b, when: { keyword: yes }, then: { text: x } }',
      ],
      `templates: { t: { sid: ${HX} } }\n`,
    );
    expect(findingsOf(file, { templates: new Map([['t', { file: 't.json', text }]]) })).toEqual([
      'note: 3:54 The template "t" offers "Cancel" to tap, which comes back as a stop word: it closes the open question, ' +
        'and on sms, rcs Twilio or the carrier answers it. Give the button another title.',
    ]);
  });
});

describe('the words of a question', () => {
  const words = (text: string) =>
    findingsOf(fileOf([asking('{ keyword: q }', text), taking('answer: number')]));

  it.each([
    'Reply 1, or CANCEL.',
    'Write cancel to drop it.',
    'Say “quit” or a number.',
    'Antworte mit END.',
  ])('are noted where they offer a stop word: %s', (text) => {
    expect(words(text)).toEqual([
      expect.stringMatching(/^note: 3:50 This question offers "\w+", which means that/),
    ]);
  });

  it.each([
    'Shall we cancel it?',
    'When does it end?',
    'Reply STOP to unsubscribe.',
    'Text STOP to end messages.',
    'Yes or no? Reply STOP at any time.',
    'Ja oder nein? Antworte STOP, um dich abzumelden.',
    'PLEASE CANCEL OR CONFIRM',
    'Write the number at the end.',
  ])('are not noted where they only have one in them: %s', (text) => {
    expect(words(text)).toEqual([]);
  });
});
