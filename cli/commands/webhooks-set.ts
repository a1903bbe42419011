import { defineCommand, FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { flag } from '../option.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { levelOptions } from '../webhooks/webhook-options.ts';

/** `parley webhooks set` */
export const set = defineCommand({
  name: 'set',
  summary:
    'Point webhooks at PUBLIC_URL, for the events that the rules answer and for receipts; keep what was before.',
  options: {
    ...levelOptions,
    dropPreEvent: flag('take away who is asked before something happens'),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    ['parley webhooks set --stage prod --dry-run', 'what would be different'],
    ['parley webhooks set --stage prod --reason "first deployment"', 'of the service'],
    [
      `parley webhooks set --stage prod --level conversation --conversation CH${'0'.repeat(32)} --reason "a trial"`,
      'of one conversation',
    ],
  ],
  exits: { done: 'they are so', failed: 'somebody is asked first, or said no, or Twilio refused' },
  run: async (values, terminal) => {
    const { changeWebhooks } = await import('../webhooks/change-webhooks.ts');
    const { planSet, planSetInConversation } = await import('../webhooks/plan-set.ts');
    return changeWebhooks(values, terminal, {
      command: 'webhooks set',
      atLevel: async (look, level) =>
        planSet(look.stage, level, { ...(await wantedOf(look)), dropsPreEvent: values.dropPreEvent }),
      inConversation: async (look, address) =>
        planSetInConversation(look.stage, address, await wantedOf(look)),
    });
  },
});

interface Wanting {
  readonly publicUrls: readonly string[];
  readonly events: () => Promise<readonly string[] | undefined>;
}

async function wantedOf({ publicUrls: [url = ''], events }: Wanting) {
  const filters = await events();
  if (filters !== undefined) return { url, method: 'POST', filters };
  throw new CommandError(
    FAILED,
    'bot/rules.yaml has problems, so nobody can say which events it answers: npx parley rules check.',
  );
}
