import type { FaultInput } from '../../emulator/index.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { BOT_AUTHOR } from './account.ts';
import { NO_FAULTS } from './fault-load.ts';
import { judge, type Written } from './oracle.ts';
import { KIND, writeAsCustomer } from './people.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { isAtRest } from './simulate.ts';
import { createWorld } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Outage {
  readonly problems: readonly string[];
  readonly deadLetters: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Most replies in any minute from the end of the outage on, in all conversations together. */
  readonly burst: number;
  /** The oldest message, in milliseconds, that was still answered. */
  readonly oldest: number;
}

/** Twilio's API is down for `hours`, in one way, while customers go on writing every ten minutes or so. */
export async function simulateOutage(fault: FaultInput, hours: number, seed = 1): Promise<Outage> {
  const random = seededRandom(seed);
  const scheduler = createScheduler(random);
  const world = createWorld({ scheduler, load: NO_FAULTS, trace: () => undefined });
  const written: Written[] = [];
  const writtenAt = new Map<string, number>();
  const trace = () => undefined;
  await scheduler.run(EPOCH + MINUTE);
  for (let c = 0; c < 3; c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    for (let at = random() * 10 * MINUTE; at < (hours + 1) * HOUR; at += (2 + random() * 16) * MINUTE) {
      scheduler.after(at, () => {
        void writeAsCustomer({ world, scheduler, conversationSid, written, trace }, KIND.one).then(() => {
          writtenAt.set(written.at(-1)?.sid ?? '', scheduler.now());
        });
      });
    }
  }
  const down = scheduler.now() + 20 * MINUTE;
  await scheduler.run(down);
  world.service.faults.arm({ ...fault, times: null, share: 1, path: '/v1/' } as FaultInput);
  await scheduler.run(down + hours * HOUR);
  world.service.faults.clear();
  const up = scheduler.now();
  const end = up + 3 * HOUR;
  do await scheduler.run(scheduler.now() + 15 * MINUTE);
  while (scheduler.now() < end && !(scheduler.now() > up + HOUR && (await isAtRest(world, written))));

  const outcomes: Record<string, number> = {};
  const due: Written[] = [];
  for (const message of written) {
    const key = { pk: message.conversationSid, sk: `onMessageAdded|${message.sid}` };
    const record = (await world.store.get<MessageRecord>(key))?.value;
    const outcome = record?.finished?.outcome ?? (record ? 'in flight' : 'none');
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    due.push(outcome === 'stale' ? { ...message, due: 0, outcome } : message);
  }
  const replies = world.shown.filter(({ author }) => author === BOT_AUTHOR);
  const after = replies.filter(({ at }) => at >= up).map(({ at }) => at);
  const burst = Math.max(
    0,
    ...after.map((from) => after.filter((at) => at >= from && at < from + MINUTE).length),
  );
  const oldest = Math.max(
    0,
    ...replies.map(({ at, attributes }) => {
      const subject = (JSON.parse(attributes) as { parley: { in_reply_to: string } }).parley.in_reply_to;
      return at - (writtenAt.get(subject) ?? at);
    }),
  );
  const { problems } = await judge(world, due);
  return { problems, deadLetters: world.queue.deadLetters.length, outcomes, burst, oldest };
}
