import { isSetAsideUnsent } from '../../../cli/prove/kinds/out-of-order.ts';
import { readMarker } from '../../../lib/event/marker.ts';
import { NO_FAULTS } from '../fault-load.ts';
import { judge, readRecord, type Written } from '../oracle.ts';
import type { Profile, Scene, Stage } from '../profile.ts';
import { repliesTo } from '../replies.ts';
import type { Scheduler } from '../scheduler.ts';
import { createTableLoss, QUIET_AFTER_LOSS_MS } from '../table-loss.ts';
import { dueInTheEnd } from '../taken-over.ts';
import { createWorld, type SimulatedWorld } from '../world.ts';
import { playCustomers } from './customers.ts';
import { playOrdinary } from './ordinary.ts';

const MINUTE = 60_000;
const OTHER_URL = 'https://dev.example.com/webhook';
/** A stack looks where Twilio's webhook points at least so often. */
const WIRING_MS = 16 * MINUTE;

/**
 * A second stack on the service, with a table, a queue and functions of its own, its reconciler running; Twilio calls
 * the first. The second keeps quiet and says so. In some seeds the webhook is pointed at the second in the end: it
 * answers what is written then, and nothing of what the first has answered.
 */
export const twoStacks: Profile = {
  name: 'two-stacks',
  about: 'A second stack stands beside the first on one service, and Twilio calls one of them',
  scene: (scheduler) => createScene(scheduler),
};

/** The same, while one of the two loses its table, or has it set back. */
export const stackLost: Profile = {
  name: 'stack-lost',
  about: 'One of two stacks on one service loses its table, before, while or after the other takes over',
  scene: (scheduler) => createScene(scheduler, scheduler.random() < 0.5 ? 'first' : 'second'),
};

function createScene(scheduler: Scheduler, loser?: 'first' | 'second'): Scene {
  const moves = scheduler.random() < (loser === undefined ? 0.4 : 0.7);
  const loss = loser && createTableLoss(scheduler);
  const openTable = loss && { openTable: loss.openTable };
  const later: Written[] = [];
  let second: SimulatedWorld;
  let phase: 'before' | 'moving' | 'after' = 'before';

  async function deployBeside({ world, trace }: Stage): Promise<void> {
    const load = world.faults();
    // Its first look, before anything fails: from then on it knows whom Twilio calls.
    world.setFaults(NO_FAULTS);
    second = createWorld({
      scheduler,
      load,
      trace: (line) => trace(`second: ${line}`),
      environment: { PUBLIC_URL: OTHER_URL },
      beside: world,
      ...(loser === 'second' && openTable),
    });
    second.setVersion('B');
    await scheduler.run(scheduler.now() + MINUTE / 2);
    world.setFaults(load);
  }

  async function moveWebhook(stage: Stage): Promise<void> {
    const { world, trace } = stage;
    trace('the webhook is pointed at the second stack');
    world.service.configureWebhooks({ PostWebhookUrl: OTHER_URL, Filters: ['onMessageAdded'] });
    await scheduler.run(scheduler.now() + WIRING_MS);
    if (loser === 'second') loss?.schedule(laterStage(stage), 3 * MINUTE);
    await playCustomers({ ...laterStage(stage), maxMessages: 3 }, { withinMs: 2 * MINUTE });
    await scheduler.run(scheduler.now() + 4 * MINUTE);
  }

  function laterStage(stage: Stage): Stage {
    return { ...stage, world: second, written: later };
  }

  return {
    ...(loser === 'first' && openTable && { world: openTable }),
    ...(loss && { quietMs: QUIET_AFTER_LOSS_MS }),
    play: async (stage) => {
      await deployBeside(stage);
      if (loser === 'first') loss?.schedule(stage);
      else if (!moves) loss?.schedule(laterStage(stage));
      await playOrdinary(stage);
    },
    isAtRest: async (stage) => {
      if (moves && phase === 'before') {
        // What a table that was set back has in flight is taken up as long as Twilio calls its stack.
        if (loser === 'first' && (await loss?.isAtRest(stage)) === false) return false;
        phase = 'moving';
        await moveWebhook(stage);
        phase = 'after';
        return false;
      }
      const rests = await loss?.isAtRest(loser === 'first' ? stage : laterStage(stage));
      return rests !== false && isQuiet(second);
    },
    reckon: async (stage) => {
      const { world, written } = stage;
      await loss?.reckon(loser === 'first' ? stage : laterStage(stage));
      if (phase === 'after') await forgetPlaces(world, written);
      for (const message of later) written.push({ ...message, outcome: 'none' });
    },
    judge: async (stage) => {
      const problems =
        phase === 'after' ? await judgeSuccessor(second, stage, later) : judgeBystander(second);
      return problems.map((problem) => `second stack: ${problem}`);
    },
  };
}

