import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormParams } from '../../lib/event/form-params.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { signedText } from '../../lib/webhook/sign-webhook.ts';
import { runs } from '../support/runs.ts';
import { FIELD_NAMES } from './cut-signed-text.ts';
import {
  bare,
  change,
  chat,
  conversation,
  delivery,
  draft,
  FORGED,
  FORGED_MESSAGE,
  forge,
  GONE,
  media,
  participant,
  service,
  sms,
  stateChange,
  user,
  verdict,
} from './samples.ts';

const group = new Map([
  ...conversation.with({ 'MessagingBinding.Alias': 'x', 'MessagingBinding.AuthorAddress': GONE }),
  ['MessagingBinding.Address', ['+15550101', 'a@b.example']] as const,
]);

type Row = [what: string, signed: FormParams, cut: FormParams, expected: string];

const BODY: Row[] = [
  [
    'swallows ChatServiceSid',
    sms.with(),
    sms.with({ Body: `hi${service}`, ChatServiceSid: GONE }),
    'doubtful',
  ],
  [
    'swallows ClientIdentity',
    chat.with({ ChatServiceSid: GONE }),
    chat.with({ ChatServiceSid: GONE, Body: 'hiClientIdentityamara', ClientIdentity: GONE }),
    'doubtful',
  ],
  [
    'loses its end to ClientIdentity',
    chat.with({ ChatServiceSid: GONE, Body: 'hiClientIdentityb' }),
    chat.with({ ChatServiceSid: GONE, ClientIdentity: 'bClientIdentityamara' }),
    'doubtful',
  ],
  [
    'loses its end, and ClientIdentity swallows ChatServiceSid',
    chat.with({ Body: 'hiClientIdentityb' }),
    chat.with({ ChatServiceSid: GONE, ClientIdentity: `b${service}ClientIdentityamara` }),
    'doubtful',
  ],
  [
    'hides in a longer name',
    sms.with({ Body: 'Hello' }),
    sms.with({ Body: GONE, BodyHello: '' }),
    'doubtful',
  ],
  [
    'gives a word away to a new parameter',
    sms.with({ Body: 'I like Cats and dogs' }),
    sms.with({ Body: 'I like ', Cats: ' and dogs' }),
    'doubtful',
  ],
  [
    'gives all of it away',
    sms.with({ Body: 'Cats and dogs' }),
    sms.with({ Body: '', Cats: ' and dogs' }),
    'doubtful',
  ],
  [
    'moves into Author',
    sms.with({ Body: 'hiAuthor+15550199Bodyho' }),
    sms.with({ Autho: 'r+15550100001Bodyhi', Author: '+15550199', Body: 'ho' }),
    'doubtful',
  ],
];

const AUTHOR: Row[] = [
  [
    'is found in Body, and a new parameter swallows the real one',
    chat.with({ Body: 'hiAuthorbobBodyho' }),
    chat.with({ Autho: 'ramaraBodyhi', Author: 'bob', Body: 'ho' }),
    'doubtful',
  ],
  ['swallows Body', chat.with(), chat.with({ Author: 'amaraBodyhi', Body: GONE }), 'doubtful'],
  [
    'takes a piece of Body',
    chat.with({ Body: 'My Body hurts' }),
    chat.with({ Author: 'amaraBodyMy ', Body: ' hurts' }),
    'doubtful',
  ],
  [
    'is an address and swallows Body',
    sms.with(),
    sms.with({ Author: '+15550100001Bodyhi', Body: GONE }),
    'doubtful',
  ],
  [
    'is an address and swallows a new parameter',
    sms.with({ AuthorName: 'Amara' }),
    sms.with({ Author: '+15550100001AuthorNameAmara' }),
    'doubtful',
  ],
];

