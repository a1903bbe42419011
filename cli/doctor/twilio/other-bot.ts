import { readMarker } from '../../../lib/event/marker.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';
import { SAMPLED } from '../recent-conversations.ts';

export const otherBot: Check = {
  id: 'other-bot',
  what: `No other parley answers in the newest conversations (${SAMPLED} of each service)`,
  why: 'Two bots on one service answer everything twice.',
  run: async ({ stage, recent, botAuthor }) => {
    const others = (await recent()).filter(({ messages }) =>
      messages.some(({ author, attributes }) => author !== botAuthor && isReply(author, attributes)),
    );
    return others.map(({ conversationSid }) =>
      problem(
        `Another parley answered in ${conversationSid}: its author is not BOT_AUTHOR.`,
        parleyLine(`explain ${conversationSid}`, stage),
      ),
    );
  },
};

/** Anybody can put any Attributes on what they write in a chat; a program that reads ours has an author of its own. */
function isReply(author: string | null, attributes: string): boolean {
  return author !== null && readMarker(attributes) !== undefined;
}
