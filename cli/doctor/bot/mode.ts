import { type Check, warning } from '../check.ts';

export const mode: Check = {
  id: 'mode',
  what: 'The bot is live',
  why: 'Otherwise it answers nobody, which may be just what you want.',
  run: async ({ stage, flags }) => {
    const set = stage.settings.reply['BOT_MODE'] || 'live';
    return set === 'live' ? [] : [warning(`BOT_MODE is ${set}.`, `npm run deploy -- ${flags}`)];
  },
};