/** An identity that its bearer chose, so that the webhook can be cut to say something else in another's name. */
const NAMED = { Author: 'anaBodycancel order 7 ', ClientIdentity: 'anaBodycancel order 7 ' };
const IDENTITY: Row[] = [
  [
    'an Author is another, and its Body another',
    chat.with(NAMED),
    chat.with({ ...NAMED, Author: 'ana', Body: 'cancel order 7 Bodyhi' }),
    'doubtful',
  ],
  [
    'an Author is another, who says the same twice',
    chat.with({ ...NAMED, ClientIdentity: 'ana' }),
    chat.with({ Author: 'ana', ClientIdentity: 'ana', Body: 'cancel order 7 Bodyhi' }),
    'doubtful',
  ],
  [
    'an Author without a text gets one',
    chat.with({ ...NAMED, Body: GONE }),
    chat.with({ ...NAMED, Author: 'ana', Body: 'cancel order 7 ' }),
    'doubtful',
  ],
  [
    'an Author takes a name like an address that nobody chooses',
    chat.with({ Author: 'messenger:7Bodyx', ClientIdentity: 'messenger:7Bodyx', Body: GONE }),
    chat.with({ Author: 'messenger:7', ClientIdentity: 'messenger:7Bodyx', Body: 'x' }),
    'doubtful',
  ],
  [
    'a name swallows a word that is not on our list',
    user.with({ Source: 'WhatsApp', RetryCount: GONE, RoleSid: GONE }),
    user.with({ Identity: 'amaraSourceWhatsApp', Source: GONE, RetryCount: GONE, RoleSid: GONE }),
    'doubtful',
  ],
  [
    'a text gives its end away to a ClientIdentity that is not there',
    sms.with({ ChatServiceSid: GONE, Body: 'hiClientIdentityana' }),
    sms.with({ ChatServiceSid: GONE, ClientIdentity: 'ana' }),
    'doubtful',
  ],
  [
    'an Author that begins like a number is one',
    sms.with({ Author: '+15550100Cats', Body: GONE }),
    sms.with({ Author: '+15550100', Cats: '', Body: GONE }),
    'doubtful',
  ],
  [
    'a display name that Twilio may add ends before a Body',
    sms.with({ AuthorName: 'AmaraBodycancel ' }),
    sms.with({ AuthorName: 'Amara', Body: 'cancel Bodyhi' }),
    'doubtful',
  ],
  [
    'an Identity gives its end away to a binding',
    participant.with({
      Identity: 'anaMessagingBinding.TypeCHAT',
      'MessagingBinding.Address': GONE,
      'MessagingBinding.ProxyAddress': GONE,
      'MessagingBinding.Type': GONE,
    }),
    participant.with({
      Identity: 'ana',
      'MessagingBinding.Address': GONE,
      'MessagingBinding.ProxyAddress': GONE,
      'MessagingBinding.Type': 'CHAT',
    }),
    'doubtful',
  ],
];

const newcomer = { ReplyToMessageSid: `IM${'1'.repeat(32)}` };
const NEW_NAMES: Row[] = [
  [
    'one with a SID takes the place of the MessageSid',
    sms.with(newcomer),
    sms.with({
      MessageSi: `d${sms.value('MessageSid')}${sms.between('MessageSid', 'ReplyToMessageSid')}ReplyTo`,
      MessageSid: newcomer.ReplyToMessageSid,
      MessagingServiceSid: GONE,
      ParticipantSid: GONE,
    }),
    'hidden_parameter',
  ],
  [
    'one hides which event it is',
    sms.with({ EventType: 'onMessageAdd', MessageSid: GONE, Index: GONE, edited: 'x' }),
    sms.with({ EventType: 'onMessageAdd', MessageSid: GONE, Index: GONE, edit: 'edx' }),
    'certain',
  ],
];

