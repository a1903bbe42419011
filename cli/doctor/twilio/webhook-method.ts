import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';
import { ourWebhooks } from './our-webhooks.ts';
import { setWebhook } from './set-webhook.ts';

export const webhookMethod: Check = {
  id: 'webhook-method',
  what: 'The webhook is sent by POST',
  why: 'A GET is answered with 405 or 404, and what it told is lost.',
  run: async (look) => {
    const ours = await ourWebhooks(look);
    const wrong = ours.filter(({ method }) => (method ?? 'POST').toUpperCase() !== 'POST');
    const found = wrong.map(async ({ sid, method }) =>
      problem(
        `The webhook of ${sid} is sent by ${method}: expected POST.`,
        parleyLine('webhooks set', look.stage),
        await setWebhook(look, sid),
      ),
    );
    return Promise.all(found);
  },
};
