import { SINCE_KEY } from '../../../lib/record/keys.ts';
import { readRecord, type Written } from '../oracle.ts';
import type { Profile, Scene, Stage } from '../profile.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import type { Scheduler } from '../scheduler.ts';
import { type MortalTable, mortalTable, type Rows, type SimulatedTable } from '../table.ts';
import type { SimulatedWorld } from '../world.ts';
import { playCustomers } from './customers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The table is lost in the middle, or set back by some minutes: at AWS always a new one, so the functions are deployed
 * anew and what is at work goes on with the old one. The queue stays. What the new table does not know stands at Twilio:
 * nobody is answered twice. What only the old one knew may be lost with it: plans, so half an answer is set aside; the
 * spool; and from when on messages are ours to look for, so what was not on the queue may be history.
 */
export const tableLost: Profile = {
  name: 'table-lost',
  about: 'The table is lost, or set back to an earlier moment, while messages are being answered',
  scene: (scheduler) => createScene(scheduler),
};

function createScene(scheduler: Scheduler): Scene {
  const { random } = scheduler;
  const setBack = random() < 0.5;
  const replaceAt = MINUTE + random() * 5 * MINUTE;
  const backUpAt = random() * replaceAt;
  let table: MortalTable;
  let replacedAt = Number.POSITIVE_INFINITY;

  async function replace({ world, written, trace }: Stage, rows: Rows): Promise<void> {
    trace(`the table is ${setBack ? 'set back' : 'lost'}`);
    replacedAt = scheduler.now();
    await table.replace(rows);
    world.setSettings({ TABLE_NAME: 'parley-restored' });
    // What the former table knows is looked for there.
    for (const [at, message] of written.entries())
      written[at] = { ...message, outcome: `${message.outcome}|none` };
  }

  return {
    // The queue drops what comes twice within five minutes, so a fresh message is not handed out again.
    load: (drawn) => ({ ...drawn, redelivery: 0 }),
    world: {
      openTable: (clock) => {
        table = mortalTable(clock);
        return table;
      },
    },
    play: async (stage) => {
      let rows: Rows = [];
      if (setBack) {
        scheduler.after(backUpAt, () => {
          rows = table.backUp();
        });
      }
      scheduler.after(replaceAt, () => void replace(stage, rows));
      await playCustomers(stage);
    },
    // What is in flight in a table that was set back, and was ended in the former one, is on no queue any more: the
    // reconciler takes it up after half a day, at its look a day after the last activity.
    quietMs: 26 * HOUR,
    isAtRest: async ({ world, written }) => {
      const open = await Promise.all(written.map(async (message) => !(await isSettled(world, message))));
      return !open.includes(true);
    },
    reckon: async ({ world, written }) => {
      const since = setBack ? 0 : ((await world.store.get<Since>(SINCE_KEY))?.value.since ?? 0);
      for (const [at, message] of written.entries()) {
        if (writtenAt(world, message) < Math.max(replacedAt, since))
          written[at] = await settle(world, message);
        else if (isOutOfSight(world, written, message)) {
          const due = repliesTo(world, message).length;
          written[at] = { ...message, due, outcome: `${message.outcome}|none` };
        }
      }
    },
  };

  /** Whether only the table that is lost could tell that a message is to be looked for. */
  function mayBeHistory(world: SimulatedWorld, { sid }: Written): boolean {
    return !setBack && !world.watch.queuedKeys.has(`onMessageAdded|${sid}`);
  }

  /**
   * No webhook told of it, nor of anything in its conversation since the table was lost: all of them are older than
   * that, so the new table knows of none, and only a look at all of them would find it.
   */
  function isOutOfSight(world: SimulatedWorld, written: readonly Written[], message: Written): boolean {
    const others = written.filter(
      (other) => other.conversationSid === message.conversationSid && writtenAt(world, other) >= replacedAt,
    );
    return others.every((other) => mayBeHistory(world, other));
  }

  async function isFinished(world: SimulatedWorld, message: Written): Promise<boolean> {
    return (await isFinishedIn(world.store, message)) || (await isFinishedIn(table.former, message));
  }

  async function isSettled(world: SimulatedWorld, message: Written): Promise<boolean> {
    const record = await readRecord(world, message);
    if (record !== undefined && record.finished === undefined) return false;
    return (
      !message.outcome.includes('none') || mayBeHistory(world, message) || (await isFinished(world, message))
    );
  }

  /** What is due for a message from before: the whole answer or, if only the former table knew of it, less. */
  async function settle(world: SimulatedWorld, message: Written): Promise<Written> {
    const { due } = message;
    const seen = repliesTo(world, message).length;
    const { finished } = (await readRecord(world, message)) ?? {};
    const isHalf = seen > 0 && seen < due && finished?.outcome === 'quarantined';
    const isLost = seen < due && mayBeHistory(world, message);
    const mayBeUnknown = mayBeHistory(world, message) || (await isFinished(world, message));
    // What the new table makes of an answer that it did not give is for the bot to say.
    const outcome = [message.outcome.replace('|none', ''), 'suppressed'];
    if (isHalf) outcome.push('quarantined');
    if (await isFinishedIn(table.former, message)) outcome.push('stale');
    if (mayBeUnknown) outcome.push('none');
    // Nobody knows any more that it was to be waited for: it has no place in the order.
    return {
      ...message,
      index: -1,
      due: isHalf || isLost ? seen : due,
      most: due,
      outcome: outcome.join('|'),
    };
  }
}

async function isFinishedIn(store: SimulatedTable | undefined, message: Written): Promise<boolean> {
  return store !== undefined && (await readRecord({ store }, message))?.finished !== undefined;
}

interface Since {
  readonly since: number;
}
