import { describe, expect, it } from 'vitest';
import type { ConversationEvent, MessageAdded } from '../../lib/event/event-types.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { Needs, RuleBook } from '../../lib/rules/types.ts';
import { bookOf, bookWith, conversationAdded, decideOn, messageAdded, participantAdded } from './support.ts';

const JPEG = { Sid: `ME${'a'.repeat(32)}`, ContentType: 'image/jpeg' };

const SHOP = bookOf(`
version: 1
rules:
  - id: greeting
    when: { keyword: [hi, hello] }
    then: { text: Hello }
  - id: order
    when: { pattern: '^order (?<number>[0-9]{1,9})(?: of (?<day>[a-z]{1,9}))?$' }
    then: { text: 'Order {{ match.number }}' }
  - id: picture
    when: { media: image/* }
    then: { text: A picture }
  - id: spam
    when: { includes: lottery }
    then: { ignore: true }
  - id: joined
    when: { event: onParticipantAdded }
    then: { text: Welcome }
otherwise: { text: Sorry }
`);

function ruleFor(book: RuleBook, event: ConversationEvent): string {
  const decision = decide(book, event);
  return 'rule' in decision ? decision.rule : decision.outcome;
}

const matches = (when: string, fields: Partial<MessageAdded>) =>
  ruleFor(bookWith(when), messageAdded(fields)) === 'rule';

describe('decide', () => {
  it('takes the first rule that matches, in the order of the file', () => {
    const book = bookOf(`
version: 1
rules:
  - { id: pattern, when: { pattern: '^order [0-9]+$' }, then: { text: one } }
  - { id: includes, when: { includes: order }, then: { text: two } }
  - { id: keyword, when: { keyword: [order 1, order] }, then: { text: three } }
  - { id: all, when: {}, then: { text: four } }
`);
    expect(ruleFor(book, messageAdded({ Body: 'order 1' }))).toBe('pattern');
    expect(ruleFor(book, messageAdded({ Body: 'order' }))).toBe('includes');
    expect(ruleFor(book, messageAdded({ Body: 'hi' }))).toBe('all');
  });

  it('hands over the actions and the groups that took part', () => {
    expect(decide(SHOP, messageAdded({ Body: 'Order 12345' }))).toMatchObject({
      outcome: 'reply',
      rule: 'order',
      shares: [
        {
          rule: 'order',
          match: { number: '12345' },
          actions: [{ kind: 'text', Body: ['Order ', { path: 'match.number' }], split: false }],
        },
      ],
    });
  });

  it('leaves a group out that took no part, and keeps one that did', () => {
    const match = (Body: string) => {
      const decision = decide(SHOP, messageAdded({ Body }));
      return decision.outcome === 'reply' ? decision.shares[0]?.match : undefined;
    };
    expect(match('order 1')).toStrictEqual({ number: '1' });
    expect(match('order 1 of May')).toStrictEqual({ number: '1', day: 'May' });
  });

  it('answers otherwise when no rule matches, and only messages', () => {
    expect(ruleFor(SHOP, messageAdded({ Body: 'what?' }))).toBe('otherwise');
    expect(ruleFor(SHOP, conversationAdded())).toBe('no_rule');
  });

  it('says nothing when no rule matches and there is no otherwise', () => {
    expect(decide(bookWith('{ keyword: hi }'), messageAdded({ Body: 'what?' }))).toMatchObject({
      outcome: 'no_rule',
    });
  });

  it('tells an ignored message from one without a rule', () => {
    expect(decide(SHOP, messageAdded({ Body: 'You won the lottery' }))).toMatchObject({
      outcome: 'ignored',
      rule: 'spam',
    });
  });

  it('can ignore otherwise', () => {
    const book = bookOf('version: 1\nrules: []\notherwise: { ignore: true }\n');
    expect(decide(book, messageAdded())).toMatchObject({ outcome: 'ignored', rule: 'otherwise' });
  });

  it('lets rules take a stop word, and nothing else answer it', () => {
    const book = bookOf(
      'version: 1\nrules: [{ id: bye, when: { keyword: stop }, then: { text: Bye. } }]\notherwise: { text: x }\n',
    );
    expect(decide(book, messageAdded({ Body: ' Stop! ' }))).toMatchObject({ rule: 'bye' });
    const decision = decideOn(book, messageAdded({ Body: 'END' }));
    expect(decision).toMatchObject({ outcome: 'suppressed', reason: 'stop_word' });
    expect(decision.considered.at(-1)).toEqual({
      rule: 'otherwise',
      matched: false,
      why: 'not asked: a stop word such as STOP is left alone',
    });
    expect(decide(book, messageAdded({ Body: 'the end' }))).toMatchObject({ rule: 'otherwise' });
  });

  it('never answers receipts, updates and removals', () => {
    const book = bookOf(
      'version: 1\nrules: [{ id: all, when: { event: [onMessageAdded, onParticipantAdded, onConversationAdded] }, then: { text: x } }]\notherwise: { text: y }\n',
    );
    const { EventType: _, ...fields } = messageAdded({ Body: 'hi' });
    for (const EventType of ['onMessageUpdated', 'onMessageRemoved'] as const) {
      expect(ruleFor(book, { ...fields, EventType, DateUpdated: fields.DateCreated })).toBe('no_rule');
    }
  });
});

