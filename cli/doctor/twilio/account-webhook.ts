import { isOneOf } from '../../../lib/reconcile/same-url.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, warning } from '../check.ts';

export const accountWebhook: Check = {
  id: 'account-webhook',
  what: 'The account’s webhook does not lead here beside the service’s',
  why: 'It sends what happens in other services too, which is refused here, and rings.',
  run: async ({ stage, serviceSids, serviceWebhooks, accountWebhooks, publicUrls }) => {
    const { post_webhook_url: url } = await accountWebhooks();
    const services = await Promise.all(serviceSids.map((sid) => serviceWebhooks(sid)));
    const isBeside = services.some(({ post_webhook_url: own }) => own);
    return url && isBeside && isOneOf(publicUrls, url)
      ? [
          warning(
            'The account’s webhook leads here as well.',
            parleyLine('webhooks unset --level account', stage),
          ),
        ]
      : [];
  },
};
