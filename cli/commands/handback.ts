import { DONE, defineCommand, FAILED, type Terminal } from '../command.ts';
import { several } from '../option.ts';
import { change, statusOf } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
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
    failed: 'it has not heard of one yet, or somebody said no',
  },
  run: async (values, terminal) => {
    needSome('conversations', values.conversations, 'the SID of a conversation');
    return withStage(values, (stage) => handBackIn(stage, values, terminal));
  },
});

type Values = ChangeValues & { readonly conversations: readonly string[]; readonly json: boolean };

/** What `handback` does in a stage that is open. */
export async function handBackIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { handBack } = await import('../handback/hand-back.ts');
  const sids = [...new Set(values.conversations)];
  const changed = await change(stage, values, terminal, {
    command: 'handback',
    items: sids.map((sid) => `Give ${sid} back to the bot.`),
    act: async () => {
      const given = [];
      for (const sid of sids) given.push({ conversationSid: sid, isHeard: await handBack(stage, sid) });
      return given;
    },
  });
  const given = changed.ended === 'done' ? changed.result : [];
  if (values.json) {
    terminal.out(JSON.stringify({ ended: changed.ended, conversations: given }));
  } else {
    for (const { conversationSid, isHeard } of given) {
      terminal.out(isHeard ? `${conversationSid}: the bot has it back.` : unheard(conversationSid));
    }
  }
  if (changed.ended !== 'done') return statusOf(changed);
  return given.every(({ isHeard }) => isHeard) ? DONE : FAILED;
}

function unheard(conversationSid: string): string {
  return `${conversationSid}: its Attributes say so, and the bot has not heard of it yet. It hears of it by onConversationUpdated: npx parley webhooks set has Twilio tell it.`;
}