describe('conditions', () => {
  it.each([
    ['{ keyword: hi }', 'Hi!!', true],
    ['{ keyword: hi }', 'hi there', false],
    ['{ keyword: [hello, HI] }', ' hi ', true],
    ['{ keyword: "Opening hours?" }', 'opening  hours', true],
    ['{ includes: refund }', 'I want a REFUND, please', true],
    ['{ includes: refund }', 'is it refundable?', false],
    ['{ includes: money back }', 'give me my money... back!', true],
    ['{ includes: money back }', 'back with my money', false],
    ['{ includes: [a b, b c] }', 'x b c', true],
    ['{ includes: 返金 }', 'すぐに返金してください', true],
    ['{ includes: 👍 }', 'ok 👍🏽', true],
    ["{ pattern: 'order [0-9]{1,9}' }", 'my ORDER 1', true],
    ["{ pattern: '^order$' }", '  order\n', true],
    ["{ pattern: '^[0-9]{1,9}$' }", '１２３', true],
    ["{ pattern: '^.$' }", '👍', true],
    ["{ pattern: ['^a$', '^b$'] }", 'b', true],
    ["{ pattern: '^$' }", '   ', true],
    ["{ keyword: order, pattern: '^o' }", 'order', true],
    ["{ keyword: order, pattern: '^x' }", 'order', false],
    ['{ keyword: a b, includes: b }', 'a b', true],
    ['{ keyword: a b, includes: c }', 'a b', false],
    ['{}', 'anything', true],
  ])('%s on %j: %s', (when, Body, expected) => {
    expect(matches(when, { Body })).toBe(expected);
  });

  it.each([
    ['{ media: true }', ['image/jpeg'], true],
    ['{ media: true }', [], false],
    ['{ media: false }', [], true],
    ['{ media: false }', ['image/jpeg'], false],
    ['{ media: image/* }', ['image/jpeg'], true],
    ['{ media: image/* }', ['application/pdf', 'Image/PNG; q=1'], true],
    ['{ media: image/* }', ['imagery/png'], false],
    ['{ media: [audio/ogg, Application/PDF] }', ['application/pdf'], true],
    ['{ media: audio/ogg }', ['audio/oggs'], false],
  ])('%s with %j: %s', (when, types, expected) => {
    expect(matches(when, { Media: types.map((ContentType) => ({ ...JPEG, ContentType })) })).toBe(expected);
  });

  it.each([
    ['{ channel: whatsapp }', 'whatsapp:+15550100001', true],
    ['{ channel: sms }', 'whatsapp:+15550100001', false],
    ['{ channel: [sms, whatsapp] }', 'whatsapp:+15550100001', true],
    ['{ channel: chat }', 'whatsapp:+15550100001', false],
  ])('%s by %s: %s', (when, Author, expected) => {
    expect(matches(when, { Author })).toBe(expected);
  });

  it('looks at the first 4,096 characters only', () => {
    const tail = (length: number) => ({ Body: `${'x'.repeat(length)} needle` });
    expect(matches('{ includes: needle }', tail(4_000))).toBe(true);
    expect(matches('{ includes: needle }', tail(4_096))).toBe(false);
    expect(matches("{ pattern: 'needle' }", tail(4_096))).toBe(false);
  });

  it('does not let surrounding space use up those characters', () => {
    expect(matches('{ keyword: hi }', { Body: `${' '.repeat(9_000)}hi${' '.repeat(9_000)}` })).toBe(true);
  });

  it('caps a message that grows while it is composed', () => {
    // U+FDFA becomes 18 characters under NFKC.
    const decision = decide(
      bookWith("{ pattern: '^(?<all>.*)$' }"),
      messageAdded({ Body: '\ufdfa'.repeat(4_000) }),
    );
    // What was captured is handed on as it was written: the 228 characters of which the 4,096 were made.
    expect(decision.outcome === 'reply' && decision.shares[0]?.match['all']).toBe('\ufdfa'.repeat(228));
  });

  it('does not cut an emoji at the cap', () => {
    const decision = decide(
      bookWith("{ pattern: '^(?<all>.*)$' }"),
      messageAdded({ Body: `${'x'.repeat(4_095)}👍` }),
    );
    expect(decision.outcome === 'reply' && decision.shares[0]?.match['all']).toBe('x'.repeat(4_095));
  });

  it('matches other events by their name and channel', () => {
    const book = bookWith('{ event: [onParticipantAdded, onConversationAdded], channel: sms }');
    expect(ruleFor(book, participantAdded({ 'MessagingBinding.Address': ['+15550100001'] }))).toBe('rule');
    expect(ruleFor(book, participantAdded({ Identity: 'ada' }))).toBe('no_rule');
    expect(ruleFor(book, conversationAdded({ Source: 'SMS' }))).toBe('rule');
  });
});

