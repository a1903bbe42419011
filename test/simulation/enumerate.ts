import { startCalls } from './call-rules.ts';
import type { Chaos } from './chaos.ts';
import { NO_FAULTS } from './fault-load.ts';
import { afterDeaths, faultsAt, type Injection, injected, type Reach, type Site } from './inject.ts';
import { judge, type Written } from './oracle.ts';
import { KIND, writeAsCustomer } from './people.ts';
import { createScheduler, EPOCH, seededRandom } from './scheduler.ts';
import { isAtRest } from './simulate.ts';
import { STEP_BOOKS, STEP_KIND } from './step-rules.ts';
import { createWorld, type SimulatedWorld, type Version } from './world.ts';

/** A small case of which everything that can happen is tried. */
export interface SmallCase {
  /** Messages, written 30 ms apart in one conversation. */
  readonly messages: number;
  /** Parts of each reply. */
  readonly parts: 1 | 2;
  /** Most faults in one run. */
  readonly faults: 1 | 2;
  /**
   * Deliveries in each of which the process dies at once, before all that is tried: after one of them Twilio is asked
   * before anything is sent, after three the next leaves a mark. @default 0
   */
  readonly deaths?: 0 | 1 | 3;
  /** Each answer tags its message and invites two people as well, around its two parts. @default false */
  readonly steps?: boolean;
  /** Each answer comes from a handler, which asks a service. @default false */
  readonly handler?: boolean;
}

/** A share of a small case: of its first faults every `of`th from `share` on, of the second ones every `stride`th. */
export interface Share extends SmallCase {
  readonly share: number;
  readonly of: number;
  readonly stride: number;
}

export interface Enumerated {
  readonly runs: number;
  /** Of these, the ones with one fault. */
  readonly singles: number;
  readonly failures: readonly string[];
  /** What was called where a fault was tried, by whom, as `reply: put conversation`. */
  readonly calls: readonly string[];
}

const MINUTE = 60_000;
/** The reconciler's calls count too: it looks once in that time. */
const COUNTED_MS = 6 * MINUTE;
const QUIET_MS = 60 * MINUTE;

export async function enumerate(share: Share): Promise<Enumerated> {
  const failures: string[] = [];
  let [runs, tried] = [0, 0];
  const attempt = async (injections: readonly Injection[]): Promise<readonly Site[]> => {
    const { problems, sites } = await runCase(share, injections);
    runs += 1;
    if (problems.length > 0)
      failures.push(`${JSON.stringify({ ...share, injections })}: ${problems.join('; ')}`);
    return sites;
  };
  const sound = await attempt([]);
  const calls = [...new Set(sound.map(({ process, name }) => `${process}: ${name}`))];
  const singles = sound.flatMap((site, number) => faultsAt(number, site));
  let seconds = 0;
  for (const [position, first] of singles.entries()) {
    if (position % share.of !== share.share) continue;
    const sites = await attempt([first]);
    tried += 1;
    if (share.faults === 1) continue;
    for (const [number, site] of sites.entries()) {
      if (number <= first.site) continue;
      for (const second of faultsAt(number, site)) {
        seconds += 1;
        if (seconds % share.stride === 0) await attempt([first, second]);
      }
    }
  }
  return { runs, singles: tried, failures, calls };
}

/** One run with exactly these faults. */
async function runCase(
  { messages, parts, faults, deaths = 0, steps = false, handler = false }: SmallCase,
  injections: readonly Injection[],
  trace: (line: string) => void = () => undefined,
) {
  const scheduler = createScheduler(seededRandom(1));
  const chaos = injected(injections, reachOf({ messages, faults, steps }));
  const begin = () => {
    chaos.start();
    scheduler.after(COUNTED_MS, () => chaos.stop());
  };
  let dying: Chaos = chaos;
  const timed = (line: string) => trace(`${((scheduler.now() - EPOCH) / 1000).toFixed(3)} ${line}`);
  const called = startCalls(() => world);
  const world: SimulatedWorld = createWorld({
    scheduler,
    chaos: { ...chaos, atCall: (call) => dying.atCall(call) },
    trace: timed,
    load: NO_FAULTS,
    environment: { REPLY_MAX_AGE_SECONDS: '86400', REPLIES_PER_MINUTE: '1000' },
    ...(steps && { rules: (version: Version) => STEP_BOOKS[version] }),
    ...(handler && called.world),
  });
  const written: Written[] = [];
  // The reconciler has looked for the first time; the next time follows five minutes after it.
  await scheduler.run(EPOCH + MINUTE);
  const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  dying = afterDeaths(deaths, chaos, begin);
  const kind = steps ? STEP_KIND.help : parts === 1 ? KIND.one : KIND.two;
  for (let n = 0; n < messages; n += 1) {
    const occasion = { world, scheduler, conversationSid, written, trace: timed };
    scheduler.after(n * 30, () => void writeAsCustomer(occasion, kind));
  }
  const end = scheduler.now() + QUIET_MS;
  do await scheduler.run(scheduler.now() + COUNTED_MS);
  while (scheduler.now() < end && !(await isAtRest(world, written)));
  // What comes late would come now.
  await scheduler.run(scheduler.now() + COUNTED_MS);
  const { problems } = await judge(world, written);
  // What goes on after a stop is nobody's any more: it calls, and is fenced.
  const again = injections.some(isStall) ? [] : called.late;
  return {
    problems: [...problems, ...again.map((key) => `${key} was called again once it was frozen`)],
    sites: chaos.sites,
  };
}

/**
 * The reconciler runs every minute and calls the same each time. Of two faults its calls get theirs once by name; with
 * much to do it helps, and is spared.
 */
function reachOf({ messages, faults, steps }: Pick<SmallCase, 'messages' | 'faults' | 'steps'>): Reach {
  if (faults === 1) return {};
  return { reconcile: messages > 1 || steps ? 'never' : 'once by name' };
}

function isStall(injection: Injection): boolean {
  return 'call' in injection && injection.call.kind === 'stall';
}
