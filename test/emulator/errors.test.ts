import { describe, expect, it } from 'vitest';
import { ERROR_TABLE } from '../../emulator/error-table.ts';
import { type Form, type RestAnswer, startService, type TestService } from './start-service.ts';

/** Where a refused request is tried: a WhatsApp conversation, a chat, and one of each state. */
interface Scene {
  readonly service: TestService;
  readonly base: string;
  /** A customer on WhatsApp who has written. */
  readonly whatsapp: string;
  /** Nobody is in it. */
  readonly chat: string;
  readonly closed: string;
  readonly initializing: string;
  /** A message with media in `chat`. */
  readonly mediaMessage: string;
  readonly usedMedia: string;
  readonly text: string;
  readonly carousel: string;
  post(path: string, form?: Form): Promise<RestAnswer>;
  get(path: string): Promise<RestAnswer>;
}

async function setScene(): Promise<Scene> {
  const service = startService({
    settings: { ownedAddresses: ['+15550100', 'whatsapp:+15550100', 'whatsapp:+15550101'] },
  });
  const base = `/v1/Services/${service.serviceSid}`;
  const post = (path: string, form: Form = {}) => service.rest('POST', path, form);
  const make = async (form: Form) =>
    `${base}/Conversations/${(await post(`${base}/Conversations`, form)).body.sid}`;
  const { conversation } = await service.customer.startConversation({
    channel: 'whatsapp',
    author: '+15550001',
    proxyAddress: '+15550100',
    uniqueName: 'taken',
  });
  await service.customer.write({ conversationSid: String(conversation['sid']), body: 'Hello' });
  const chat = await make({});
  const closed = await make({});
  await post(closed, { State: 'closed' });
  const upload = await service.handle({
    method: 'POST',
    url: `${base}/Media`,
    headers: { authorization: service.authorization, 'content-type': 'image/png' },
    body: new Uint8Array(10),
  });
  const { sid: usedMedia } = JSON.parse(new TextDecoder().decode(upload.body));
  const withMedia = await post(`${chat}/Messages`, { MediaSid: usedMedia });
  return {
    service,
    base,
    whatsapp: `${base}/Conversations/${conversation['sid']}`,
    chat,
    closed,
    initializing: await make({ State: 'initializing' }),
    mediaMessage: `${chat}/Messages/${withMedia.body.sid}`,
    usedMedia,
    text: service.addContent({ language: 'en', types: { 'twilio/text': { body: 'Hello {{1}}' } } }),
    carousel: service.addContent({ language: 'en', types: { 'twilio/carousel': { body: 'x', cards: [] } } }),
    post,
    get: (path) => service.rest('GET', path),
  };
}

type Code = keyof typeof ERROR_TABLE;
type Row = readonly [code: Code, how: string, provoke: (scene: Scene) => Promise<RestAnswer>];

const sid = (prefix: string) => prefix + '0'.repeat(32);
const long = (length: number) => 'x'.repeat(length);
const json = (bytes: number) => JSON.stringify(long(bytes));
const HOOK = {
  Target: 'webhook',
  'Configuration.Url': 'https://example.com',
  'Configuration.Filters': 'onMessageAdded',
};
const address = (value: string, proxy?: string): Form => ({
  'MessagingBinding.Address': value,
  ...(proxy === undefined ? {} : { 'MessagingBinding.ProxyAddress': proxy }),
});
async function repeat(times: number, request: (n: number) => Promise<RestAnswer>): Promise<RestAnswer> {
  let answer = await request(0);
  for (let n = 1; n < times; n += 1) answer = await request(n);
  return answer;
}
const fault = async (scene: Scene, code: Code, request = () => scene.post(`${scene.chat}/Messages`)) => {
  scene.service.faults.arm({ kind: 'error', code });
  return request();
};

