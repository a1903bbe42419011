import { describe, expect, expectTypeOf, it } from 'vitest';
import { ACCOUNT_SID, EVENTS } from '../../events/make.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import {
  type ConversationEvent,
  EVENT_NAMES,
  type EventName,
  type MessageAdded,
  POST_EVENTS,
  PRE_EVENTS,
} from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import { documentedNames, eventFields, parseEvent } from '../../lib/webhook/parse-event.ts';
import { FIELD_NAMES } from './cut-signed-text.ts';
import { toParams } from './requests.ts';

const samples = Object.entries(EVENTS);
const sms = paramsOf('onMessageAdded.sms');

function paramsOf(sample: string): FormParams {
  const event = EVENTS[sample];
  if (event === undefined) throw new Error(`no sample ${sample}`);
  return eventParams(event);
}

const withParam = (params: FormParams, name: string, ...values: string[]) =>
  new Map([...params, [name, values]]);
const without = (params: FormParams, name: string) => new Map([...params].filter(([key]) => key !== name));

function accepted(params: FormParams): ConversationEvent {
  const parsed = parseEvent(params);
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}

describe('the events', () => {
  it('are 23, ten of them asked before', () => {
    expect(EVENT_NAMES).toHaveLength(23);
    expect(new Set(EVENT_NAMES).size).toBe(23);
    expect(PRE_EVENTS).toHaveLength(10);
    expect(POST_EVENTS).toHaveLength(13);
  });

  it('carry parameters each of which has a shape or may hold anything', () => {
    expect([...documentedNames()].toSorted()).toEqual(FIELD_NAMES.toSorted());
  });

  it('have a sample each', () => {
    expect(new Set(samples.map(([, { EventType }]) => EventType))).toEqual(new Set(EVENT_NAMES));
  });

  it('narrow by EventType', () => {
    expectTypeOf<Extract<ConversationEvent, { EventType: 'onMessageAdded' }>>().toEqualTypeOf<MessageAdded>();
    expectTypeOf<ConversationEvent['EventType']>().toEqualTypeOf<EventName>();
    expectTypeOf<MessageAdded['Index']>().toEqualTypeOf<number>();
  });
});

