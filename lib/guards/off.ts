import type { Guard } from './guard.ts';

export const off: Guard = {
  reason: 'off',
  says: 'BOT_MODE is off.',
  stops: ({ mode }) => mode === 'off',
};
