import { defineCommand } from '../command.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { levelOptions } from '../webhooks/webhook-options.ts';

/** `parley webhooks unset` */
export const unset = defineCommand({
  name: 'unset',
  summary: 'Put webhooks back to what they were before "set"; without that, take away those that lead here.',
  options: { ...levelOptions, ...stageOptions, ...changeOptions },
  examples: [
    ['parley webhooks unset --stage prod --dry-run', 'where they would lead'],
    ['parley webhooks unset --stage prod --reason "back to the old bot"', 'of the service'],
  ],
  exits: { done: 'they lead elsewhere', failed: 'somebody said no, or Twilio refused' },
  run: async (values, terminal) => {
    const { changeWebhooks } = await import('../webhooks/change-webhooks.ts');
    const { planUnset, planUnsetInConversation } = await import('../webhooks/plan-unset.ts');
    return changeWebhooks(values, terminal, {
      command: 'webhooks unset',
      atLevel: (look, level) => planUnset(look.stage, level, look.publicUrls),
      inConversation: (look, address) => planUnsetInConversation(look.stage, address, look.publicUrls),
    });
  },
});
