import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../events/make.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import { eventFields, parseEvent } from '../../lib/webhook/parse-event.ts';
import { FIELD_NAMES } from './cut-signed-text.ts';

const SAMPLES = [
  'onMessageAdded.sms',
  'onMessageAdded.whatsapp',
  'onMessageAdded.chat',
  'onMessageAdded.media',
  'onParticipantAdded',
  'onConversationAdded',
] as const;
const sample = (name: string) => eventParams(EVENTS[name] as ConversationEvent);

/** What a request with one parameter more comes to. */
function verdict(params: FormParams, name: string, values: readonly string[]): string {
  const parsed = parseEvent(new Map([...params, [name, values]]));
  if (parsed.kind !== 'event') return parsed.kind === 'unknown' ? parsed.kind : parsed.reason;
  return parsed.doubtful ? 'doubtful' : 'certain';
}

function identity(event: ConversationEvent) {
  return Object.entries(event).filter(([name]) => name.endsWith('Sid') || name === 'EventType');
}

/** What stands before the name of a field that we know. */
const ITS_OWN = /^.+(?=(?:Message|Participant|Account)Sid$)/;

/** As the end of a name and a value, what another reading could take for a SID, an event or its date. */
const COULD_CHANGE = /Sid[A-Z]{2}[0-9a-fA-F]{32}|EventTypeon|Date[A-Z][a-z]+\d{4}-/;

const word = fc.oneof(
  fc.constantFrom(
    ...FIELD_NAMES,
    '_',
    '-',
    '[0]',
    '.',
    '2',
    'ReplyTo',
    'Parent',
    'Type',
    'é',
    '😀',
    ' ',
    '\n',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'x',
    '7',
    'true',
    'API',
    '{}',
    '[]',
    '[1]',
    `IM${'9'.repeat(32)}`,
    '2026-11-20T09:30:00Z',
  ),
  fc.string({ unit: 'grapheme' }),
  fc.array(word).map((words) => words.join('')),
  fc.constant('long '.repeat(2_000)),
);

