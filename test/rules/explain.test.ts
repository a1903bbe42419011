import { describe, expect, it } from 'vitest';
import { bookOf, bookWith, decideOn, messageAdded, participantAdded } from './support.ts';

const why = (when: string, event = messageAdded({ Body: 'CANARY words' })) =>
  decideOn(bookWith(when), event).considered[0];

describe('considered', () => {
  it.each([
    ['{ keyword: hi }', 'keyword: the message is not "hi"'],
    ['{ keyword: [hi, hello] }', 'keyword: the message is none of "hi", "hello"'],
    ['{ includes: refund }', 'includes: the message does not contain "refund"'],
    ['{ includes: [Refund, money back] }', 'includes: the message contains none of "Refund", "money back"'],
    ["{ pattern: '^a$' }", 'pattern: the message does not match /^a$/'],
    ["{ pattern: ['^a$', '^b$'] }", 'pattern: the message matches none of /^a$/, /^b$/'],
    ['{ channel: sms }', 'channel: this is whatsapp, the rule is for sms'],
    ['{ channel: [sms, chat] }', 'channel: this is whatsapp, the rule is for sms, chat'],
    ['{ media: true }', 'media: the message carries no media'],
    ['{ media: [image/*, audio/ogg] }', 'media: the message carries no image/*, audio/ogg'],
    ['{ event: onParticipantAdded }', 'event: this is onMessageAdded, the rule is for onParticipantAdded'],
    [
      '{ event: [onParticipantAdded, onConversationAdded] }',
      'event: this is onMessageAdded, the rule is for onParticipantAdded, onConversationAdded',
    ],
    ['{ channel: sms, keyword: hi }', 'channel: this is whatsapp, the rule is for sms'],
  ])('says why %s did not match', (when, reason) => {
    expect(why(when)).toEqual({ rule: 'rule', matched: false, why: reason });
  });

  it('says that a message carries media where none is expected', () => {
    const Media = [{ Sid: `ME${'a'.repeat(32)}`, ContentType: 'image/png' }];
    expect(why('{ media: false }', messageAdded({ Media }))).toMatchObject({
      matched: false,
      why: 'media: the message carries media',
    });
  });

  it.each([
    ['{ keyword: canary words }', 'keyword: the message is "canary words"'],
    ['{ keyword: [hi, canary words] }', 'keyword: the message is one of "hi", "canary words"'],
    ['{ includes: canary }', 'includes: the message contains "canary"'],
    ["{ pattern: 'words' }", 'pattern: the message matches /words/'],
    [
      '{ channel: whatsapp, media: false, includes: canary }',
      'channel: this is whatsapp; media: the message carries no media; includes: the message contains "canary"',
    ],
    ['{}', 'event: this is onMessageAdded'],
  ])('says why %s matched', (when, reason) => {
    expect(why(when)).toEqual({ rule: 'rule', matched: true, why: reason });
  });

  it('says why a media type matched', () => {
    const Media = [{ Sid: `ME${'a'.repeat(32)}`, ContentType: 'image/png' }];
    expect(why('{ media: image/* }', messageAdded({ Media }))).toMatchObject({
      matched: true,
      why: 'media: the message carries image/*',
    });
    expect(why('{ media: [audio/ogg, image/*] }', messageAdded({ Media }))).toMatchObject({
      why: 'media: the message carries audio/ogg, image/*',
    });
  });

  const book = bookOf(`
version: 1
rules:
  - { id: a, when: { keyword: a }, then: { text: a } }
  - { id: b, when: { keyword: b }, then: { text: b } }
  - { id: c, when: { keyword: c }, then: { text: c } }
otherwise: { text: d }
`);

  it('lists every rule, those after the answer as not asked', () => {
    expect(decideOn(book, messageAdded({ Body: 'b' })).considered).toEqual([
      { rule: 'a', matched: false, why: 'keyword: the message is not "a"' },
      { rule: 'b', matched: true, why: 'keyword: the message is "b"' },
      { rule: 'c', matched: false, why: 'not asked: "b" matched first' },
      { rule: 'otherwise', matched: false, why: 'not asked: "b" matched first' },
    ]);
  });

  it('ends with otherwise when that is the answer', () => {
    const { considered } = decideOn(book, messageAdded({ Body: 'x' }));
    expect(considered.at(-1)).toEqual({ rule: 'otherwise', matched: true, why: 'no rule matched' });
  });

  it('explains an ignored message, and one that nothing answers', () => {
    const ignoring = bookWith('{ keyword: x }', '{ ignore: true }');
    expect(decideOn(ignoring, messageAdded({ Body: 'x' })).considered).toEqual([
      { rule: 'rule', matched: true, why: 'keyword: the message is "x"' },
    ]);
    expect(decideOn(ignoring, messageAdded({ Body: 'y' })).considered).toEqual([
      { rule: 'rule', matched: false, why: 'keyword: the message is not "x"' },
    ]);
  });

  it('says which rules continue, which of them are too many, and which nobody asks', () => {
    const more = bookOf(`
version: 1
rules:
  - { id: other, when: { includes: y }, then: { text: o, continue: true } }
  - { id: a, when: { includes: x }, then: { text: a, continue: true } }
  - { id: b, when: { includes: x }, then: { text: b, continue: true } }
  - { id: c, when: { includes: x }, then: { text: c, continue: true } }
  - { id: d, when: { includes: x }, then: { text: d, continue: true } }
  - { id: way, when: { keyword: way }, then: { go_to: led-to } }
  - { id: led-to, then: { text: e } }
otherwise:
  - { when: { channel: sms }, then: { text: f } }
  - { when: { channel: whatsapp }, then: { text: g } }
  - { then: { text: h } }
`);
    const found = 'includes: the message contains "x"; it continues';
    expect(decideOn(more, messageAdded({ Body: 'x' })).considered).toEqual([
      { rule: 'other', matched: false, why: 'includes: the message does not contain "y"' },
      { rule: 'a', matched: true, why: found },
      { rule: 'b', matched: true, why: found },
      { rule: 'c', matched: true, why: found },
      { rule: 'd', matched: false, why: 'not asked: 3 rules before it continue' },
      { rule: 'way', matched: false, why: 'keyword: the message is not "way"' },
      { rule: 'led-to', matched: false, why: 'it has no "when": only go_to or a program leads to it' },
      { rule: 'otherwise.1', matched: false, why: 'channel: this is whatsapp, the rule is for sms' },
      { rule: 'otherwise.2', matched: true, why: 'channel: this is whatsapp' },
      { rule: 'otherwise.3', matched: false, why: 'not asked: "otherwise.2" matched first' },
    ]);
  });

  it('does not mention otherwise for events that it does not answer', () => {
    expect(decideOn(book, participantAdded()).considered.map(({ rule }) => rule)).toEqual(['a', 'b', 'c']);
  });

  it('never quotes the customer', () => {
    const decision = decideOn(book, messageAdded({ Body: 'CANARY' }));
    expect(JSON.stringify(decision)).not.toContain('CANARY');
  });

  it('travels as JSON', () => {
    const decision = decideOn(book, messageAdded({ Body: 'x' }));
    expect(JSON.parse(JSON.stringify(decision))).toMatchObject({
      outcome: 'reply',
      considered: decision.considered,
    });
  });
});