const OTHERS: Row[] = [
  [
    'Attributes swallows Author',
    chat.with(),
    chat.with({ Attributes: '{"a":1}Authoramara', Author: GONE }),
    'Attributes',
  ],
  [
    'Attributes hides in a shorter name',
    chat.with(),
    chat.with({ Attribute: 's{"a":1}', Attributes: GONE }),
    'doubtful',
  ],
  [
    'Attributes hides in a shorter name, behind white space',
    chat.with({ Attributes: ' {}' }),
    chat.with({ Attribute: 's {}', Attributes: GONE }),
    'doubtful',
  ],
  ['Source hides in a longer name', sms.with(), sms.with({ Source: GONE, SourceSMS: '' }), 'doubtful'],
  ['Source is empty', sms.with({ Source: 'sms' }), sms.with({ Source: '', sms: '' }), 'doubtful'],
  ['Source is half a word', sms.with({ Source: 'sms' }), sms.with({ Source: 's', ms: '' }), 'doubtful'],
  [
    'Source is no longer API',
    sms.with({ Source: 'API', Tags: 'x' }),
    sms.with({ Source: 'APITagsx' }),
    'doubtful',
  ],
  [
    'RetryCount swallows Source',
    sms.with(),
    sms.with({ RetryCount: '0SourceSMS', Source: GONE }),
    'RetryCount',
  ],
  [
    'RetryCount and Source hide in one name',
    sms.with(),
    sms.with({ RetryCount: GONE, Source: GONE, RetryCount0SourceSMS: '' }),
    'doubtful',
  ],
  [
    'Source hides in the value of what was RetryCount',
    sms.with(),
    sms.with({ RetryCount: GONE, Source: GONE, RetryCount0: 'SourceSMS' }),
    'doubtful',
  ],
  [
    'ParticipantSid swallows RetryCount',
    sms.with(),
    sms.with({ ParticipantSid: `${sms.value('ParticipantSid')}RetryCount0`, RetryCount: GONE }),
    'ParticipantSid',
  ],
  [
    'Media hides in a new parameter',
    media.with(),
    media.with({ Media: GONE, Language: `enMedia${media.value('Media')}` }),
    'doubtful',
  ],
  [
    'Media hides in two new parameters',
    media.with(),
    media.with({ Media: GONE, Language: 'en', M: `edia${media.value('Media')}` }),
    'doubtful',
  ],
  [
    'an event becomes the one before it',
    sms.with(),
    change(sms.upTo('EventType'), {
      EventType: 'onMessageAdd',
      edIndex: sms.from('Index').slice('Index'.length),
    }),
    'hidden_parameter',
  ],
  [
    'an event without much behind it becomes the one before it',
    bare.with(),
    change(bare.upTo('EventType'), {
      EventType: 'onMessageAdd',
      edIndex: bare.from('Index').slice('Index'.length),
    }),
    'hidden_parameter',
  ],
  [
    'a binding hides in a longer name',
    participant.with(),
    participant.with({ 'MessagingBinding.Type': GONE, 'MessagingBinding.TypeWHATSAPP': '' }),
    'doubtful',
  ],
  ...['AuthorAddress', 'ProjectedAddress', 'ProxyAddress'].map((address): Row => {
    const name = `MessagingBinding.${address}`;
    return [
      `an ${address} that is not a number hides in a longer name`,
      conversation.with({
        'MessagingBinding.ProjectedAddress': GONE,
        'MessagingBinding.AuthorAddress': GONE,
        [name]: 'amara',
      }),
      conversation.with({
        'MessagingBinding.ProjectedAddress': GONE,
        'MessagingBinding.AuthorAddress': GONE,
        [`${name}amara`]: '',
      }),
      'doubtful',
    ];
  }),
  [
    'a name swallows a SID',
    conversation.with(),
    conversation.with({
      'MessagingBinding.ProjectedAddress': `+15550199000MessagingServiceSid${conversation.value('MessagingServiceSid')}`,
      MessagingServiceSid: GONE,
    }),
    'hidden_parameter',
  ],
  [
    'a name and a new parameter share a SID',
    draft.with({
      MessageBody: GONE,
      'MessagingBinding.Address': GONE,
      'MessagingBinding.ProxyAddress': GONE,
    }),
    draft.with({
      FriendlyName: 'OrderMessagingServiceSid',
      MG0: draft.value('MessagingServiceSid').slice('MG0'.length),
      MessageBody: GONE,
      'MessagingBinding.Address': GONE,
      'MessagingBinding.ProxyAddress': GONE,
      MessagingServiceSid: GONE,
    }),
    'hidden_parameter',
  ],
  [
    'a name swallows a text',
    draft.with(),
    draft.with({ FriendlyName: 'OrderMessageBodyhi', MessageBody: GONE }),
    'doubtful',
  ],
  [
    'a text swallows the first address of a group',
    new Map([...draft.with(), ['MessagingBinding.Address', ['+15550101', '+15550102']]]),
    draft.with({
      MessageBody: 'hiMessagingBinding.Address+15550101',
      'MessagingBinding.Address': '+15550102',
    }),
    'doubtful',
  ],
  [
    'the second address of a group hides in a longer name',
    new Map([
      ...conversation.with({
        'MessagingBinding.AuthorAddress': GONE,
        'MessagingBinding.ProjectedAddress': GONE,
      }),
      ['MessagingBinding.Address', ['+15550101', '+15550102']],
    ]),
    conversation.with({
      'MessagingBinding.AuthorAddress': GONE,
      'MessagingBinding.ProjectedAddress': GONE,
      'MessagingBinding.Address': '+15550101',
      'MessagingBinding.Address+': '15550102',
    }),
    'doubtful',
  ],
  [
    'two addresses of a group become one',
    new Map([...draft.with(), ['MessagingBinding.Address', ['+15550101', '+15550102']]]),
    draft.with({ 'MessagingBinding.Address': '+15550101MessagingBinding.Address+15550102' }),
    'MessagingBinding.Address',
  ],
];