describe('a parameter that Twilio may add', () => {
  it('does not shut the door, whatever its name and value', () => {
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(''));
    const added = fc.tuple(
      fc.constantFrom(...SAMPLES),
      name,
      fc.array(value, { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(added, ([from, name, values]) => {
        const params = sample(from);
        fc.pre(!FIELD_NAMES.includes(name));
        const parsed = parseEvent(new Map([...params, [name, values]]));
        if (parsed.kind === 'event') {
          expect(identity(parsed.event)).toEqual(identity(EVENTS[from] as ConversationEvent));
        } else {
          expect(values.map((one) => name + one).join('')).toMatch(COULD_CHANGE);
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 1_000) },
    );
  });

  it.each([
    'ReplyToMessageSid',
    'ParentAccountSid',
    'MessageIndex',
    'ParticipantAttributes',
    'MessageSource',
    'ParentMessageSid',
    'QuotedMessageSid',
    'OriginalAuthor',
    'Index2',
    'LastMessageSid',
    'DateSent',
  ])('leaves a message certain when it is %s', (name) => {
    const value = name.endsWith('Sid') ? `IM${'1'.repeat(32)}` : '7';
    for (const from of SAMPLES.slice(0, 4))
      expect(verdict(sample(from), name, [value]), from).toBe('certain');
  });

  // Cause: where another new one stood before MessageSid, that might have swallowed it, and every message was refused.
  it('does not shut the door beside others that Twilio adds with it', () => {
    const plain = fc.constantFrom(
      ...['Language', 'MessageIndex', 'MessageBody', 'MediaCount', 'IsForwarded', 'Latitude', 'LastEditedBy'],
      ...['MessageAttributes', 'MessageSource', 'ParticipantAttributes', 'ClientIdentityType', 'Nickname'],
    );
    const named = fc
      .tuple(
        fc.constantFrom('ReplyTo', 'Quoted', 'Parent', 'Previous', 'Replaced', 'Original', 'Last', 'Linked'),
        fc.constantFrom('MessageSid', 'ParticipantSid', 'AccountSid'),
      )
      .map((parts) => parts.join(''));
    const added = fc.uniqueArray(fc.oneof(plain, named), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES.slice(0, 5)), added, (from, names) => {
        const params = names.map((name) => [name, [valueLike(name.replace(ITS_OWN, ''))]] as const);
        const parsed = parseEvent(new Map([...sample(from), ...params]));
        expect(parsed.kind).toBe('event');
        if (parsed.kind === 'event')
          expect(identity(parsed.event)).toEqual(identity(EVENTS[from] as ConversationEvent));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 1_000) },
    );
  });

  // Each is another way to cut a webhook whose MessageSid is another one: that stands in the name or the value of the new one.
  it('is refused where the event’s own stands behind what it has swallowed, or it goes on behind it', () => {
    const own = new Map([...sample('onMessageAdded.sms')].map(([name, [value = '']]) => [name, value]));
    const said = (name: string) => own.get(name) ?? '';
    const before = ['ChatServiceSid', 'ConversationSid', 'DateCreated', 'EventType', 'Index']
      .map((name) => name + said(name))
      .join('');
    const message = `MessageSid${said('MessageSid')}`;
    const behind = `ParticipantSid${said('ParticipantSid')}`;
    const forged = `IM${'d'.repeat(32)}`;
    const cuts: Readonly<Record<string, string>>[] = [
      { MessageSid: forged, [`ReplyTo${before}MessageSid`]: said('MessageSid') },
      { MessageSid: forged, [`${before}MessageSid`.replace(/^/, 'Re')]: said('MessageSid') },
      { MessageSid: forged, ReplyTo: before + message },
      { MessageSid: forged, Language: `en${message}${behind}ReplyTo` },
      {
        MessageSid: forged,
        Language: 'en',
        ParticipantSid: '',
        ReplyToMessageSid: said('MessageSid') + behind,
      },
    ];
    for (const cut of cuts) {
      const params = Object.entries({ ...Object.fromEntries(own), ...cut }).filter(
        ([, value]) => value !== '',
      );
      const parsed = parseEvent(new Map(params.map(([name, value]) => [name, [value]])));
      expect([cut, parsed]).toEqual([cut, { kind: 'refused', reason: 'hidden_parameter' }]);
    }
  });

  it.each(['ClientIdentityType', 'BodyType', 'ButtonPayload', 'AuthorName', 'Cats'])(
    'makes a message doubtful when it is %s, beside a text',
    (name) => {
      expect(verdict(sample('onMessageAdded.sms'), name, ['x'])).toBe('doubtful');
    },
  );

  it('is refused by name only where its SID could be that of the event', () => {
    const refused = new Set<string>();
    const values = new Map([...FIELD_NAMES].map((field) => [field, valueLike(field)]));
    for (const from of SAMPLES) {
      const params = sample(from);
      for (const field of FIELD_NAMES) {
        for (const prefix of PREFIXES) {
          const name = `${prefix}${field}`;
          if (eventFields(params.get('EventType')?.[0]).has(name)) continue;
          if (verdict(params, name, [values.get(field) ?? '']) === 'hidden_parameter') {
            refused.add(`${params.get('EventType')} ${name}`);
          }
        }
      }
    }
    expect([...refused]).toMatchInlineSnapshot(`
      [
        "onMessageAdded ConversationChatServiceSid",
        "onMessageAdded CreatedConversationSid",
        "onMessageAdded CustomConversationSid",
        "onConversationAdded ParentMessagingServiceSid",
        "onConversationAdded ReplyToMessagingServiceSid",
        "onConversationAdded OriginalMessagingServiceSid",
        "onConversationAdded PreviousMessagingServiceSid",
        "onConversationAdded SubMessagingServiceSid",
        "onConversationAdded QuotedMessagingServiceSid",
        "onConversationAdded NewMessagingServiceSid",
        "onConversationAdded OtherMessagingServiceSid",
        "onConversationAdded SourceMessagingServiceSid",
        "onConversationAdded TargetMessagingServiceSid",
        "onConversationAdded ParticipantMessagingServiceSid",
        "onConversationAdded UserMessagingServiceSid",
      ]
    `);
  });
});

/** How Twilio makes new names of old ones. */
const PREFIXES = [
  ...[
    'Parent',
    'ReplyTo',
    'Original',
    'Last',
    'Previous',
    'Sub',
    'Quoted',
    'New',
    'Other',
    'Source',
    'Target',
  ],
  ...[
    'Author',
    'Channel',
    'Chat',
    'Conversation',
    'Created',
    'Custom',
    'Message',
    'Messaging',
    'Participant',
    'User',
  ],
];

/** A value of the shape that the field has, which is what makes a name like it dangerous. */
function valueLike(field: string): string {
  if (field.endsWith('Sid')) return `${PREFIX_OF[field] ?? 'SM'}${'9'.repeat(32)}`;
  if (field.startsWith('Date') || field === 'StateUpdated') return '2026-11-20T09:30:00Z';
  if (field === 'EventType') return 'onMessageRemoved';
  if (field === 'Attributes') return '{}';
  if (field === 'Media') return '[]';
  return field === 'Source' ? 'API' : '7';
}

const PREFIX_OF: Readonly<Record<string, string>> = {
  AccountSid: 'AC',
  ChatServiceSid: 'IS',
  ConversationSid: 'CH',
  DeliveryReceiptSid: 'DY',
  MessageSid: 'IM',
  MessagingServiceSid: 'MG',
  ParticipantSid: 'MB',
  RoleSid: 'RL',
  UserSid: 'US',
};
