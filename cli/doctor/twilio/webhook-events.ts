import { parleyLine } from '../../stage/suggest.ts';
import { type Check, type Finding, problem, unseen, warning } from '../check.ts';
import { ourWebhooks } from './our-webhooks.ts';
import { setWebhook } from './set-webhook.ts';

export const webhookEvents: Check = {
  id: 'webhook-events',
  what: 'The webhook is sent for the events that the rules answer, for receipts, and for nothing else',
  why: 'What is not sent no rule can answer; what nobody answers costs a request each time.',
  run: async (look) => {
    const [expected, ours] = await Promise.all([look.events(), ourWebhooks(look)]);
    if (expected === undefined) return [unseen('bot/rules.yaml has problems: npx parley rules check.')];
    const fix = parleyLine('webhooks set', look.stage);
    const found = ours.map(async ({ sid, filters }): Promise<readonly Finding[]> => {
      const missing = expected.filter((name) => !filters?.includes(name));
      const idle = (filters ?? []).filter((name) => !expected.includes(name));
      const repair = await setWebhook(look, sid);
      return [
        ...(missing.length === 0
          ? []
          : [problem(`The webhook of ${sid} is not sent for ${missing.join(', ')}.`, fix, repair)]),
        ...(idle.length === 0
          ? []
          : [warning(`The webhook of ${sid} is sent for ${idle.join(', ')} too.`, fix, repair)]),
      ];
    });
    return (await Promise.all(found)).flat();
  },
};
