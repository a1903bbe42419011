import type { Random } from '../../lib/ports.ts';

/** The time and the chance that code has instead of the machine's. */
interface Own {
  readonly now: () => number;
  readonly random: Random;
}

/** Where a test has put something else in their place already, that stays. */
const MACHINE = { Date: globalThis.Date, random: Math.random };

/**
 * Stands in for `Date` and `Math.random` where code asks them that has a time and a chance of its own. All other code gets
 * what it got.
 */
export function standIn(ownOf: () => Own | undefined): {
  readonly begin: () => void;
  readonly end: () => void;
} {
  const random: Random = () => (ownOf()?.random ?? MACHINE.random)();
  const now = () => ownOf()?.now() ?? MACHINE.Date.now();
  const own = new Proxy(MACHINE.Date, {
    construct: (date, given: [], newTarget: new () => object) =>
      Reflect.construct(date, given.length === 0 ? [now()] : given, newTarget) as object,
    apply: () => new MACHINE.Date(now()).toString(),
    get: (date, name, self) => (name === 'now' ? now : (Reflect.get(date, name, self) as unknown)),
  });
  return {
    begin: () => {
      if (globalThis.Date === MACHINE.Date) globalThis.Date = own;
      if (Math.random === MACHINE.random) Math.random = random;
    },
    end: () => {
      if (globalThis.Date === own) globalThis.Date = MACHINE.Date;
      if (Math.random === random) Math.random = MACHINE.random;
    },
  };
}
