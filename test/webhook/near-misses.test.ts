import { describe, expect, it } from 'vitest';
import type { FormParams } from '../../lib/event/form-params.ts';
import { signedText } from '../../lib/webhook/sign-webhook.ts';
import { toParams } from './requests.ts';
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
  verdict,
} from './samples.ts';

/** One step beside the webhooks of find-ambiguity.test.ts: what just is certain, or doubtful, or refused. */
const nines = (prefix: string) => prefix + '9'.repeat(32);
const ADDRESS = 'MessagingBinding.AuthorAddress';
const LATER = '2026-11-21T09:30:00Z';
const json = (Filename: string) =>
  JSON.stringify([{ Sid: nines('ME'), ContentType: 'image/jpeg', Filename }]);

type Row = [what: string, params: FormParams];

const CERTAIN: Row[] = [
  [
    'an address that begins like a SID',
    participant.with({ 'MessagingBinding.Address': 'SidAB12@a.example' }),
  ],
  ['a channel in small letters', sms.with({ Source: 'sms' })],
  [
    'an Identity behind which nothing stands',
    new Map([...participant.upTo('EventType'), ['EventType', ['onParticipantAdd']], ['Identity', ['amara']]]),
  ],
  [
    'a conversation named after media that it lacks',
    draft.with({ FriendlyName: 'Social Media', Media: GONE }),
  ],
  ['the name of the identity behind a text', chat.with({ ChatServiceSid: GONE, Body: 'My ClientIdentity' })],
  [
    'a typed webhook about a user, who has a SID that messages lack',
    sms.with({
      Body: forge(FORGED, { EventType: 'onUserAdded', Identity: 'Author', UserSid: nines('US'), Zzz: '' }),
    }),
  ],
  [
    'a typed message with the SID that Twilio left out, in the name of another event',
    bare.with({
      Body: `hi${forge(FORGED, FORGED_MESSAGE, { EventType: 'onUserAdded', ParticipantSid: nines('MB') })}`,
    }),
  ],
  [
    'another service, typed where a new parameter stands apart',
    sms.with({ AAA: 'x', Body: `hiChatServiceSid${nines('IS')}Could you` }),
  ],
  [
    'a SID that is missing, in the JSON of media behind a text',
    draft.with({ Media: json(`MessagingServiceSid${nines('MG')}Zzz`), MessagingServiceSid: GONE }),
  ],
  [
    'an address that is missing, in JSON',
    conversation.with({ [ADDRESS]: GONE, Attributes: JSON.stringify(`${ADDRESS}+15550100`) }),
  ],
  [
    'an address that is missing, in two halves with SIDs between them',
    conversation.with({
      [ADDRESS]: GONE,
      FriendlyName: 'to MessagingB',
      UniqueName: GONE,
      'inding.AuthorAddress': '+15550100',
    }),
  ],
  [
    'a new parameter before an Author, who is named behind the next SID',
    sms.with({ Audience: 'x', ClientIdentity: 'Author of the Bidding' }),
  ],
  ['a new parameter before media that name themselves', media.with({ Media: json('Media.jpg') })],
  [
    'two new parameters, and somebody who is called like one',
    chat.with({ City: '', Client: '', Author: 'Client 7', ClientIdentity: 'Client 7' }),
  ],
  [
    'a new parameter with the SID that is missing, whose name sorts behind it',
    bare.with({ ReplyToParticipantSid: nines('MB') }),
  ],
  [
    'one with two SIDs, whose name sorts behind both',
    participant.with({ RoleSid: GONE, Zed: `ParticipantSid${nines('MB')}RoleSid${nines('RL')}` }),
  ],
  [
    'a new parameter that names an event of which the rest is missing',
    sms.with({ Tags: 'EventTypeonUserAddedFor' }),
  ],
  [
    'a new parameter that goes on as if a count came twice',
    sms.with({ RetryCount: GONE, Source: GONE, Retries: 'RetryCount7RetryCount' }),
  ],
];

const DOUBTFUL: Row[] = [
  ['a new parameter before an Author, whom a text names', sms.with({ Audience: 'x', Body: 'Author 7' })],
  ['two new parameters that make the name of a word', sms.with({ Source: GONE, Sour: '', ceSMS: '' })],
  [
    'an address that begins like a number, and a new parameter',
    participant.with({ AAA: 'x', 'MessagingBinding.Address': '+15550100x' }),
  ],
  [
    'a service in a text, where Twilio leaves that out, between two mentions of the conversation',
    sms.with({
      Body: `ConversationSid${sms.value('ConversationSid')}Do ${service}Could`,
      ChatServiceSid: GONE,
    }),
  ],
  ['a new parameter behind a number, and no text', sms.with({ Body: GONE, Cats: 'x' })],
  ['a new parameter before a name that Twilio may leave out', conversation.with({ Fa: 'x' })],
  [
    'an identity that begins like a number, said twice',
    chat.with({ Author: '+15550100 (Amara)', ClientIdentity: '+15550100 (Amara)' }),
  ],
  [
    'an identity that holds the name of its parameter, said twice',
    chat.with({ Author: 'Author 7', ClientIdentity: 'Author 7' }),
  ],
  ['a new parameter before an empty identity', participant.with({ City: 'x', ClientIdentity: '' })],
  [
    'a new parameter that repeats the service',
    sms.with({ ClientChatServiceSid: sms.value('ChatServiceSid') }),
  ],
  [
    'a service at the end of a text, where Twilio leaves that out, and a new parameter behind it',
    sms.with({ Body: `hi${service}`, ChatServiceSid: GONE, City: 'x' }),
  ],
  [
    'a new parameter with a date that is missing',
    conversation.with({ DateUpdated: GONE, DateLastDateUpdated: LATER }),
  ],
  [
    'a new parameter with an address that is missing, of somebody of whom Twilio tells it',
    participant.with({ 'MessagingBinding.Address': GONE, M: 'essagingBinding.Address+15550100' }),
  ],
  ['a number on chat', sms.with({ Author: '12345', Source: 'SDK' })],
  ['a number that a program writes as', sms.with({ Author: '12345', Source: 'API' })],
  ['a number that writes from nowhere', sms.with({ Author: '12345', Source: GONE })],
  ['a number and another identity', sms.with({ Author: '12345', ClientIdentity: 'amara' })],
  ['what ends like a number', sms.with({ Author: 'room 12345' })],
  ['what begins like a number', sms.with({ Author: '12345 or so' })],
];

