import { bringCustomers, type Customers } from './customers.ts';
import { createWatchedWorld, MINUTE, type WatchedWorld, type WatchOptions } from './watched-world.ts';

/** A fault, and the alarm that must ring for it. */
export interface Scene {
  /** The alarm's logical id in stack/alarms.yml. */
  readonly alarm: string;
  /** What is made to go wrong, for the table in docs/alarms.md. */
  readonly fault: string;
  /** The longest it may take from the fault until the alarm rings, in minutes. */
  readonly within: number;
  readonly world?: WatchOptions;
  /** How often a customer writes, in milliseconds. @default one a minute */
  readonly everyMs?: number;
  /** Makes the fault; it begins when this is done. */
  readonly begin: (watched: WatchedWorld, customers: Customers) => void | Promise<void>;
}

export interface Played {
  /** From when the fault began until the alarm rang; undefined when it did not. */
  readonly minutes: number | undefined;
  /** What rang before there was a fault. */
  readonly before: readonly string[];
  /** What else rang. */
  readonly others: readonly string[];
}

/** Ten good minutes, then the fault. */
export async function playScene({ alarm, world, everyMs, begin, within }: Scene): Promise<Played> {
  const watched = await createWatchedWorld(world);
  const { scheduler, rings } = watched;
  const customers = await bringCustomers(watched, everyMs === undefined ? {} : { everyMs });
  await scheduler.run(scheduler.now() + 10 * MINUTE);
  const before = rings.map((ring) => ring.alarm.name);
  await begin(watched, customers);
  const from = scheduler.now();
  const rung = () => rings.slice(before.length).find((ring) => ring.alarm.name === alarm);
  while (rung() === undefined && scheduler.now() < from + within * MINUTE) {
    await scheduler.run(scheduler.now() + MINUTE);
  }
  const at = rung()?.at;
  const others = rings.slice(before.length).map((ring) => ring.alarm.name);
  return {
    minutes: at === undefined ? undefined : Math.ceil((at - from) / MINUTE),
    before,
    others: [...new Set(others)].filter((name) => name !== alarm),
  };
}
