import type { Guard } from './guard.ts';

export const muted: Guard = {
  reason: 'muted',
  says: 'The other side kept answering within seconds, as machines do, so the bot is quiet for a while (MUTE_SECONDS); or an operator has muted it (parley mute).',
  stops: ({ now, conversation: { mutedUntil } }) => mutedUntil > now,
};
