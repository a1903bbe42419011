import { type Check, problem } from '../check.ts';

export const preEventUrl: Check = {
  id: 'pre-event-url',
  what: 'Nobody is asked before a message is published',
  why: 'A pre-event webhook that fails, or answers late, keeps or delays what customers write; parley does not take part in that.',
  run: async ({ serviceSids, serviceWebhooks, accountWebhooks }) => {
    const services = await Promise.all(
      serviceSids.map(async (sid) => [`of ${sid}`, await serviceWebhooks(sid)] as const),
    );
    const isShadowed = services.every(([, { post_webhook_url: url }]) => url);
    const all = isShadowed ? services : [...services, ['of the account', await accountWebhooks()] as const];
    return all.flatMap(([level, { pre_webhook_url: url }]) =>
      url
        ? [
            problem(
              `The configuration ${level} has a pre-event URL.`,
              'https://www.twilio.com/docs/conversations/conversations-webhooks',
            ),
          ]
        : [],
    );
  },
};
