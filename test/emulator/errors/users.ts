import { type Row, repeat } from './scene.ts';

export const USERS: readonly Row[] = [
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