const forgedBody = { Body: `hi${forge(FORGED, FORGED_MESSAGE)}Zzz` };
const renamedBody = { Body: `hi${forge(FORGED, { EventType: 'onConversationUpdated', FriendlyName: '' })}` };
const WHOLE: Row[] = [
  [
    'a new parameter swallows the real one',
    sms.with(forgedBody),
    change(sms.upTo('ChatServiceSid'), { ...FORGED, ...FORGED_MESSAGE, Zzz: sms.from('ChatServiceSid') }),
    'hidden_parameter',
  ],
  [
    'a text of another event swallows it',
    sms.with(renamedBody),
    change(sms.upTo('Author'), {
      ...FORGED,
      Author: `${sms.value('Author')}Bodyhi`,
      EventType: 'onConversationUpdated',
      FriendlyName: sms.from('ChatServiceSid'),
    }),
    'hidden_parameter',
  ],
];

const typed = forge(FORGED, {
  EventType: 'onConversationUpdated',
  Source: 'SMS',
  State: 'active',
  UniqueName: '',
});
const CHOSEN: Row[] = [
  [
    'of an identity that somebody chose, and a text swallows the real one',
    participant.with({ ClientIdentity: `x${typed}` }),
    change(participant.upTo('ClientIdentity'), {
      ClientIdentity: `x${service}`,
      ConversationSid: FORGED.ConversationSid,
      DateCreated: FORGED.DateCreated,
      EventType: 'onConversationUpdated',
      Source: 'SMS',
      State: 'active',
      UniqueName: participant.from('ConversationSid'),
    }),
    'hidden_parameter',
  ],
];

