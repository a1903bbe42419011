import type { Random } from '../../lib/ports.ts';

/** The time and the chance that code has instead of the machine's. */
interface Own {
  readonly now: () => number;
  readonly random: Random;
}

/** Where a test has put something else in their place already, that stays. */
const MACHINE = { Date: globalThis.Date, random: Math.random };
/** Methods of an object of the machine's are its prototype's; who puts something in their place gives it its own. */
const DRAWING = ['randomUUID', 'getRandomValues'] as const;

/**
 * Stands in for `Date`, `performance.now`, `Math.random` and the chance of `crypto` where code asks them that has a time and a chance of
 * its own. All other code gets what it got.
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
  const { crypto, performance } = globalThis;
  const machine = {
    now: performance.now,
    randomUUID: crypto.randomUUID,
    getRandomValues: crypto.getRandomValues,
  };
  /** Only what lies between two of them means something. */
  const passed = () => ownOf()?.now() ?? machine.now.call(performance);
  const getRandomValues = <T extends ArrayBufferView>(array: T): T => {
    const drawn = machine.getRandomValues.call(crypto, array as never) as unknown as T;
    const own = ownOf();
    if (own === undefined) return drawn;
    const bytes = new Uint8Array(drawn.buffer, drawn.byteOffset, drawn.byteLength);
    for (const place of bytes.keys()) bytes[place] = Math.floor(own.random() * 256);
    return drawn;
  };
  const randomUUID: typeof crypto.randomUUID = (...options) => {
    if (ownOf() === undefined) return machine.randomUUID.apply(crypto, options);
    // https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
    const digits = Buffer.from(getRandomValues(new Uint8Array(16))).toString('hex');
    const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4];
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
    return `${parts.join('-')}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}` as ReturnType<
      typeof crypto.randomUUID
    >;
  };
  const drawing = { randomUUID, getRandomValues };
  return {
    begin: () => {
      for (const name of DRAWING)
        if (!Object.hasOwn(crypto, name))
          Object.defineProperty(crypto, name, { value: drawing[name], configurable: true, writable: true });
      if (!Object.hasOwn(performance, 'now'))
        Object.defineProperty(performance, 'now', { value: passed, configurable: true, writable: true });
      if (globalThis.Date === MACHINE.Date) globalThis.Date = own;
      if (Math.random === MACHINE.random) Math.random = random;
    },
    end: () => {
      for (const name of DRAWING)
        if (Object.hasOwn(crypto, name) && crypto[name] === drawing[name])
          Reflect.deleteProperty(crypto, name);
      if (Object.hasOwn(performance, 'now') && performance.now === passed)
        Reflect.deleteProperty(performance, 'now');
      if (globalThis.Date === own) globalThis.Date = MACHINE.Date;
      if (Math.random === random) Math.random = MACHINE.random;
    },
  };
}
