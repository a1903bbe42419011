import { MODE_KEY } from '../../../lib/record/keys.ts';
import { modeAt } from '../../../lib/record/mode.ts';
import { deployLine, parleyLine } from '../../stage/suggest.ts';
import { type Check, warning } from '../check.ts';

export const mode: Check = {
  id: 'mode',
  what: 'The bot is live',
  why: 'Otherwise it answers nobody, which may be just what you want.',
  run: async ({ stage }) => {
    const set = stage.settings.reply['BOT_MODE'] || 'live';
    const pressed = modeAt((await stage.table.get(MODE_KEY))?.value, stage.clock.now());
    return [
      ...(set === 'live' ? [] : [warning(`BOT_MODE is ${set}.`, deployLine(stage))]),
      ...(pressed === 'live'
        ? []
        : [warning(`Somebody has set the bot to ${pressed}.`, parleyLine('mode live', stage))]),
    ];
  },
};
