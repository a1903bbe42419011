import { defineCommand, type Terminal } from '../command.ts';
import type { HandedBack } from '../handback/hand-back.ts';
import { several } from '../option.ts';
import { changeEach } from '../stage/change-each.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { parleyLine } from '../stage/suggest.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { needSome, sidOf } from '../values.ts';

/** `parley handback CH…` */
export const handback = defineCommand({
  name: 'handback',
  summary: 'Give conversations back to the bot that were handed over to a person.',
  options: { ...stageOptions, ...changeOptions },
  operands: { conversations: several('which', sidOf('CH', 'a conversation')) },
  examples: [
    [
      'parley handback --stage prod --reason "Dana has gone home" CH00000000000000000000000000000000',
      'so that the bot answers again',
    ],
  ],
  exits: {
    done: 'the bot has them back',
    failed: 'there is no such conversation, or somebody said no',
  },
  run: async (values, terminal) => {
    needSome('A conversation', values.conversations, 'the SID of a conversation');
    return withStage(values, (stage) => handBackIn(stage, values, terminal));
  },
});

type Values = ChangeValues & { readonly conversations: readonly string[]; readonly json: boolean };

/** What `handback` does in a stage that is open. */
export async function handBackIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { handBack } = await import('../handback/hand-back.ts');
  const sids = [...new Set(values.conversations)];
  const changed = await changeEach(stage, values, terminal, {
    command: 'handback',
    steps: sids.map((sid) => ({
      order: `Give ${sid} back to the bot.`,
      act: async () => ({ conversationSid: sid, by: await handBack(stage, sid) }),
    })),
  });
  const conversations = 'result' in changed ? changed.result : [];
  const says: Readonly<Record<HandedBack, string>> = {
    heard: 'the bot has it back.',
    table: `the bot has it back, by its table: Twilio did not tell it of onConversationUpdated. So that it does: ${parleyLine('webhooks set', stage)}`,
    unknown: 'the bot knows nothing of it, so there was nothing to give back.',
  };
  if (!values.json)
    for (const { conversationSid, by } of conversations) terminal.out(`${conversationSid}: ${says[by]}`);
  return tellChanged(changed, values, terminal, { conversations });
}
