import type { Stage } from '../../cli/stage/stage.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { NO_FAULTS } from './fault-load.ts';
import type { Written } from './oracle.ts';
import { KIND, writeAsCustomer } from './people.ts';
import { repliesTo } from './replies.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { stageOfWorld } from './stage-of-world.ts';
import { createWorld } from './world.ts';

const MINUTE = 60_000;

/** A customer has written `one 0`, `two 1` and `one 2`, all were answered, and twenty minutes went by. */
export async function answeredWorld() {
  const scheduler = createScheduler(seededRandom(1));
  const world = createWorld({ scheduler, load: NO_FAULTS, trace: () => undefined });
  const written: Written[] = [];
  await scheduler.run(EPOCH + MINUTE);
  const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  for (const kind of [KIND.one, KIND.two, KIND.one]) {
    await writeAsCustomer({ world, scheduler, conversationSid, written, trace: () => undefined }, kind);
    await scheduler.run(scheduler.now() + MINUTE);
  }
  await scheduler.run(scheduler.now() + 20 * MINUTE);
  const messages = `/Conversations/${conversationSid}/Messages`;
  const stage = stageOfWorld(world, scheduler);
  return {
    world,
    conversationSid,
    sids: written.map(({ sid }) => sid),
    stage,
    /** Takes the answer to the message with this number away from Twilio. */
    takeAway: async (n: number) => {
      for (const { sid } of repliesTo(world, { sid: written[n]?.sid ?? '' }))
        await world.program.request('DELETE', `${messages}/${sid}`);
    },
    /** Has the bot answer the message with this number once more, as a customer sees it. */
    answerAgain: (n: number, form: Readonly<Record<string, string>> = {}) => {
      const [reply] = repliesTo(world, { sid: written[n]?.sid ?? '' });
      const Attributes = reply?.attributes ?? '';
      return world.program.request('POST', messages, {
        Author: 'parley',
        Body: 'again',
        Attributes,
        ...form,
      });
    },
  };
}

/** The stage, whose table has other records of its messages; undefined: none. */
export function recorded(
  stage: Stage,
  change: (sid: string, record: MessageRecord) => MessageRecord | undefined,
): Stage {
  const table: Stage['table'] = {
    ...stage.table,
    list: async <T>(pk: string, limit: number) => {
      const items = await stage.table.list<T>(pk, limit);
      return items.flatMap(([key, item]) => {
        const [type, sid = ''] = key.sk.split('|');
        if (type !== 'onMessageAdded') return [[key, item] as const];
        const value = change(sid, item.value as MessageRecord) as T | undefined;
        return value === undefined ? [] : [[key, { ...item, value }] as const];
      });
    },
  };
  return { ...stage, table };
}