describe('a signed string cut elsewhere is not taken for another event', () => {
  describe.each([
    ['when Body', BODY],
    ['when Author', AUTHOR],
    ['when', OTHERS],
    ['when somebody is called so that', IDENTITY],
    ['when of two parameters that Twilio may add', NEW_NAMES],
    ['when a customer types a whole webhook and', WHOLE],
    ['when it becomes another event', CHOSEN],
  ])('%s', (_, rows) => {
    it.each(rows)('%s', (_, signed, cut, expected) => {
      expect(signedText(cut)).toBe(signedText(signed));
      expect(['certain', 'doubtful']).toContain(verdict(signed));
      expect(verdict(cut)).toBe(expected);
    });
  });

  it('when it is doubtful and hides something as well', () => {
    const doubtful = sms.with({ ButtonPayload: 'yes' });
    expect(verdict(doubtful)).toBe('doubtful');
    const MessageSid = doubtful.get('MessageSid')?.[0] ?? '';
    expect(verdict(change(doubtful, { MessageSi: `d${MessageSid}` }))).toBe('hidden_parameter');
  });

  it('when Body is repeated', () => {
    const cut = new Map([...sms.with(), ['Body', ['a', 'b']]]);
    expect(signedText(cut)).toBe(signedText(sms.with({ Body: 'aBodyb' })));
    expect(verdict(cut)).toBe('repeated_parameter');
  });
});

describe('what Twilio sends is certain', () => {
  /** Everything but what findAmbiguity says it cannot tell apart. */
  const TYPED = [
    'Social Media',
    'My Body hurts',
    'Author: Body',
    'Source API',
    'Index1',
    'RetryCount0SourceAPI',
    'Media[]',
    'MessagingServiceSid',
    'EventTypeonMessageRemoved',
    'Attributes{}',
    `AccountSidAC${'9'.repeat(32)}`,
    `ConversationSidCH${'9'.repeat(32)}`,
    `MessageSidIM${'9'.repeat(32)}`,
    `DateCreated2026-11-20T09:30:00Z`,
    'Author+15550100',
    '{"Attributes":{"ChatServiceSid":1}}',
    'ChatServiceSid',
    `ChatServiceSid IS${'9'.repeat(32)}`,
    `ChatServiceSid=IS${'9'.repeat(32)}`,
    '+15550100',
    'SMS',
    'ed',
    '',
    ' ',
    'Call me, Cats',
    'I asked ChatGPT',
    forge(FORGED, FORGED_MESSAGE),
    FIELD_NAMES.join(''),
  ];

  /** Where a name without a shape ends, a Body with Body in it does not say. */
  const onChat = (Body: string) => (Body.includes('Body') ? 'doubtful' : 'certain');

  it.each(TYPED)('when a customer types %j, Body on chat excepted', (Body) => {
    expect(verdict(chat.with({ Body }))).toBe(onChat(Body));
    expect(verdict(sms.with({ Body }))).toBe('certain');
  });

  it('whatever a customer types', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom(...FIELD_NAMES, '+1555', '{', 'IS', ' ')).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (Body) => {
        expect(verdict(chat.with({ Body }))).toBe(onChat(Body));
        expect(verdict(sms.with({ Body }))).toBe('certain');
      }),
      { numRuns: runs(500, 2_000) },
    );
  });

  it.each(['amara', 'Nobody', 'user@example.com', '10234_amara', 'Source', 'Media', 'x'.repeat(256)])(
    'when somebody is called %s',
    (Author) => {
      expect(verdict(chat.with({ Author, ClientIdentity: Author }))).toBe('certain');
    },
  );

  it.each([
    ['whatsapp:US.ABC123XYZ', 'WHATSAPP'],
    ['messenger:1234567890', 'MESSENGER'],
    ['12345', 'SMS'],
  ])('when somebody without a number, %s, writes by %s', (Author, Source) => {
    expect(verdict(sms.with({ Author, Source }))).toBe('certain');
  });

  it.each(['Identity', 'MessageBody', 'Statement 12345', 'State active', 'Body Shop'])(
    'when a conversation is called %s',
    (FriendlyName) => {
      expect(verdict(conversation.with({ FriendlyName }))).toBe('certain');
    },
  );

  it('when a text holds the name of one before it', () => {
    expect(verdict(conversation.with({ UniqueName: 'FriendlyName 7' }))).toBe('certain');
    const name = 'Author of the Bidding';
    expect(verdict(sms.with({ ClientIdentity: name }))).toBe('certain');
  });

  /** Sorted between two parameters whose end is certain. */
  it.each([
    'AAA',
    'Audience',
    'ContentSid',
    'Delivery',
    'Foo',
    'IndexOf',
    'MediaCount',
    'Participants',
    'SourceCountry',
    'StateOf',
    'Subject',
    'Zed',
    'isNew',
    'edited',
  ])('when it adds the parameter %s', (name) => {
    expect(verdict(sms.with({ [name]: 'anything at all' }))).toBe('certain');
    expect(verdict(sms.with({ [name]: '' }))).toBe('certain');
  });
});

