import type { Guard } from './guard.ts';

export const off: Guard = {
  reason: 'off',
  says: 'The bot is switched off, by BOT_MODE or by an operator (parley mode).',
  stops: ({ mode }) => mode === 'off',
};