/** Every row of Twilio's limits and error codes that a client can provoke. */
const ROWS: readonly Row[] = [
  // Generic
  [19038, 'a page token that is no number', ({ get, chat }) => get(`${chat}/Messages?PageToken=-1`)],
  [20001, 'a page size of nothing', ({ get, chat }) => get(`${chat}/Messages?PageSize=0`)],
  [20001, 'a page size that is no number', ({ get, chat }) => get(`${chat}/Messages?PageSize=ten`)],
  [20001, 'an order of its own', ({ get, chat }) => get(`${chat}/Messages?Order=newest`)],
  [20001, 'a start date that is none', ({ get, base }) => get(`${base}/Conversations?StartDate=today`)],
  [
    20001,
    'a subject of 257 characters',
    ({ post, chat }) => post(`${chat}/Messages`, { Subject: long(257) }),
  ],
  [20001, 'a template that is no JSON', ({ post }) => post('/v1/Content', { Body: 'x' })],
  [
    20003,
    'a wrong token',
    ({ service, base }) => service.rest('GET', base, {}, { authorization: 'Basic eDp5' }),
  ],
  [20004, 'a method there is not', ({ service, base }) => service.rest('PUT', `${base}/Conversations`)],
  [20161, 'a message update that says nothing', ({ post, mediaMessage }) => post(mediaMessage)],
  [
    20161,
    'a message update that may not be',
    ({ post, mediaMessage }) => post(mediaMessage, { ContentSid: sid('HX') }),
  ],
  [20161, 'a conversation update that says nothing', ({ post, chat }) => post(chat)],
  [20404, 'a path there is not', ({ get }) => get('/v1/Nothing')],
  [20404, 'a service there is not', ({ get }) => get(`/v1/Services/${sid('IS')}`)],
  [20404, 'a conversation there is not', ({ get, base }) => get(`${base}/Conversations/${sid('CH')}`)],
  [20404, 'a message there is not', ({ get, chat }) => get(`${chat}/Messages/${sid('IM')}`)],
  [20404, 'a participant there is not', ({ get, chat }) => get(`${chat}/Participants/${sid('MB')}`)],
  [20404, 'a webhook there is not', ({ get, chat }) => get(`${chat}/Webhooks/${sid('WH')}`)],
  [20404, 'a receipt there is not', ({ get, mediaMessage }) => get(`${mediaMessage}/Receipts/${sid('DY')}`)],
  [20404, 'a template there is not', ({ get }) => get(`/v1/Content/${sid('HX')}`)],
  [20429, 'too much at once', (scene) => fault(scene, 20429)],
  [20500, 'a failure at Twilio', (scene) => fault(scene, 20500)],
  [20503, 'an outage at Twilio', (scene) => fault(scene, 20503)],
  [50063, 'the 31st message within a second', ({ post, chat }) => repeat(31, () => post(`${chat}/Messages`))],
  [
    50063,
    'the 31st conversation within a second',
    ({ post, base }) => repeat(31, () => post(`${base}/Conversations`)),
  ],
  [50074, 'too much of everybody', (scene) => fault(scene, 50074)],
  // Conversations
  [
    50003,
    'a friendly name of 257 characters',
    ({ post, base }) => post(`${base}/Conversations`, { FriendlyName: long(257) }),
  ],
  [
    50004,
    'a unique name of 257 characters',
    ({ post, base }) => post(`${base}/Conversations`, { UniqueName: long(257) }),
  ],
  [
    50050,
    'a default service there is not',
    ({ post }) => post('/v1/Configuration', { DefaultChatServiceSid: sid('IS') }),
  ],
  [
    50303,
    'conversation attributes over 16 KB',
    ({ post, base }) => post(`${base}/Conversations`, { Attributes: json(16_384) }),
  ],
  [
    50304,
    'conversation attributes that are no JSON',
    ({ post, base }) => post(`${base}/Conversations`, { Attributes: '{' }),
  ],
  [
    50308,
    'a creation date that is none',
    ({ post, base }) => post(`${base}/Conversations`, { DateCreated: 'today' }),
  ],
  [
    50309,
    'an update date that is none',
    ({ post, base }) => post(`${base}/Conversations`, { DateUpdated: '2015-13-01T00:00:00Z' }),
  ],
  [
    50341,
    'a messaging service SID that is none',
    ({ post, base }) => post(`${base}/Conversations`, { MessagingServiceSid: 'MG1' }),
  ],
  [
    50353,
    'a unique name that is taken',
    ({ post, base }) => post(`${base}/Conversations`, { UniqueName: 'taken' }),
  ],
  [50353, 'taking a name by an update', ({ post, chat }) => post(chat, { UniqueName: 'taken' })],
  [
    50375,
    'an inactive timer under a minute',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Inactive': 'PT59S' }),
  ],
  [
    50376,
    'a closed timer under ten minutes',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Closed': 'PT9M59S' }),
  ],
  [
    50377,
    'a message to a closed conversation',
    ({ post, closed }) => post(`${closed}/Messages`, { Body: 'x' }),
  ],
  [
    50377,
    'a participant of a closed conversation',
    ({ post, closed }) => post(`${closed}/Participants`, { Identity: 'x' }),
  ],
  [50377, 'opening a closed conversation', ({ post, closed }) => post(closed, { State: 'active' })],
  [50378, 'a state there is not', ({ post, base }) => post(`${base}/Conversations`, { State: 'open' })],
  [50378, 'a list of a state there is not', ({ get, base }) => get(`${base}/Conversations?State=open`)],
  [
    50379,
    'an inactive timer that is no duration',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Inactive': '1m' }),
  ],
  [
    50380,
    'a closed timer that is no duration',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Closed': 'PT' }),
  ],
  [
    50384,
    'a conversation that begins closed',
    ({ post, base }) => post(`${base}/Conversations`, { State: 'closed' }),
  ],
  [
    50386,
    'a message before a conversation is ready',
    ({ post, initializing }) => post(`${initializing}/Messages`),
  ],
  [
    50390,
    'a unique name like a SID',
    ({ post, base }) => post(`${base}/Conversations`, { UniqueName: sid('CH') }),
  ],
  [
    50391,
    'a change at the same time',
    (scene) => fault(scene, 50391, () => scene.post(scene.chat, { State: 'inactive' })),
  ],
  // Messages
  [
    50303,
    'message attributes over 4 KB',
    ({ post, chat }) => post(`${chat}/Messages`, { Attributes: json(4096) }),
  ],
  [
    50304,
    'message attributes that are no JSON',
    ({ post, chat }) => post(`${chat}/Messages`, { Attributes: '{a}' }),
  ],
  [
    50308,
    'a message’s creation date that is none',
    ({ post, chat }) => post(`${chat}/Messages`, { DateCreated: '2015' }),
  ],
  [
    50309,
    'a message’s update date that is none',
    ({ post, chat }) => post(`${chat}/Messages`, { DateUpdated: '2015' }),
  ],
  [50310, 'an author of 257 characters', ({ post, chat }) => post(`${chat}/Messages`, { Author: long(257) })],
  [
    50503,
    'an empty message, where the setting refuses it',
    ({ service, post, chat }) => {
      service.changeSettings({ emptyMessage: 'refuse' });
      return post(`${chat}/Messages`);
    },
  ],
  [50504, 'more than 32 KB to a chat', ({ post, chat }) => post(`${chat}/Messages`, { Body: long(32_769) })],
  [
    50504,
    '1,601 characters to WhatsApp',
    ({ post, whatsapp }) => post(`${whatsapp}/Messages`, { Body: long(1601) }),
  ],
  [50507, 'media there is not', ({ post, chat }) => post(`${chat}/Messages`, { MediaSid: sid('ME') })],
  [
    50508,
    'media for the second time',
    ({ post, chat, usedMedia }) => post(`${chat}/Messages`, { MediaSid: usedMedia }),
  ],
  [50509, 'another body for a media message', ({ post, mediaMessage }) => post(mediaMessage, { Body: 'x' })],
  [50510, 'a media SID that is none', ({ post, chat }) => post(`${chat}/Messages`, { MediaSid: 'ME1' })],
  [
    50511,
    'media of no type',
    ({ service, base }) => service.rest('POST', `${base}/Media`, { a: 'b' }, { 'content-type': '?' }),
  ],
  [
    50513,
    'a stranger in a group MMS',
    async ({ post, chat }) => {
      await post(`${chat}/Participants`, address('+15550002'));
      return post(`${chat}/Messages`, { Author: 'stranger' });
    },
  ],
  [
    50514,
    'an edit at the same time',
    (scene) => fault(scene, 50514, () => scene.post(scene.mediaMessage, { Author: 'x' })),
  ],
  [50530, 'channel metadata', ({ get, mediaMessage }) => get(`${mediaMessage}/ChannelMetadata`)],
  [
    50512,
    'media over 150 MB',
    async ({ service, base }) => {
      const { status, body } = await service.handle({
        method: 'POST',
        url: `${base}/Media`,
        headers: { authorization: service.authorization, 'content-type': 'image/png' },
        body: new Uint8Array(150 * 1024 * 1024 + 1),
      });
      return { status, headers: {}, body: JSON.parse(new TextDecoder().decode(body)) };
    },
  ],
  // Content
  [50526, 'a content SID that is none', ({ post, chat }) => post(`${chat}/Messages`, { ContentSid: 'HX1' })],
  [50526, 'a template nobody made', ({ post, chat }) => post(`${chat}/Messages`, { ContentSid: sid('HX') })],
  ...['[]', '7', '"x"', 'null', '{', '{"1":}'].map(
    (text): Row => [
      50527,
      `variables ${text}`,
      ({ post, chat, text: ContentSid }) => post(`${chat}/Messages`, { ContentSid, ContentVariables: text }),
    ],
  ),
  [
    50528,
    'variables without a template',
    ({ post, chat }) => post(`${chat}/Messages`, { ContentVariables: '{}' }),
  ],
  ...(
    [
      [50529, 'variables of 27,802 characters', variables(99, 'k', long(255), 28_000)],
      [50540, 'a variable’s name of 17 characters', JSON.stringify({ [long(17)]: 'x' })],
      [50541, 'a variable of 257 characters', JSON.stringify({ 1: long(257) })],
      [92002, 'a hundred and one variables', variables(101, 'k', 'x')],
      [21656, 'a variable that is null', '{"1":null}'],
      [21656, 'a variable that is an object', '{"1":{}}'],
      [21656, 'a variable’s name with a space', '{"a b":"x"}'],
    ] as const
  ).map(
    ([code, how, text]): Row => [
      code,
      how,
      ({ post, chat, text: ContentSid }) => post(`${chat}/Messages`, { ContentSid, ContentVariables: text }),
    ],
  ),
  [50542, 'a carousel', ({ post, chat, carousel }) => post(`${chat}/Messages`, { ContentSid: carousel })],
  // Participants
  [
    50100,
    'a role there is not',
    ({ post, chat }) => post(`${chat}/Participants`, { Identity: 'x', RoleSid: sid('RL') }),
  ],
  [50204, 'nobody', ({ post, chat }) => post(`${chat}/Participants`)],
  [
    50205,
    'an identity of 257 characters',
    ({ post, chat }) => post(`${chat}/Participants`, { Identity: long(257) }),
  ],
  [
    50206,
    'an identity like a SID',
    ({ post, chat }) => post(`${chat}/Participants`, { Identity: sid('US') }),
  ],
  [
    50211,
    'an identity with an address',
    ({ post, chat }) => post(`${chat}/Participants`, { Identity: 'x', ...address('+15550002', '+15550100') }),
  ],
  [
    50303,
    'participant attributes over 4 KB',
    ({ post, chat }) => post(`${chat}/Participants`, { Identity: 'x', Attributes: json(4096) }),
  ],
  ...['hello', '15550002', '+0555', 'whatsapp:', 'whatsapp:hello', `+1555${long(300)}`].map(
    (value): Row => [
      50407,
      `the address ${value.slice(0, 20)}`,
      ({ post, chat }) => post(`${chat}/Participants`, address(value, '+15550100')),
    ],
  ),
  [
    50407,
    'a proxy without an address',
    ({ post, chat }) => post(`${chat}/Participants`, { 'MessagingBinding.ProxyAddress': '+15550100' }),
  ],
  [
    50408,
    'a proxy that is no address',
    ({ post, chat }) => post(`${chat}/Participants`, address('+15550002', 'hello')),
  ],
  [
    50409,
    'the same address twice',
    ({ post, chat }) => post(`${chat}/Participants`, address('+15550100', '+15550100')),
  ],
  [50411, 'an empty address', ({ post, chat }) => post(`${chat}/Participants`, address('', '+15550100'))],
  [
    50413,
    'a foreign number as proxy',
    ({ post, chat }) => post(`${chat}/Participants`, address('+15550002', '+15550999')),
  ],
  [
    50414,
    'addresses of two channels',
    ({ post, chat }) => post(`${chat}/Participants`, address('whatsapp:+15550002', '+15550100')),
  ],
  [
    50415,
    'a number that is no WhatsApp sender',
    ({ post, chat }) => post(`${chat}/Participants`, address('whatsapp:+15550002', 'whatsapp:+15550999')),
  ],
  [
    50416,
    'a pair that is in use',
    ({ post, chat }) => post(`${chat}/Participants`, address('whatsapp:+15550001', 'whatsapp:+15550100')),
  ],
  [
    50417,
    'the 1,001st participant',
    (scene) => repeat(1001, (n) => scene.post(`${scene.chat}/Participants`, { Identity: `p${n}` })),
  ],
  [
    50418,
    'the eleventh of a group MMS',
    ({ post, chat }) => repeat(11, (n) => post(`${chat}/Participants`, address(`+1555000${1000 + n}`))),
  ],
  [
    50422,
    'the 51st participant who is not on chat',
    ({ post, chat }) =>
      repeat(51, (n) => post(`${chat}/Participants`, address(`+1555000${1000 + n}`, '+15550100'))),
  ],
  [
    50425,
    'a pair in use, in bulk',
    ({ post, base }) =>
      post(`${base}/ConversationWithParticipants`, {
        Participant:
          '{"messaging_binding":{"address":"whatsapp:+15550001","proxy_address":"whatsapp:+15550100"}}',
      }),
  ],
  [
    50433,
    'an identity for the second time',
    ({ post, chat }) => repeat(2, () => post(`${chat}/Participants`, { Identity: 'x' })),
  ],
  [
    50437,
    'a group member for the second time',
    ({ post, chat }) => repeat(2, () => post(`${chat}/Participants`, address('+15550002'))),
  ],
  ...(
    [
      [50421, 'a read index below zero', { LastReadMessageIndex: '-1' }],
      [50516, 'a read index that is no number', { LastReadMessageIndex: 'last' }],
      [50440, 'no proxy to remove', { 'MessagingBinding.ProxyAddress': '' }],
      [50441, 'a proxy for an identity', { 'MessagingBinding.ProxyAddress': '+15550100' }],
      [50442, 'no projected address to remove', { 'MessagingBinding.ProjectedAddress': '' }],
      [50444, 'another identity', { Identity: 'other' }],
    ] as const
  ).map(
    ([code, how, form]): Row => [
      code,
      how,
      async ({ post, chat }) => {
        const { body } = await post(`${chat}/Participants`, { Identity: 'somebody' });
        return post(`${chat}/Participants/${body.sid}`, form);
      },
    ],
  ),
  [
    50443,
    'a projected address for a customer',
    async ({ post, get, whatsapp }) => {
      const { body } = await get(`${whatsapp}/Participants`);
      return post(`${whatsapp}/Participants/${body.participants[0].sid}`, {
        'MessagingBinding.ProjectedAddress': '+15550100',
      });
    },
  ],
  [50449, 'a participant changed at the same time', (scene) => fault(scene, 50449)],
  [50451, 'neither identity nor address', ({ get, base }) => get(`${base}/ParticipantConversations`)],
  [
    50451,
    'identity and address',
    ({ get, base }) => get(`${base}/ParticipantConversations?Identity=a&Address=b`),
  ],
  // Webhooks
  [50361, 'the sixth webhook', ({ post, chat }) => repeat(6, () => post(`${chat}/Webhooks`, HOOK))],
  [
    50362,
    'six triggers',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, {
        ...HOOK,
        Target: 'trigger',
        'Configuration.Triggers': ['a', 'b', 'c', 'd', 'e', 'f'],
      }),
  ],
  [50364, 'a target there is not', ({ post, chat }) => post(`${chat}/Webhooks`, { ...HOOK, Target: 'flex' })],
  [
    50365,
    'a pre-event for a conversation',
    ({ post, chat }) => post(`${chat}/Webhooks`, { ...HOOK, 'Configuration.Filters': 'onMessageAdd' }),
  ],
  [
    50366,
    'a trigger of 249 characters',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { ...HOOK, Target: 'trigger', 'Configuration.Triggers': long(249) }),
  ],
  [50367, 'Studio without a flow', ({ post, chat }) => post(`${chat}/Webhooks`, { Target: 'studio' })],
  [
    50368,
    'no target',
    ({ post, chat }) => post(`${chat}/Webhooks`, { 'Configuration.Url': 'https://example.com' }),
  ],
  [
    50369,
    'no URL',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { Target: 'webhook', 'Configuration.Filters': 'onMessageAdded' }),
  ],
  [
    50370,
    'no filter',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { Target: 'webhook', 'Configuration.Url': 'https://example.com' }),
  ],
  [
    50371,
    'no trigger',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { Target: 'trigger', 'Configuration.Url': 'https://example.com' }),
  ],
  [
    50372,
    'a URL of 513 characters',
    ({ post, chat }) =>
      post(`${chat}/Webhooks`, { ...HOOK, 'Configuration.Url': `https://example.com/${long(493)}` }),
  ],
  [
    50055,
    'a method there is not',
    ({ post, chat }) => post(`${chat}/Webhooks`, { ...HOOK, 'Configuration.Method': 'put' }),
  ],
  [
    50077,
    'a pre-event URL that is none',
    ({ post, base }) => post(`${base}/Configuration/Webhooks`, { PreWebhookUrl: 'example.com' }),
  ],
  [
    50078,
    'a post-event URL that is none',
    ({ post, base }) => post(`${base}/Configuration/Webhooks`, { PostWebhookUrl: 'ftp://example.com' }),
  ],
  [
    50065,
    'four retries',
    ({ service, post }) => post(`/v2/Services/${service.serviceSid}`, { PostWebhookRetryCount: '4' }),
  ],
  [
    50056,
    'what a pre-event webhook refuses',
    ({ service, chat }) => {
      service.changeSettings({ preWebhooksForRest: true });
      service.configureWebhooks({ PreWebhookUrl: 'https://example.com', Filters: ['onMessageAdd'] });
      service.answer(() => ({ status: 403, headers: {}, body: '' }));
      return service.rest('POST', `${chat}/Messages`, {}, { 'x-twilio-webhook-enabled': 'true' });
    },
  ],
  // Users, roles, services
  [
    50214,
    'the 1,001st conversation of a user',
    async ({ service, base, post }) => {
      service.changeSettings({ actionsPerSecond: null });
      return repeat(1001, async () => {
        const { body } = await post(`${base}/Conversations`);
        return post(`${base}/Conversations/${body.sid}/Participants`, { Identity: 'x' });
      });
    },
  ],
  [50000, 'a service without a name', ({ post }) => post('/v1/Services')],
  [
    50104,
    'a role without permissions',
    ({ post, base }) => post(`${base}/Roles`, { FriendlyName: 'x', Type: 'service' }),
  ],
  [
    50105,
    'a role of no type',
    ({ post, base }) => post(`${base}/Roles`, { FriendlyName: 'x', Type: 'x', Permission: 'y' }),
  ],
  [
    50201,
    'a user for the second time',
    ({ post, base }) => repeat(2, () => post(`${base}/Users`, { Identity: 'x' })),
  ],
  [
    50210,
    'a notification level there is not',
    async ({ post, base, chat }) => {
      await post(`${chat}/Participants`, { Identity: 'x' });
      return post(`${base}/Users/x${chat.slice(base.length)}`, { NotificationLevel: 'loud' });
    },
  ],
];

function variables(count: number, prefix: string, value: string, length = 0): string {
  const entries = Array.from({ length: count }, (_, n) => [`${prefix}${n}`, value]);
  return JSON.stringify(Object.fromEntries(entries)).padEnd(length);
}

describe('what Twilio refuses', () => {
  it('walks every code there is', () => {
    const walked = new Set(ROWS.map(([code]) => String(code)));
    expect(Object.keys(ERROR_TABLE).filter((code) => !walked.has(code))).toEqual([]);
  });

  it.each(ROWS)('%i: %s', async (code, _how, provoke) => {
    const scene = await setScene();
    const { status, body } = await provoke(scene);
    const [usual, text] = ERROR_TABLE[code];
    expect(body).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: usual,
    });
    expect(status).toBe(usual);
    expect(body.message.toLowerCase()).toContain(text.toLowerCase().split(' ').slice(0, 2).join(' '));
    expect(scene.service.told.filter(({ kind }) => kind === 'defect')).toEqual([]);
  });
});
