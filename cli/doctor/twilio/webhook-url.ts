import { isOneOf } from '../../../lib/reconcile/same-url.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { showUrl } from '../../webhooks/show-url.ts';
import { type Check, type Finding, problem } from '../check.ts';
import type { Look } from '../look.ts';
import { setWebhook } from './set-webhook.ts';

export const webhookUrl: Check = {
  id: 'webhook-url',
  what: 'The service’s webhook is PUBLIC_URL, to the letter',
  why: 'Signatures cover the address letter by letter, and what goes elsewhere never comes here.',
  run: async (look) => {
    if (look.isScoped) return [];
    return (await Promise.all(look.serviceSids.map((sid) => lookAt(look, sid)))).flat();
  },
};

async function lookAt(look: Look, sid: string): Promise<readonly Finding[]> {
  const { stage, serviceWebhooks, accountWebhooks, publicUrls } = look;
  const [{ post_webhook_url: own }, { post_webhook_url: ofAccount }] = await Promise.all([
    serviceWebhooks(sid),
    accountWebhooks(),
  ]);
  const url = own || ofAccount;
  if (url && publicUrls.includes(url)) return [];
  const fix = parleyLine('webhooks set', stage);
  if (!url)
    return [problem(`${sid} has no webhook, and neither has the account.`, fix, await setWebhook(look, sid))];
  const level = own ? `of ${sid}` : 'of the account';
  // Another address may be another bot's, from whom nobody should take it without a thought.
  return isOneOf(publicUrls, url)
    ? [
        problem(
          `The webhook ${level} is ${showUrl(url)}, which is not PUBLIC_URL to the letter.`,
          fix,
          await setWebhook(look, sid),
        ),
      ]
    : [problem(`The webhook ${level} is ${showUrl(url)}, and not PUBLIC_URL.`, fix)];
}