/** What the first stack set aside, the second may find and answer: behind what the first has answered since. */
async function forgetPlaces(first: SimulatedWorld, written: Written[]): Promise<void> {
  for (const [at, message] of written.entries()) {
    const record = await readRecord(first, message);
    if (record !== undefined && isSetAsideUnsent(record)) written[at] = { ...message, index: -1 };
  }
}

function isQuiet({ queue, store }: SimulatedWorld): boolean {
  return (
    queue.size() === 0 &&
    !store.items().some(([{ pk, sk }, { value }]) => {
      const isInFlight = sk.startsWith('on') && (value as { finished?: object }).finished === undefined;
      return pk.startsWith('spool') || isInFlight;
    })
  );
}

/** It is never called, so it has nothing to record, nothing to say, and an alarm to ring. */
function judgeBystander({ store, queue, logs, watch }: SimulatedWorld): readonly string[] {
  const records = store.items().filter(([{ sk }]) => sk.startsWith('on')).length;
  return [
    ...watch.problems,
    ...(records > 0 ? [`it worked on ${records} events`] : []),
    ...(queue.size() > 0 || queue.deadLetters.length > 0 ? ['something is on its queue'] : []),
    ...(logs.some((line) => line.includes('"other_stack":1')) ? [] : ['it rings no alarm']),
  ];
}

/** It answers what came to it. Of what came before it may make up a record, and nothing that a customer sees. */
async function judgeSuccessor(
  second: SimulatedWorld,
  { world: first, written }: Stage,
  later: readonly Written[],
): Promise<readonly string[]> {
  const before = written.slice(0, written.length - later.length);
  const known = before.map(async (message) => ({
    ...(await unlessSaid(second, message)),
    // What the first left to a person, the second need not have heard of.
    ...(await leftToPerson(first, message, written)),
    outcome: 'replied|no_rule|suppressed|stale|quarantined|none',
  }));
  return (await judge(second, [...(await Promise.all(known)), ...later])).problems;
}

async function leftToPerson(
  first: SimulatedWorld,
  message: Written,
  written: readonly Written[],
): Promise<Partial<Written>> {
  const { due, most = due } = message;
  const left = dueInTheEnd(first, message, written, await readRecord(first, message));
  return left.due < due ? { due: left.due, most } : {};
}

/**
 * What the first stack left unanswered, the second answers where no program has written since: that could be what another
 * bot answered. What the first had begun and set aside is not begun again.
 */
async function unlessSaid(second: SimulatedWorld, message: Written): Promise<Written> {
  const isHalf = (await readRecord(second, message))?.finished?.reason === 'half_answered';
  const isSaid = second.shown.some(
    ({ conversation_sid, index, author, attributes }) =>
      conversation_sid === message.conversationSid &&
      index > message.index &&
      author === 'archive' &&
      readMarker(attributes) === undefined,
  );
  if (!isSaid && !isHalf) return message;
  const { due: most, parts = message.most ?? most } = message;
  return { ...message, due: repliesTo(second, message).length, most, parts };
}
