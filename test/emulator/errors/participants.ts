import { address, fault, json, long, type Row, repeat, sid } from './scene.ts';

const GROUP = [
  '{"messaging_binding":{"address":"+15550002"}}',
  '{"messaging_binding":{"address":"+15550003"}}',
  '{"messaging_binding":{"projected_address":"+15550100"}}',
];

export const PARTICIPANTS: readonly Row[] = [
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
    'a proxy that is not an address',
    ({ post, chat }) => post(`${chat}/Participants`, address('+15550002', 'hello')),
  ],
  [
    50409,
    'the same address twice',
    ({ post, chat }) => post(`${chat}/Participants`, address('+15550100', '+15550100')),
  ],
  [
    50412,
    'an empty proxy address',
    ({ post, chat }) => post(`${chat}/Participants`, address('+15550002', '')),
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
    'a number that is not a WhatsApp sender',
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
  [50418, 'more people on channels than the account may have', (scene) => fault(scene, 50418)],
  [
    50436,
    'the eleventh of a group MMS',
    ({ post, chat }) => repeat(11, (n) => post(`${chat}/Participants`, address(`+1555000${1000 + n}`))),
  ],
  [
    50426,
    'eleven participants at once',
    ({ post, base }) =>
      post(`${base}/ConversationWithParticipants`, {
        Participant: Array.from({ length: 11 }, (_, n) => `{"identity":"p${n}"}`),
      }),
  ],
  [
    50434,
    'somebody without a projected address in a group MMS',
    async ({ post, chat }) => {
      await post(`${chat}/Participants`, address('+15550002'));
      return post(`${chat}/Participants`, { Identity: 'agent' });
    },
  ],
  [
    50434,
    'a group MMS made with somebody who has no projected address',
    ({ post, base }) =>
      post(`${base}/ConversationWithParticipants`, { Participant: [...GROUP, '{"identity":"agent"}'] }),
  ],
  [
    50438,
    'the same group for the second time',
    ({ post, base }) =>
      repeat(2, () => post(`${base}/ConversationWithParticipants`, { Participant: GROUP.toReversed() })),
  ],
  [
    50438,
    'a member who makes a group the same as another',
    async ({ post, base, chat }) => {
      await post(`${base}/ConversationWithParticipants`, { Participant: GROUP });
      await post(`${chat}/Participants`, address('+15550002'));
      await post(`${chat}/Participants`, address('+15550003'));
      return post(`${chat}/Participants`, { 'MessagingBinding.ProjectedAddress': '+15550100' });
    },
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
  [
    50437,
    'a group member’s pair for the second time',
    async ({ post, chat }) => {
      await post(`${chat}/Participants`, address('+15550002'));
      return repeat(2, () => post(`${chat}/Participants`, address('+15550003', '+15550100')));
    },
  ],
  [
    50437,
    'a projected identity for the second time',
    ({ post, chat }) =>
      repeat(2, () =>
        post(`${chat}/Participants`, { Identity: 'agent', 'MessagingBinding.ProjectedAddress': '+15550100' }),
      ),
  ],
  ...(
    [
      [50421, 'a read index below zero', { LastReadMessageIndex: '-1' }],
      [50516, 'a read index that is not a number', { LastReadMessageIndex: 'last' }],
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
];
