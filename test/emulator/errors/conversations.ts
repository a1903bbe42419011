import { fault, json, long, type Row, sid } from './scene.ts';

export const CONVERSATIONS: readonly Row[] = [
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
    'conversation attributes that are not JSON',
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
    'an inactive timer that is not a duration',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Inactive': '1m' }),
  ],
  [
    50380,
    'a closed timer that is not a duration',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Closed': 'PT' }),
  ],
  [
    50382,
    'timers without a state',
    ({ post, base }) => post(`${base}/Conversations`, { 'Timers.Closed': 'PT10M' }),
  ],
  [
    50382,
    'timers without a state, with participants',
    ({ post, base }) => post(`${base}/ConversationWithParticipants`, { 'Timers.Inactive': 'PT1M' }),
  ],
  [
    50386,
    'a change before a conversation is ready',
    ({ post, initializing }) => post(initializing, { State: 'active' }),
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
];
