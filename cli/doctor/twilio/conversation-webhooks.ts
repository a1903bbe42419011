import { isOneOf } from '../../../lib/reconcile/same-url.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, type Finding, problem, warning } from '../check.ts';
import { SAMPLED } from '../recent-conversations.ts';

export const conversationWebhooks: Check = {
  id: 'conversation-webhooks',
  what: `The newest conversations (${SAMPLED} of each service) have no webhook that doubles the service’s, and no Studio flow`,
  why: 'A message that comes twice costs twice, and a flow answers beside the bot.',
  run: async ({ stage, recent, publicUrls, isScoped }) =>
    (await recent()).flatMap(({ conversationSid, webhooks }): readonly Finding[] => {
      const isOurs = webhooks.some(({ configuration }) => isOneOf(publicUrls, configuration?.url ?? ''));
      const isStudio = webhooks.some(({ target }) => target === 'studio');
      const at = `--level conversation --conversation ${conversationSid}`;
      return [
        ...(isOurs && !isScoped
          ? [
              warning(
                `${conversationSid} has a webhook that leads here too.`,
                parleyLine(`webhooks unset ${at}`, stage),
              ),
            ]
          : []),
        ...(!isOurs && isScoped
          ? [
              problem(
                `${conversationSid} has no webhook that leads here, and WEBHOOK_WIRING is conversation.`,
                parleyLine(`webhooks set ${at}`, stage),
              ),
            ]
          : []),
        ...(isStudio
          ? [
              warning(
                `A Studio flow answers in ${conversationSid} too.`,
                parleyLine(`mute ${conversationSid}`, stage),
              ),
            ]
          : []),
      ];
    }),
};
