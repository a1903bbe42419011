import { isSid } from '../../lib/sid.ts';
import { defineCommand, FAILED, type Terminal } from '../command.ts';
import type { ForgottenAll, ForgottenPart } from '../forget/forget-all.ts';
import { several, type Value } from '../option.ts';
import { plural } from '../plural.ts';
import { change, type Stopped } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { type ChangeValues, changeOptions, stageOptions } from '../stage/stage-options.ts';
import { tellChanged } from '../stage/tell-changed.ts';
import { needSome } from '../values.ts';

const WHO = 'an address such as whatsapp:+15550100, a chat identity, or the SID of a conversation';

/** Any text may be an identity, but the SID of something else is a slip. */
const whoever: Value<string> = {
  name: 'who',
  expected: WHO,
  read: (given) =>
    given.trim() === '' || (/^[A-Z]{2}[0-9a-f]{32}$/.test(given) && !isSid('CH', given)) ? undefined : given,
};

/** `parley forget ADDRESS·CH…` */
export const forget = defineCommand({
  name: 'forget',
  summary: 'Erase what the bot knows of a person, in its table, its queue and its spool, and say what stays.',
  operands: { who: several(WHO, whoever) },
  options: { ...stageOptions, ...changeOptions },
  examples: [
    ['parley forget whatsapp:+15550100 --stage prod --reason "request of 29 November"', 'by address'],
    ['parley forget CH00000000000000000000000000000000 --stage prod --dry-run', 'what it would do'],
  ],
  exits: {
    done: 'nothing is left but what it names',
    failed: 'there is no such conversation, some is left, or somebody said no',
  },
  run: async (values, terminal) => {
    needSome('Who to forget', values.who, WHO);
    return withStage(values, (stage) => forgetIn(stage, values, terminal));
  },
});

type Values = ChangeValues & { readonly who: readonly string[]; readonly json: boolean };

/** What `forget` does in a stage that is open. */
export async function forgetIn(stage: Stage, values: Values, terminal: Terminal): Promise<number> {
  const { findConversations } = await import('../forget/find-conversations.ts');
  const { forgetAll } = await import('../forget/forget-all.ts');
  const found = new Set<string>();
  for (const who of values.who) for (const sid of await findConversations(stage, who)) found.add(sid);
  const sids = [...found];
  if (sids.length === 0) {
    if (values.json) terminal.out(JSON.stringify({ ended: 'nothing', ...NOTHING }));
    else
      terminal.err(
        'Twilio knows no conversation in which they take part. Name the SIDs of those that they have left.',
      );
    return FAILED;
  }
  const changed = await change(stage, values, terminal, {
    command: 'forget',
    items: sids.map(orderFor),
    asksAlways: true,
    act: async () => {
      const { all, failure } = await forgetAll(stage, sids);
      return { result: all, stopped: failure && stoppedAt(sids, all, failure) };
    },
  });
  if (!('result' in changed)) return tellChanged(changed, values, terminal, NOTHING);
  const done = changed.result;
  if (!values.json) tell(stage, done, terminal);
  if (changed.ended === 'done' && !done.isWhole)
    terminal.err('Something was written there again each time, so some of it is left: run this again.');
  const unknown = done.conversations.filter(({ isKnown }) => !isKnown);
  for (const { conversationSid } of unknown)
    terminal.err(`Nobody knows of ${conversationSid}, neither this stage nor Twilio: is it another one?`);
  const status = tellChanged(changed, values, terminal, done);
  return done.isWhole && unknown.length === 0 ? status : FAILED;
}

function orderFor(sid: string): string {
  return `Forget ${sid}: what was said, asked, remembered, and who wrote.`;
}

function stoppedAt(
  sids: readonly string[],
  { conversations }: ForgottenAll,
  { conversationSid: failed, error }: NonNullable<ForgottenPart['failure']>,
): Stopped {
  const over = sids.filter(
    (sid) => sid !== failed && conversations.some(({ conversationSid }) => conversationSid === sid),
  );
  return {
    done: over.map(orderFor),
    failed: orderFor(failed),
    error,
    notTried: sids.filter((sid) => sid !== failed && !over.includes(sid)).map(orderFor),
  };
}

const NOTHING: Omit<ForgottenAll, 'isWhole'> = { conversations: [], queued: 0 };

function tell(stage: Stage, { conversations, queued }: ForgottenAll, { out }: Terminal): void {
  for (const { conversationSid, erased, damaged } of conversations) {
    const unread = damaged === 0 ? '' : `, of which ${damaged} could not be read`;
    out(`${conversationSid}: ${plural(erased, 'item')} erased${unread}.`);
  }
  out('What stays:');
  const { aws } = stage;
  for (const line of [
    'SIDs of messages and how each ended, until 30 days after it came: so that none is answered twice.',
    ...(aws === undefined
      ? ["This world's own page, and the file of --state: they show all that was written in it."]
      : [
          'The log: SIDs, for 30 days; and no text, address or name.',
          `The table as it was, for 35 days, in the point-in-time recovery of ${stage.settings.reply['TABLE_NAME']}.`,
        ]),
    ...(queued === 0
      ? []
      : [
          `The queue has ${plural(queued, 'message')}, and whose is not to be seen. Theirs end at their next delivery, within an hour: run this again then.`,
        ]),
    'Twilio itself, until you delete it there: twilio api:conversations:v1:services:conversations:remove with --chat-service-sid and --sid; a chat user with …:services:users:remove.',
    'What they left before they were named: an address finds only the conversations in which they still take part.',
  ])
    out(`  - ${line}`);
  out('Whoever writes there again is new to the bot.');
}
