import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '../../lib/clock.ts';
import type { Clock, Random } from '../../lib/ports.ts';
import type { Stage } from '../play/stage.ts';
import { standIn } from './stand-in.ts';

/** The time of a conversation, which passes where it is told to, and while a handler waits. */
export interface OwnTime {
  readonly clock: Clock;
  readonly pass: (ms: number) => void;
  /**
   * Runs code that calls a handler. Whenever nothing goes on in it but waiting, time passes up to what it waits for: a
   * timer of its own, a `sleep` of the clock. No real time passes with that. What it does with the machine, such as reading a file,
   * takes real time, and is waited for.
   * @param patienceMs how long in all, in milliseconds of the machine's time, or a little longer
   */
  readonly during: <T>(patienceMs: number, work: () => Promise<T>) => Promise<T>;
}

/** What there is to know of a timer in Node: https://nodejs.org/docs/latest-v24.x/api/timers.html#class-timeout */
interface Timer {
  /** After how many milliseconds it fires. */
  _idleTimeout: number;
  /** The same of an interval, which fires again. */
  readonly _repeat: number | null;
  /** It was cleared, or has fired. */
  readonly _destroyed: boolean;
  refresh(): void;
  unref(): void;
}

interface Waiting {
  /** In the conversation's time. */
  readonly at: number;
  readonly end: () => void;
}

/** Code that calls a handler, and what it has begun. */
interface Running {
  readonly now: () => number;
  readonly random: Random;
  readonly passTo: (at: number) => void;
  readonly timers: Map<number, { readonly timer: Timer; readonly at: number; readonly isHurried: boolean }>;
  /** How often it began something. */
  moves: number;
  /** What goes on in real time, by its number in Node. */
  readonly real: Set<number>;
}

const code = new AsyncLocalStorage<Running>();
/** By the number that Node gives to a timer, or to what is asked of the disk. */
const watched = new Map<number, Running>();
/** What happens in the next turn of the loop, whatever the time is; of a file what is asked of it takes time, not that it is open. */
const AT_ONCE: readonly string[] = ['PROMISE', 'TickObject', 'Microtask', 'Immediate', 'FILEHANDLE'];
/** Answered once. Of all else, such as a connection, nobody knows when nothing more comes. */
const ONCE = /^(?:FS|FILEHANDLE)\w*REQ/;

const hook = createHook({
  init: (id, type, _, resource) => {
    const running = code.getStore();
    if (running === undefined || type === 'PROMISE') return;
    running.moves += 1;
    if (type === 'Timeout') {
      const timer = resource as Timer;
      watched.set(id, running);
      running.timers.set(id, { timer, at: running.now() + timer._idleTimeout, isHurried: false });
    } else if (!AT_ONCE.includes(type)) {
      running.real.add(id);
      if (ONCE.test(type)) watched.set(id, running);
    }
  },
  before: (id) => {
    const running = watched.get(id);
    const fired = running?.timers.get(id);
    if (running === undefined || fired === undefined) return;
    running.moves += 1;
    running.passTo(fired.at);
    const { timer, at } = fired;
    if (timer._repeat === null) forget(id);
    else running.timers.set(id, { timer, at: at + timer._repeat, isHurried: false });
  },
  after: (id) => {
    if (watched.get(id)?.real.has(id)) forget(id);
  },
  destroy: (id) => forget(id),
});

function forget(id: number): void {
  const running = watched.get(id);
  running?.timers.delete(id);
  running?.real.delete(id);
  watched.delete(id);
}

const standsIn = standIn(() => code.getStore());
let calls = 0;

/** Before it is certain that code only waits, what it does in the next turns of the loop has been done. */
const TURNS = 3;
/** About as long as they take. A test may have stopped the machine's clock, so nobody looks at that. */
const TURNS_MS = 0.1;
/** Between two looks at what takes real time. */
const LOOK_MS = 1;

/** @param random what `Math.random` gives to handlers */
export function createOwnTime({ now, pass }: Pick<Stage, 'now' | 'pass'>, random: Random): OwnTime {
  const sleeping = new Set<Waiting>();
  const passTo = (at: number) => {
    pass(Math.max(0, at - now()));
    const due = [...sleeping].filter((one) => one.at <= now());
    for (const one of due.sort((one, other) => one.at - other.at)) one.end();
  };
  const sleep: Clock['sleep'] = (ms, ends) =>
    new Promise((resolve) => {
      const one: Waiting = {
        at: now() + ms,
        end: () => {
          sleeping.delete(one);
          resolve();
        },
      };
      sleeping.add(one);
      ends?.addEventListener('abort', one.end, { once: true });
    });

  /** @returns whether somebody has to wait for what fires in real time */
  function passUntilNext({ timers }: Running): boolean {
    const live = [...timers].filter(([, { timer }]) => !timer._destroyed).sort(byTime);
    const [id, timing] = live[0] ?? [];
    const soonest = Math.min(...[...sleeping].map(({ at }) => at));
    if (id === undefined || timing === undefined || timing.at >= soonest) {
      if (soonest < Number.POSITIVE_INFINITY) passTo(soonest);
      return false;
    }
    if (!timing.isHurried) {
      timers.set(id, { ...timing, isHurried: true });
      timing.timer._idleTimeout = 1;
      timing.timer.refresh();
    }
    return true;
  }

  async function during<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
    const running: Running = { now, random, passTo, timers: new Map(), moves: 0, real: new Set() };
    let patience = patienceMs;
    if (calls === 0) hook.enable();
    if (calls === 0) standsIn.begin();
    calls += 1;
    let isOver = false;
    const ended = code.run(running, work).finally(() => {
      isOver = true;
    });
    try {
      while (!isOver) {
        const before = running.moves;
        for (let turn = 0; turn < TURNS && !isOver; turn += 1) await nextTurn();
        if (isOver) break;
        if (running.moves > before && patience > 0) {
          patience -= TURNS_MS;
          continue;
        }
        const isWaiting = running.real.size > 0 && patience > 0;
        if (!isWaiting && !passUntilNext(running)) continue;
        patience -= isWaiting ? LOOK_MS : 0;
        await systemClock.sleep(LOOK_MS);
      }
      return await ended;
    } finally {
      for (const [id, { timer }] of running.timers) {
        // A test ends though a handler that was late has not.
        timer.unref();
        watched.delete(id);
      }
      for (const id of running.real) watched.delete(id);
      calls -= 1;
      if (calls === 0) standsIn.end();
      if (calls === 0) hook.disable();
    }
  }

  return { clock: { now, sleep }, pass: (ms) => passTo(now() + ms), during };
}

function byTime(one: readonly [number, { at: number }], other: readonly [number, { at: number }]): number {
  return one[1].at - other[1].at;
}
