import { DONE, defineCommand } from '../command.ts';
import { option } from '../option.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';
import { sidOf } from '../values.ts';

/** `parley webhooks show` */
export const show = defineCommand({
  name: 'show',
  summary: 'Show where Twilio sends webhooks: of the account, of the service, and of a conversation.',
  options: {
    ...stageOptions,
    conversation: option('show those of this conversation too', sidOf('CH', 'a conversation')),
  },
  examples: [
    ['parley webhooks show --stage prod', 'the account’s and the service’s'],
    [`parley webhooks show --stage prod --conversation CH${'0'.repeat(32)}`, 'and those of one conversation'],
  ],
  exits: { done: 'they are shown', failed: 'the stage or Twilio cannot be asked' },
  run: ({ conversation, ...values }, { cwd, out }) =>
    withStage(values, async (stage) => {
      const { lookAtStage } = await import('../doctor/look.ts');
      const { readConversationLevel, readLevels, showLevel } = await import('../webhooks/levels.ts');
      const { serviceOfConversation } = await import('../webhooks/service-of-conversation.ts');
      const { serviceSids } = lookAtStage(stage, cwd);
      const levels = [...(await readLevels(stage, serviceSids))];
      if (conversation !== undefined) {
        const serviceSid = await serviceOfConversation(stage, conversation, serviceSids);
        levels.push(...(await readConversationLevel(stage, { serviceSid, conversationSid: conversation })));
      }
      if (values.json) out(JSON.stringify({ webhooks: levels }));
      else for (const line of levels.flatMap(showLevel)) out(line);
      return DONE;
    }),
});
