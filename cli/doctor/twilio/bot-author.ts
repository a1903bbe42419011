import { findUser } from '../../../lib/twilio/services.ts';
import { deployLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

export const botAuthor: Check = {
  id: 'bot-author',
  what: 'Nobody who writes by Twilio’s SDK has the identity BOT_AUTHOR',
  why: 'What they write counts as the bot’s own, and is never answered.',
  run: async ({ stage, serviceSids, botAuthor: identity }) => {
    const asked = serviceSids.map(async (sid) => [sid, await findUser(stage.twilio, sid, identity)] as const);
    return (await Promise.all(asked)).flatMap(([sid, user]) =>
      user === undefined
        ? []
        : [problem(`The user ${user.sid} of ${sid} has the identity BOT_AUTHOR.`, deployLine(stage))],
    );
  },
};