describe('parseEvent', () => {
  it.each(samples)('reads %s back as it was', (_, event) => {
    expect(parseEvent(eventParams(event))).toEqual({ kind: 'event', event, doubtful: false });
  });

  it('reads a message as Twilio sent it in 2026', () => {
    const params = toParams({
      AccountSid: ACCOUNT_SID,
      Attributes: '{}',
      Author: '+16175550100',
      Body: "it's ok & 100% é 😀 ",
      ChatServiceSid: `IS${'a'.repeat(32)}`,
      ConversationSid: `CH${'b'.repeat(32)}`,
      DateCreated: '2026-08-11T13:03:28.879Z',
      EventType: 'onMessageAdded',
      Index: '1',
      MessageSid: `IM${'c'.repeat(32)}`,
      MessagingServiceSid: `MG${'d'.repeat(32)}`,
      ParticipantSid: `MB${'e'.repeat(32)}`,
      RetryCount: '0',
      Source: 'SMS',
    });
    expect(parseEvent(params)).toEqual({
      kind: 'event',
      doubtful: false,
      event: {
        EventType: 'onMessageAdded',
        AccountSid: ACCOUNT_SID,
        Attributes: {},
        Author: '+16175550100',
        Body: "it's ok & 100% é 😀 ",
        ChatServiceSid: `IS${'a'.repeat(32)}`,
        ConversationSid: `CH${'b'.repeat(32)}`,
        DateCreated: '2026-08-11T13:03:28.879Z',
        Index: 1,
        Media: [],
        MessageSid: `IM${'c'.repeat(32)}`,
        MessagingServiceSid: `MG${'d'.repeat(32)}`,
        ParticipantSid: `MB${'e'.repeat(32)}`,
        RetryCount: 0,
        Source: 'SMS',
      },
    });
  });

  it.each<[event: EventName, required: string]>([
    ['onMessageAdd', 'AccountSid Author ConversationSid'],
    ['onMessageAdded', 'AccountSid Author ConversationSid DateCreated Index MessageSid'],
    ['onMessageUpdate', 'AccountSid Author ConversationSid DateCreated DateUpdated Index MessageSid'],
    ['onMessageUpdated', 'AccountSid Author ConversationSid DateCreated DateUpdated Index MessageSid'],
    ['onMessageRemove', 'AccountSid Author ConversationSid DateCreated DateUpdated Index MessageSid'],
    ['onMessageRemoved', 'AccountSid Author ConversationSid DateCreated DateUpdated Index MessageSid'],
    ['onConversationAdd', 'AccountSid'],
    ['onConversationAdded', 'AccountSid ConversationSid DateCreated'],
    ['onConversationUpdate', 'AccountSid ConversationSid DateCreated'],
    ['onConversationUpdated', 'AccountSid ConversationSid DateCreated'],
    ['onConversationRemove', 'AccountSid ConversationSid DateCreated'],
    ['onConversationRemoved', 'AccountSid ConversationSid DateCreated'],
    ['onConversationStateUpdated', 'AccountSid ConversationSid StateFrom StateTo StateUpdated'],
    ['onParticipantAdd', 'AccountSid ConversationSid'],
    ['onParticipantAdded', 'AccountSid ConversationSid DateCreated ParticipantSid'],
    ['onParticipantUpdate', 'AccountSid ConversationSid DateCreated ParticipantSid'],
    ['onParticipantUpdated', 'AccountSid ConversationSid DateCreated ParticipantSid'],
    ['onParticipantRemove', 'AccountSid ConversationSid DateCreated ParticipantSid'],
    ['onParticipantRemoved', 'AccountSid ConversationSid DateCreated ParticipantSid'],
    ['onDeliveryUpdated', 'AccountSid ConversationSid DeliveryReceiptSid MessageSid Status'],
    ['onUserAdded', 'AccountSid Identity UserSid'],
    ['onUserUpdate', 'AccountSid Identity UserSid'],
    ['onUserUpdated', 'AccountSid Identity UserSid'],
  ])('needs of %s only %s', (eventName, required) => {
    const names = ['EventType', ...required.split(' ')];
    const full = samples.find(([, { EventType }]) => EventType === eventName)?.[1];
    const least = new Map(
      [...eventParams(full as ConversationEvent)].filter(([name]) => names.includes(name)),
    );
    expect([...least.keys()].toSorted()).toEqual(names.toSorted());
    expect(parseEvent(least)).toMatchObject({ kind: 'event', doubtful: false });
    for (const name of names) {
      expect(parseEvent(without(least, name))).toEqual({ kind: 'malformed', reason: name });
      expect(parseEvent(withParam(least, name, ''))).toMatchObject(
        name === 'EventType' ? { kind: 'unknown' } : { kind: 'malformed', reason: name },
      );
    }
  });

  it('fills in what a message without text, media and attributes lacks', () => {
    const bare = ['Body', 'Media', 'Attributes'].reduce(without, paramsOf('onMessageAdded.media'));
    expect(accepted(bare)).toMatchObject({ Body: '', Media: [], Attributes: {} });
  });

  it('takes an empty optional parameter for an absent one', () => {
    const optional = [
      'ChatServiceSid',
      'ClientIdentity',
      'RetryCount',
      'Source',
      'Media',
      'Attributes',
      'ParticipantSid',
    ];
    const absent = optional.reduce<FormParams>(without, sms);
    const empty = optional.reduce<FormParams>((params, name) => withParam(params, name, ''), sms);
    expect(accepted(empty)).toEqual(accepted(absent));
  });

  it('leaves out what this event is not known to carry', () => {
    const event = accepted(withParam(sms, 'ErrorCode', 'x'));
    expect(event).toEqual(EVENTS['onMessageAdded.sms']);
  });

  const digits = '0123456789abcdefABCDEF0123456789';
  it.each<[field: string, good: string[], bad: string[]]>([
    [
      'AccountSid',
      [`AC${digits}`],
      [
        `AC${digits}0`,
        `AC${digits.slice(1)}`,
        `ac${digits}`,
        `IS${digits}`,
        ` AC${digits}`,
        `AC${digits}\n`,
        `AC${'g'.repeat(32)}`,
      ],
    ],
    ['ChatServiceSid', [`IS${digits}`], [`AC${digits}`]],
    ['ConversationSid', [`CH${digits}`], [`IM${digits}`]],
    ['MessageSid', [`IM${digits}`], [`CH${digits}`]],
    ['MessagingServiceSid', [`MG${digits}`], [`IM${digits}`]],
    ['ParticipantSid', [`MB${digits}`], [`CH${digits}`]],
    ['Index', ['0', '12', '9999999999'], ['-1', '1.5', '1e3', ' 1', '0x1', '12345678901', 'one']],
    ['RetryCount', ['0', '3'], ['zero', '-1']],
    [
      'DateCreated',
      [
        '2026-08-11T13:03:28.879Z',
        '2026-08-11T13:03:28Z',
        '2026-12-31T23:59:59.123456789Z',
        '2026-10-01T09:00:00Z',
        '2026-02-20T00:00:00Z',
      ],
      [
        '2026-08-11',
        '2026-08-11 13:03:28Z',
        '2026-08-11T13:03:28',
        '2026-08-11T13:03:28+00:00',
        '2026-13-11T13:03:28Z',
        '2026-00-11T13:03:28Z',
        '2026-08-32T13:03:28Z',
        '2026-08-00T13:03:28Z',
        '2026-08-11T24:03:28Z',
        '2026-08-11T13:60:28Z',
        '2026-08-11T13:03:60Z',
        '2026-08-11T13:03:28.Z',
        '02026-08-11T13:03:28Z',
        '1754917408879',
      ],
    ],
    [
      'Source',
      ['SMS', 'API', 'sdk', 'WHATSAPP', 'WhatsApp', 'NEW_CHANNEL'],
      ['S M S', 'SMS1', 'x'.repeat(33), 'é'],
    ],
    [
      'Attributes',
      ['{}', '[1]', '"x"', '7', '-7', 'null', 'true', ' {}', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
      ['{', 'x', "{'a':1}", '{}x', 'undefined'],
    ],
    [
      'Media',
      ['[]', `[{"Sid":"ME${digits}","ContentType":"image/png"}]`],
      [
        '{}',
        'null',
        '[',
        '[{}]',
        '[null]',
        `[{"Sid":"ME${digits}"}]`,
        '[{"Sid":"ME1","ContentType":"a/b"}]',
        `[{"Sid":"xME${digits}","ContentType":"a/b"}]`,
        `[{"Sid":"ME${digits}0","ContentType":"a/b"}]`,
        `[{"Sid":"ME${digits}","ContentType":"a/b","Size":"1"}]`,
        `[{"Sid":"ME${digits}","ContentType":"a/b","Filename":1}]`,
      ],
    ],
  ])('checks %s from end to end', (field, good, bad) => {
    for (const value of good) expect(parseEvent(withParam(sms, field, value)).kind, value).toBe('event');
    for (const value of bad) {
      expect(parseEvent(withParam(sms, field, value)), value).toEqual({ kind: 'malformed', reason: field });
    }
  });

  it.each<[sample: string, field: string, good: string[], bad: string[]]>([
    ['onMessageRemoved', 'DateRemoved', ['2026-08-11T13:03:28Z'], ['yesterday']],
    ['onMessageUpdated', 'DateUpdated', ['2026-08-11T13:03:28Z'], ['yesterday']],
    ['onConversationStateUpdated', 'StateFrom', ['active', 'archived'], ['a b', '1']],
    ['onConversationStateUpdated', 'StateTo', ['closed', 'archived'], ['a b', '1']],
    ['onConversationStateUpdated', 'StateUpdated', ['2026-08-11T13:03:28Z'], ['now']],
    ['onConversationStateUpdated', 'Reason', ['API', 'TIMER', 'OTHER'], ['a b']],
    ['onConversationAdded', 'State', ['initializing', 'inactive', 'archived'], ['a b']],
    [
      'onConversationAdded',
      'MessagingBinding.Address',
      ['+15550100', 'a@example.com', 'messenger:123'],
      ['a b', 'x'.repeat(321), '+1MessagingBinding.Address+2'],
    ],
    ['onConversationAdded', 'MessagingBinding.AuthorAddress', ['+15550100'], ['a b']],
    ['onConversationAdded', 'MessagingBinding.ProjectedAddress', ['+15550100'], ['a b']],
    ['onConversationAdded', 'MessagingBinding.ProxyAddress', ['+15550100'], ['a b']],
    ['onParticipantAdded', 'MessagingBinding.Type', ['SMS', 'CHAT', 'NEW'], ['a b']],
    ['onParticipantAdded', 'RoleSid', [`RL${digits}`], ['RL1']],
    ['onParticipantUpdated', 'LastReadMessageIndex', ['0', '7'], ['-1']],
    ['onDeliveryUpdated', 'DeliveryReceiptSid', [`DY${digits}`], ['DY1']],
    ['onDeliveryUpdated', 'ChannelMessageSid', [`SM${digits}`, `WA${digits}`], [`S1${digits}`, 'SM1']],
    ['onDeliveryUpdated', 'Status', ['sent', 'read', 'queued'], ['a b']],
    ['onDeliveryUpdated', 'ErrorCode', ['63016'], ['none']],
    ['onUserUpdated', 'UserSid', [`US${digits}`], ['US1']],
    ['onUserUpdated', 'isOnline', ['true', 'false'], ['yes', 'True']],
    ['onUserUpdated', 'isNotifiable', ['true', 'false'], ['1']],
  ])('checks, in %s, %s', (sample, field, good, bad) => {
    for (const value of good)
      expect(parseEvent(withParam(paramsOf(sample), field, value)).kind).toBe('event');
    for (const value of bad) {
      const parsed = parseEvent(withParam(paramsOf(sample), field, value));
      expect(parsed, value).toEqual({ kind: 'malformed', reason: field });
    }
  });

  it('reads numbers and truth as such', () => {
    expect(accepted(withParam(paramsOf('onUserUpdated'), 'isOnline', 'false'))).toMatchObject({
      isOnline: false,
    });
    expect(accepted(withParam(paramsOf('onUserUpdated'), 'isOnline', 'true'))).toMatchObject({
      isOnline: true,
    });
    expect(accepted(withParam(sms, 'Index', '007'))).toMatchObject({ Index: 7 });
  });

  it('reads media with and without name and size, and drops what Twilio may add to it', () => {
    const Sid = `ME${digits}`;
    const media = [
      { Sid, ContentType: 'image/png', Filename: null, Size: null, New: 1 },
      { Sid, ContentType: 'image/png', Filename: '', Size: 0 },
    ];
    expect((accepted(withParam(sms, 'Media', JSON.stringify(media))) as MessageAdded).Media).toEqual([
      { Sid, ContentType: 'image/png' },
      { Sid, ContentType: 'image/png', Filename: '', Size: 0 },
    ]);
  });

  it('keeps a __proto__ in Attributes where it is', () => {
    const event = accepted(withParam(sms, 'Attributes', '{"__proto__":{"parley":1}}'));
    expect((event as MessageAdded).Attributes).not.toHaveProperty('parley');
  });

  it.each([
    ['an event Twilio has added since', 'onMessageTranslated'],
    ['a property of objects', 'toString'],
    ['__proto__', '__proto__'],
  ])('calls %s unknown, whatever else it carries', (_, EventType) => {
    expect(parseEvent(toParams({ EventType }))).toEqual({ kind: 'unknown' });
    expect(parseEvent(withParam(sms, 'EventType', EventType))).toEqual({ kind: 'unknown' });
    expect(parseEvent(toParams({ EventType, 'MessagingBinding.Address': ['+1', '+2'] })).kind).toBe(
      'unknown',
    );
  });

  it.each([
    '',
    ' ',
    '1Body',
    'Bo dy',
    'Body\n',
    'Bödy',
    '_Body',
    'Body[]',
    'Body-Text',
    '"a"',
    `B${'o'.repeat(64)}`,
  ])('takes the parameter name %j for one that Twilio has added', (name) => {
    expect(parseEvent(withParam(sms, name, 'x'))).toMatchObject({
      kind: 'event',
      event: EVENTS['onMessageAdded.sms'],
    });
  });

  it.each(['Zed', 'New.Parameter', 'newParameter', 'X1', `Z${'o'.repeat(63)}`])(
    'ignores the unknown parameter %s',
    (name) => {
      const expected = { kind: 'event', event: EVENTS['onMessageAdded.sms'], doubtful: false };
      expect(parseEvent(withParam(sms, name, 'anything'))).toEqual(expected);
      expect(parseEvent(withParam(sms, name, 'a', 'b'))).toEqual(expected);
    },
  );
});

describe('a repeated parameter', () => {
  const refused = { kind: 'refused', reason: 'repeated_parameter' };

  it.each(samples)('is refused in %s, whichever it is', (_, event) => {
    const params = eventParams(event);
    for (const name of eventFields(event.EventType)) {
      if (name === 'MessagingBinding.Address') continue;
      const value = params.get(name)?.[0] ?? 'x';
      expect(parseEvent(withParam(params, name, value, value)), name).toEqual(refused);
      expect(parseEvent(withParam(params, name, value, 'other')), name).toEqual(refused);
    }
  });

  it('is refused where another event would carry it, and in events we do not know', () => {
    expect(parseEvent(withParam(sms, 'MessagingBinding.Address', '+1', '+2'))).toEqual(refused);
    expect(parseEvent(withParam(sms, 'FriendlyName', 'a', 'b'))).toEqual(refused);
    expect(parseEvent(toParams({ EventType: ['onMessageAdded', 'onNew'] }))).toEqual(refused);
    expect(parseEvent(toParams({ EventType: 'onNew', Body: ['a', 'b'] }))).toEqual(refused);
  });

  it.each(['onConversationAdded', 'onConversationAdd', 'onParticipantAdd', 'onParticipantRemoved'])(
    'may be an address of a group in %s: sorted, each once, as it is signed',
    (sample) => {
      const params = withParam(
        paramsOf(sample),
        'MessagingBinding.Address',
        '+15550102',
        '+15550101',
        '+15550102',
        '',
      );
      expect(accepted(params)).toMatchObject({ 'MessagingBinding.Address': ['+15550101', '+15550102'] });
    },
  );
});
