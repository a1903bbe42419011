import { sidPattern } from '../../lib/sid.ts';
import { DONE, defineCommand, MISUSED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { option, type Value } from '../option.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';
import { sidOf } from '../values.ts';

const messageOrConversation: Value<string> = {
  name: 'SID',
  expected: 'the SID of a message or a conversation: IM or CH, and 32 hexadecimal digits',
  read: (given) => (sidPattern('(?:IM|CH)').test(given) ? given : undefined),
};

/** `parley explain IM… [CH…]`, `parley explain CH…` */
export const explain = defineCommand({
  name: 'explain',
  summary: 'Say what became of a message, or how a conversation stands, and what to do about it.',
  operands: {
    sid: option('a message, the bot’s answers among them, or a conversation', messageOrConversation),
    conversation: option(
      'the conversation of the message, so that it need not be looked for',
      sidOf('CH', 'a conversation'),
    ),
  },
  options: stageOptions,
  examples: [
    ['parley explain IM0123456789abcdef0123456789abcdef --stage prod', 'why somebody has no answer'],
    ['parley explain CH0123456789abcdef0123456789abcdef', 'how a conversation stands'],
  ],
  exits: {
    done: 'it is explained, whatever became of it',
    failed: 'nobody knows of it, or it could not be looked at',
  },
  run: async ({ sid, conversation, ...values }, { cwd, out }) => {
    if (sid === undefined)
      throw new CommandError(MISUSED, `SID is missing: expected ${messageOrConversation.expected}.`);
    if (conversation !== undefined && !sid.startsWith('IM'))
      throw new CommandError(MISUSED, 'Expected one conversation, or a message and its conversation.');
    const { explainIn } = await import('../explain/explain-in.ts');
    const { shown, json } = await withStage(values, (stage) => explainIn(stage, sid, conversation, cwd));
    if (values.json) out(JSON.stringify(json));
    else for (const line of shown) out(line);
    return DONE;
  },
});
