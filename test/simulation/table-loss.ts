import { SINCE_KEY } from '../../lib/record/keys.ts';
import { readRecord, type Written } from './oracle.ts';
import type { Scene, Stage } from './profile.ts';
import { repliesTo, writtenAt } from './replies.ts';
import type { Scheduler } from './scheduler.ts';
import { type MortalTable, mortalTable, type OpenTable, type Rows, type SimulatedTable } from './table.ts';
import { dueInTheEnd } from './taken-over.ts';
import type { SimulatedWorld } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The table of one stack, which is lost, or set back, at some moment. */
export interface TableLoss {
  /** For the world of that stack. */
  readonly openTable: OpenTable;
  /** In milliseconds from now: within `withinMs`, and not at once. */
  schedule(stage: Stage, withinMs?: number): void;
  /** Whether there is nothing left to wait for. */
  isAtRest(stage: Stage): Promise<boolean>;
  /** Corrects what is due of what was written before. */
  reckon(stage: Stage): Promise<void>;
}

/**
 * What is in flight in a table that was set back, and was ended in the former one, is on no queue any more: the
 * reconciler takes it up after half a day, at its look a day after the last activity.
 */
export const QUIET_AFTER_LOSS_MS = 26 * HOUR;

/**
 * A table that is lost in the middle, or set back by some minutes: at AWS always a new one, so the functions are deployed
 * anew and what is at work goes on with the old one. The queue stays. What the new table does not know stands at Twilio:
 * nobody is answered twice. What only the old one knew may be lost with it: plans, so half an answer is set aside; the
 * spool; and from when on messages are ours to look for, so what was not on the queue may be history.
 *
 * @param open opens each of the two tables. @default in memory
 */
export function createTableLoss(scheduler: Scheduler, open?: OpenTable): TableLoss {
  const { random } = scheduler;
  const setBack = random() < 0.5;
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
    openTable: (clock) => {
      table = mortalTable(clock, open);
      return table;
    },
    schedule: (stage, withinMs = 6 * MINUTE) => {
      const replaceAt = withinMs / 6 + (random() * withinMs * 5) / 6;
      let rows: Rows = [];
      if (setBack) {
        scheduler.after(random() * replaceAt, () => {
          rows = table.backUp();
        });
      }
      scheduler.after(replaceAt, () => void replace(stage, rows));
    },
    isAtRest: async ({ world, written }) => {
      const open = await Promise.all(written.map(async (message) => !(await isSettled(world, message))));
      return !open.includes(true);
    },
    reckon: async ({ world, written }) => {
      const since = setBack ? 0 : ((await world.store.get<Since>(SINCE_KEY))?.value.since ?? 0);
      for (const [at, message] of written.entries()) {
        if (writtenAt(world, message) < Math.max(replacedAt, since))
          written[at] = await settle(world, message, written);
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
  async function settle(
    world: SimulatedWorld,
    message: Written,
    written: readonly Written[],
  ): Promise<Written> {
    const { most = message.due } = message;
    const formerly = table.former && (await readRecord({ store: table.former }, message));
    const { due } = dueInTheEnd(world, message, written, formerly);
    const seen = repliesTo(world, message).length;
    const { finished } = (await readRecord(world, message)) ?? {};
    const isHalf = seen > 0 && seen < due && finished?.outcome === 'quarantined';
    const isLost = seen < due && mayBeHistory(world, message);
    const mayBeUnknown = mayBeHistory(world, message) || (await isFinished(world, message));
    // What the new table makes of an answer that it did not give is for the bot to say.
    const outcome = [message.outcome.replace('|none', ''), 'suppressed'];
    if (isHalf) outcome.push('quarantined');
    if (formerly?.finished !== undefined) outcome.push('stale');
    if (mayBeUnknown) outcome.push('none');
    // Nobody knows any more that it was to be waited for.
    const isUnordered = true;
    return {
      ...message,
      isUnordered,
      due: isHalf || isLost ? seen : due,
      most,
      outcome: outcome.join('|'),
    };
  }
}

/**
 * A scene in which that happens while people write.
 * @param play what else goes on
 */
export function sceneOfLoss(
  loss: TableLoss,
  play: (stage: Stage) => Promise<void>,
): Pick<Scene, 'play' | 'quietMs' | 'isAtRest' | 'reckon'> {
  return {
    play: async (stage) => {
      loss.schedule(stage);
      await play(stage);
    },
    quietMs: QUIET_AFTER_LOSS_MS,
    isAtRest: loss.isAtRest,
    reckon: loss.reckon,
  };
}

async function isFinishedIn(store: SimulatedTable | undefined, message: Written): Promise<boolean> {
  return store !== undefined && (await readRecord({ store }, message))?.finished !== undefined;
}

interface Since {
  readonly since: number;
}
