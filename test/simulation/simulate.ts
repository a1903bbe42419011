import { createHash } from 'node:crypto';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { drawFaultLoad, type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { judge, spooled, type Verdict, type Written } from './oracle.ts';
import { writeSomething } from './people.ts';
import { createScheduler, EPOCH, type Scheduler, seededRandom } from './scheduler.ts';
import { createWorld, type SimulatedWorld } from './world.ts';

export interface SimulateOptions {
  /** Changes what the seed draws, as when a failing seed is shrunk. */
  readonly adjust?: (drawn: FaultLoad) => FaultLoad;
  /** Most messages in all. @default 8 */
  readonly maxMessages?: number;
  readonly trace?: (line: string) => void;
}

export interface History extends Verdict {
  readonly seed: number;
  readonly load: FaultLoad;
  readonly messages: number;
  /** Steps of the scheduler. */
  readonly steps: number;
  /** Messages that went back to the queue. */
  readonly retries: number;
  /** Of everything that was said, logged and stored: the same seed has the same. */
  readonly hash: string;
}

const MINUTE = 60_000;
/** Faults and people both stop after at most this. */
const TROUBLE_MS = 8 * MINUTE;
/** From then on everything must come to rest within this. */
const QUIET_MS = 60 * MINUTE;
/** Two runs of the reconciler, and the latest redelivery. */
const LOOK_EVERY_MS = 12 * MINUTE;

const SETTINGS = {
  // The faults last for minutes; nothing may become stale for them.
  REPLY_MAX_AGE_SECONDS: '86400',
  // Budgets have a simulation of their own.
  REPLIES_PER_MINUTE: '1000',
  REPLIES_PER_HOUR: '10000',
  REPLIES_PER_DAY: '10000',
};

/** One seed: people write, everything fails, the faults stop, and what customers see is judged. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<History> {
  const random = seededRandom(seed);
  const scheduler = createScheduler(random);
  const trace = (line: string) => options.trace?.(`${((scheduler.now() - EPOCH) / 1000).toFixed(3)} ${line}`);
  const drawn = drawFaultLoad(random);
  const load = options.adjust?.(drawn) ?? drawn;
  const world = createWorld({ scheduler, load, trace, environment: SETTINGS });
  const written: Written[] = [];
  // Until the first reconcile has run there is no installation, and what was written before is nobody's.
  await scheduler.run(EPOCH + MINUTE);
  world.setFaults(load);

  let left = 1 + Math.floor(random() * (options.maxMessages ?? 8));
  const conversations = 1 + Math.floor(random() * 3);
  for (let c = 0; c < conversations; c += 1) {
    const channel = random() < 0.7 ? 'whatsapp' : 'sms';
    const { conversation } = await world.service.customer.startConversation({ channel });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const mine = c === conversations - 1 ? left : Math.floor(random() * (left + 1));
    left -= mine;
    let at = random() * MINUTE;
    for (let n = 0; n < mine; n += 1) {
      at += random() < 0.3 ? random() * 50 : 1_000 + random() * MINUTE;
      const occasion = { world, scheduler, conversationSid, written, trace };
      scheduler.after(Math.min(at, TROUBLE_MS), () => void writeSomething(occasion));
    }
  }
  for (let swap = 0; swap < load.versionSwaps; swap += 1) {
    scheduler.after(random() * TROUBLE_MS, () => world.setVersion(swap % 2 === 0 ? 'B' : 'A'));
  }
  if (load.rotateToken) {
    await world.addToken();
    // Secrets are kept for five minutes.
    scheduler.after(6 * MINUTE + random() * 2 * MINUTE, () => void world.promoteToken());
  }

  await scheduler.run(EPOCH + MINUTE + TROUBLE_MS);
  trace('the faults stop');
  world.setFaults(NO_FAULTS);
  const end = scheduler.now() + QUIET_MS;
  do await scheduler.run(Math.min(end, scheduler.now() + LOOK_EVERY_MS));
  while (scheduler.now() < end && !(await isAtRest(world, written)));
  const verdict = await judge(world, written);
  const retries = world.logs.filter((line) => line.includes('"handed back to the queue"')).length;
  const hash = hashOf(world, scheduler);
  return { ...verdict, seed, load, messages: written.length, steps: scheduler.steps, retries, hash };
}

export async function isAtRest(world: SimulatedWorld, written: readonly Written[]): Promise<boolean> {
  if (world.queue.size() > 0 || spooled(world) > 0) return false;
  for (const { conversationSid: pk, sid, outcome } of written) {
    const record = await world.store.get<MessageRecord>({ pk, sk: `onMessageAdded|${sid}` });
    if (record?.value.finished === undefined && !outcome.includes('none')) return false;
  }
  return true;
}

function hashOf({ logs, shown, store }: SimulatedWorld, { steps }: Scheduler): string {
  const all = JSON.stringify([logs, shown, store.items(), steps]);
  return createHash('sha256').update(all).digest('hex').slice(0, 16);
}
