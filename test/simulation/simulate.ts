import type { Random } from '../../lib/ports.ts';
import { drawFaultLoad, type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { judge, type Verdict, type Written } from './oracle.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { createWorld, type SimulatedWorld } from './world.ts';

export interface SimulateOptions {
  /** Instead of what the seed draws. */
  readonly load?: FaultLoad;
  /** Most messages of customers in all. @default 8 */
  readonly maxMessages?: number;
  readonly trace?: (line: string) => void;
}

export interface History extends Verdict {
  readonly seed: number;
  readonly messages: number;
  /** Steps of the scheduler. */
  readonly steps: number;
}

const MINUTE = 60_000;
/** Faults and customers both stop after at most this. */
const TROUBLE_MS = 8 * MINUTE;
/** From then on everything must come to rest within this. */
const QUIET_MS = 60 * MINUTE;

/** One seed: customers write, everything fails, the faults stop, and what customers see is judged. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<History> {
  const random = seededRandom(seed);
  const scheduler = createScheduler(random);
  const trace = (line: string) => options.trace?.(`${((scheduler.now() - EPOCH) / 1000).toFixed(3)} ${line}`);
  const load = options.load ?? drawFaultLoad(random);
  const world = createWorld({ scheduler, load, trace });
  const written: Written[] = [];
  // Until the first reconcile has run there is no installation, and what was written before is nobody's.
  await scheduler.run(EPOCH + MINUTE);
  world.setFaults(load);

  let left = 1 + Math.floor(random() * (options.maxMessages ?? 8));
  const conversations = 1 + Math.floor(random() * 3);
  for (let c = 0; c < conversations; c += 1) {
    const { conversation } = await world.service.customer.startConversation({
      channel: random() < 0.7 ? 'whatsapp' : 'sms',
    });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const mine = c === conversations - 1 ? left : Math.floor(random() * (left + 1));
    left -= mine;
    let at = random() * MINUTE;
    for (let n = 0; n < mine; n += 1) {
      at += random() < 0.3 ? random() * 50 : 1_000 + random() * MINUTE;
      scheduler.after(
        Math.min(at, TROUBLE_MS),
        () => void write(world, random, conversationSid, written, trace),
      );
    }
  }
  for (let swap = 0; swap < load.versionSwaps; swap += 1) {
    scheduler.after(random() * TROUBLE_MS, () => world.setVersion(swap % 2 === 0 ? 'B' : 'A'));
  }
  if (load.rotateToken) scheduler.after(random() * TROUBLE_MS, () => void world.rotateToken());

  await scheduler.run(EPOCH + MINUTE + TROUBLE_MS);
  trace('the faults stop');
  world.setFaults(NO_FAULTS);
  await scheduler.run(EPOCH + MINUTE + TROUBLE_MS + QUIET_MS);
  const verdict = await judge(world, written);
  return { ...verdict, seed, messages: written.length, steps: scheduler.steps };
}

/** Somebody writes: mostly the customer, sometimes an agent, or another program over REST. */
async function write(
  world: SimulatedWorld,
  random: Random,
  conversationSid: string,
  written: Written[],
  trace: (line: string) => void,
): Promise<void> {
  const number = written.length;
  const draw = random();
  const agent = draw > 0.85;
  const kind = ['one', 'one', 'two', 'two', 'nothing', 'ignored'][Math.floor(random() * 6)] as string;
  const body = kind === 'ignored' ? kind : `${kind} ${number}`;
  const resource = await world.service.customer.write({
    conversationSid,
    body,
    ...(agent ? { author: 'agent-ana' } : {}),
  });
  const due = agent ? 0 : kind === 'one' ? 1 : kind === 'two' ? 2 : 0;
  const outcome = agent || kind === 'ignored' ? 'suppressed' : kind === 'nothing' ? 'no_rule' : 'replied';
  const index = Number(resource['index']);
  written.push({ sid: String(resource['sid']), index, conversationSid, body, due, outcome });
  trace(`${agent ? 'the agent' : 'the customer'} writes "${body}" (index ${index})`);
}
