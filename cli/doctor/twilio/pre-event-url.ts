import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

export const preEventUrl: Check = {
  id: 'pre-event-url',
  what: 'Nobody is asked before a message is published',
  why: 'A pre-event webhook that fails, or answers late, keeps or delays what customers write; parley does not take part in that.',
  run: async ({ stage, serviceSids, serviceWebhooks, accountWebhooks }) => {
    const drop = parleyLine('webhooks set --drop-pre-event', stage);
    const services = await Promise.all(
      serviceSids.map(async (sid) => [`of ${sid}`, await serviceWebhooks(sid), drop] as const),
    );
    const isShadowed = services.every(([, { post_webhook_url: url }]) => url);
    // The account's is of other services too: nobody should take it away without a thought.
    const page = 'https://www.twilio.com/docs/conversations/conversations-webhooks';
    const all = isShadowed
      ? services
      : [...services, ['of the account', await accountWebhooks(), page] as const];
    return all.flatMap(([level, { pre_webhook_url: url }, fix]) =>
      url ? [problem(`The configuration ${level} has a pre-event URL.`, fix)] : [],
    );
  },
};