const NOTHING = { participant: false, conversation: false };

function needsOf(book: RuleBook, event: ConversationEvent = messageAdded()): Needs {
  const decided = decide(book, event);
  return decided.outcome === 'read' ? decided.needs : NOTHING;
}

describe('what has to be read first', () => {
  it.each([
    ['', false, false],
    ['{{ author }}{{ conversation.sid }}{{ now }}', false, false],
    ['{{ match.identity | default: "" }}', false, false],
    ['{{ participant.sid | default: "" }}{{ participant.address | default: "" }}', false, false],
    ['{{ participant.identity | default: "" }}', true, false],
    ['{{ participant.attributes.tier | default: "" }}', true, false],
    ['{{ conversation.friendly_name | default: "" }}', false, true],
    ['{{ conversation.unique_name | default: "" }}', false, true],
    ['{{ conversation.attributes.tier | default: "" }}', false, true],
  ])('%s: participant %s, conversation %s', (text, participant, conversation) => {
    const book = bookWith("{ pattern: '^(?<identity>x)?' }", `{ text: 'x${text}' }`);
    expect(needsOf(book)).toEqual({ participant, conversation });
  });

  it('looks into template variables and captions too', () => {
    const media = bookWith(
      '{}',
      `{ media: ME${'a'.repeat(32)}, text: '{{ participant.identity | default: "x" }}' }`,
    );
    expect(needsOf(media)).toMatchObject({ participant: true });
    const template = bookOf(`
version: 1
templates: { t: { sid: HX${'a'.repeat(32)}, variables: [x] } }
rules:
  - { id: rule, when: {}, then: { template: t, variables: { x: '{{ conversation.friendly_name | default: "x" }}' } } }
`);
    expect(needsOf(template)).toMatchObject({ conversation: true });
  });

  it('reads nothing for a picture without a caption', () => {
    const book = bookWith('{}', `{ media: ME${'a'.repeat(32)} }`);
    expect(needsOf(book)).toEqual(NOTHING);
  });

  it('asks for nothing that the event itself carries', () => {
    const text = `'{{ participant.identity | default: "x" }}'`;
    const joined = bookWith('{ event: onParticipantAdded }', `{ text: ${text} }`);
    expect(needsOf(joined, participantAdded())).toEqual(NOTHING);
    const began = bookWith(
      '{ event: onConversationAdded }',
      `{ text: '{{ conversation.friendly_name | default: "x" }}' }`,
    );
    expect(needsOf(began, conversationAdded())).toEqual(NOTHING);
  });
});

describe('what each rule adds to a reply', () => {
  const book = bookOf(`
version: 1
rules:
  - { id: first, when: { includes: both }, then: { text: a, continue: true } }
  - { id: second, when: { includes: both }, then: [{ text: b }, { go_to: third }] }
  - { id: third, then: { text: c } }
`);
  const text = (Body: string) => ({ kind: 'text', Body: [Body], split: false });

  it('is who continues, and where it goes on to', () => {
    const decision = decideOn(book, messageAdded({ Body: 'both' }));
    expect(decision.outcome === 'reply' && decision.shares).toStrictEqual([
      { rule: 'first', match: {}, actions: [text('a')], continues: true },
      { rule: 'second', match: {}, actions: [text('b'), text('c')], goesOnTo: ['third'] },
    ]);
    expect(decision).not.toHaveProperty('readLanguage');
  });
});