/** Twilio may add both: a new word stands in for no parameter, and so hides none. */
const NEW_WORDS: Row[] = [
  ['a status', delivery.with({ AAA: 'x', Status: 'queued' })],
  ['a state before', stateChange.with({ AAA: 'x', StateFrom: 'archived' })],
  ['a state after', stateChange.with({ AAA: 'x', StateTo: 'archived' })],
  ['a state after, and the parameter stands behind it', stateChange.with({ StateTo: 'archived', Zed: 'x' })],
];

const REFUSED: Row[] = [
  [
    'a name that ends in another SID of one that stands before it',
    conversation.with({ UniqueName: `x MessagingServiceSid${nines('MG')}` }),
  ],
  [
    'an address that holds a SID, although its own SID follows',
    participant.with({ 'MessagingBinding.Address': `xRoleSid${nines('RL')}` }),
  ],
  ...['Address', 'AuthorAddress', 'ProjectedAddress', 'ProxyAddress'].map((address): Row => {
    const name = `MessagingBinding.${address}`;
    return [
      `a text with an ${address} that is missing`,
      conversation.with({ [name]: GONE, FriendlyName: `${name}+15550100` }),
    ];
  }),
  [
    'a text and a new parameter that share an address that is missing',
    conversation.with({ [ADDRESS]: GONE, UniqueName: 'MessagingB', 'inding.AuthorAddress': '+15550100' }),
  ],
  ['an EventType behind the EventType', sms.with({ EventTypeonMessageAdded: '' })],
  [
    'a new parameter like a number that is missing, with another MessageSid behind it',
    delivery.with({
      ErrorCode: GONE,
      ErrorCode7: `EventTypeonDeliveryUpdatedMessageSid${nines('IM')}N`,
    }),
  ],
  [
    'a new parameter like media that are missing, with another MessageSid behind it',
    bare.with({ Media: GONE, Media7: `MessageSid${nines('IM')}Zzz` }),
  ],
  [
    'a new parameter with another MessageSid between two numbers',
    sms.with({ Foo: `xIndex7JMessageSid${nines('IM')}ZzzIndex8J` }),
  ],
];

describe('it is certain', () => {
  it.each(CERTAIN)('%s', (_, params) => {
    expect(verdict(params)).toBe('certain');
  });
});

describe('it is doubtful', () => {
  it.each(DOUBTFUL)('%s', (_, params) => {
    expect(verdict(params)).toBe('doubtful');
  });
});

describe('it is doubtful, not refused, when beside a new parameter we do not know', () => {
  it.each(NEW_WORDS)('%s', (_, params) => {
    expect(verdict(params)).toBe('doubtful');
  });
});

describe('it is refused', () => {
  it.each(REFUSED)('%s', (_, params) => {
    expect(verdict(params)).toBe('hidden_parameter');
  });
});

const update = toParams({
  AccountSid: sms.value('AccountSid'),
  ConversationSid: sms.value('ConversationSid'),
  DateCreated: sms.value('DateCreated'),
  EventType: 'onConversationUpdated',
});
const CUT: [what: string, signed: FormParams, cut: FormParams, expected: string][] = [
  [
    'an update becomes the question before it',
    update,
    change(update, { EventType: 'onConversationUpdate', d: '' }),
    'hidden_parameter',
  ],
  [
    'another date becomes that of a join',
    participant.with({ DateLastDateCreated: LATER }),
    participant.with({ DateCreate: `d${participant.value('DateCreated')}DateLast`, DateCreated: LATER }),
    'hidden_parameter',
  ],
  [
    'a SID moves to where it stands once more',
    bare.with({ ReplyToMessageSid: sms.value('MessageSid') }),
    bare.with({ MessageSi: `d${sms.value('MessageSid')}ReplyTo` }),
    'hidden_parameter',
  ],
  [
    'a new parameter gives up a Source, and another swallows the real one',
    sms.with({ Sample: 'xSourceSMSTags', Source: 'API' }),
    sms.with({ Sample: 'x', Source: 'SMS', Tags: 'SourceAPI' }),
    'doubtful',
  ],
  [
    'another number becomes the Index',
    sms.with({ LastIndex: '9' }),
    sms.with({ Inde: `x${sms.value('Index')}Last`, Index: '9' }),
    'doubtful',
  ],
];

describe('a signed string is cut elsewhere, and', () => {
  it.each(CUT)('%s', (_, signed, cut, expected) => {
    expect(signedText(cut)).toBe(signedText(signed));
    expect(['certain', 'doubtful']).toContain(verdict(signed));
    expect(verdict(cut)).toBe(expected);
  });
});
