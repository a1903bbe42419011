import { conversationKey } from '../../lib/record/keys.ts';
import { defineCommand, FAILED, type Terminal } from '../command.ts';
import { option, several } from '../option.ts';
import { changeEach } from '../stage/change-each.ts';
import { findAddress } from '../stage/find-address.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { durationUpTo, needSome, sidOf } from '../values.ts';

const DAY_MS = 86_400_000;
const conversations = several('which', sidOf('CH', 'a conversation'));
const EXAMPLE = 'CH00000000000000000000000000000000';

/** `parley mute CH…` */
export const mute = defineCommand({
  name: 'mute',
  summary: 'Keep the bot quiet in conversations for a while.',
  operands: { conversations },
  options: {
    for: option('how long (default: a day)', durationUpTo(30 * DAY_MS, '30d')),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    [`parley mute ${EXAMPLE} --for 2h --stage prod --reason "a loop"`, 'stop the bot in one conversation'],
  ],
  exits: { done: 'they are muted', failed: 'there is no such conversation, or somebody said no' },
  run: async (values, terminal) => {
    needSome('A conversation', values.conversations, 'the SID of a conversation');
    return withStage(values, (stage) => muteIn(stage, { ...values, for: values.for ?? DAY_MS }, terminal));
  },
});

/** `parley unmute CH…` */
export const unmute = defineCommand({
  name: 'unmute',
  summary: 'Let the bot speak again in conversations that an operator or a loop has muted.',
  operands: { conversations },
  options: { ...stageOptions, ...changeOptions },
  examples: [
    [`parley unmute ${EXAMPLE} --stage prod --reason "the other bot is gone"`, 'let it speak there again'],
  ],
  exits: { done: 'they are not muted any more', failed: 'nothing is known of one, or somebody said no' },
  run: async (values, terminal) => {
    needSome('A conversation', values.conversations, 'the SID of a conversation');
    return withStage(values, (stage) => muteIn(stage, { ...values, for: 0 }, terminal));
  },
});

type Values = ChangeValues & {
  readonly conversations: readonly string[];
  /** Milliseconds from now; 0 ends it. */
  readonly for: number;
  readonly json: boolean;
};

/** What `mute` and `unmute` do in a stage that is open. */
export async function muteIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { muteConversation, unmuteConversation } = await import('../../lib/record/by-hand.ts');
  const ports = { store: stage.table, clock: stage.clock };
  const until = values.for === 0 ? undefined : stage.clock.now() + values.for;
  const sids = [...new Set(values.conversations)];
  const changed = await changeEach(stage, values, terminal, {
    command: until === undefined ? 'unmute' : 'mute',
    steps: sids.map((conversationSid) => ({
      order:
        until === undefined
          ? `Unmute ${conversationSid}.`
          : `Mute ${conversationSid} until ${new Date(until).toISOString()}.`,
      act: async () => {
        // A slip in a SID would leave a loop running, while somebody believes it is muted.
        if (until !== undefined && (await stage.table.get(conversationKey(conversationSid))) === undefined)
          await findAddress(stage, conversationSid);
        const state =
          until === undefined
            ? await unmuteConversation(ports, conversationSid)
            : await muteConversation(ports, conversationSid, until);
        return { conversationSid, mutedUntil: state?.mutedUntil ?? null };
      },
    })),
  });
  const conversations = 'result' in changed ? changed.result : [];
  const unknown = conversations.filter(({ mutedUntil }) => mutedUntil === null);
  for (const { conversationSid } of unknown)
    terminal.err(`Nothing is known of ${conversationSid} in this stage, so nothing mutes it.`);
  const status = tellChanged(changed, values, terminal, { conversations });
  return unknown.length === 0 ? status : FAILED;
}