describe('a parameter that Twilio may add, and that holds what is missing,', () => {
  const SID = `MB${'1'.repeat(32)}`;

  it('is refused, for nothing tells it from the missing one', () => {
    expect(verdict(bare.with({ OtherParticipantSid: SID }))).toBe('hidden_parameter');
    expect(verdict(bare.with({ Other: '', ParticipantSid: SID }))).toBe('doubtful');
  });

  it('is let pass where the real one stands', () => {
    expect(verdict(sms.with({ OtherParticipantSid: SID }))).toBe('certain');
    expect(verdict(sms.with({ ReplyToParticipantSid: SID }))).toBe('certain');
  });
});

describe('what cannot be told apart is doubtful, not refused', () => {
  it.each<[what: string, params: FormParams]>([
    ['a new parameter behind Body', sms.with({ ButtonPayload: 'yes' })],
    ['one behind that', sms.with({ ButtonPayload: 'yes', ButtonText: 'Yes' })],
    ['a new parameter behind an identity', chat.with({ AuthorName: 'Amara' })],
    ['an identity that holds the name of the text behind it', chat.with({ Author: 'Body Shop' })],
    ['an identity that holds its own name', chat.with({ Author: 'Author 7' })],
    ['an identity that begins like a number', chat.with({ Author: '+15550100 (Amara)' })],
    ['a Source we do not know', sms.with({ Source: 'NEWCHANNEL' })],
    ['a state we do not know', conversation.with({ State: 'archived' })],
    ['a state we do not know before', stateChange.with({ StateFrom: 'archived' })],
    ['a state we do not know after', stateChange.with({ StateTo: 'archived' })],
    ['a reason we do not know', stateChange.with({ Reason: 'OTHER' })],
    ['a status we do not know', delivery.with({ Status: 'queued' })],
    ['a channel we do not know', participant.with({ 'MessagingBinding.Type': 'NEW' })],
    ['a new parameter behind a group of which not everybody has a number', group],
    [
      'a new parameter behind Body and one that is none of our business',
      sms.with({ AAA: 'x', ButtonPayload: 'yes' }),
    ],
    [
      'ClientIdentity in a text where there is none',
      sms.with({ ChatServiceSid: GONE, Body: 'ClientIdentity' }),
    ],
    ['an empty parameter behind Body', sms.with({ ChatServiceSid: '' })],
    [
      'a text that ends like a service, where Twilio leaves that out',
      sms.with({ ChatServiceSid: GONE, Body: `hi${service}` }),
    ],
    ['a name on chat that nothing confirms', chat.with({ ClientIdentity: GONE })],
    ['what a program posts in such a name', chat.with({ ClientIdentity: GONE, Source: 'API' })],
    ['an Identity in front of what may be missing', participant.with({ Identity: 'amara' })],
  ])('%s', (_, params) => {
    expect(verdict(params)).toBe('doubtful');
  });

  it('and keeps the event as it reads', () => {
    const parsed = parseEvent(sms.with({ Body: 'Yes', ButtonPayload: 'yes' }));
    expect(parsed).toMatchObject({ kind: 'event', doubtful: true, event: { Body: 'Yes' } });
  });
});
