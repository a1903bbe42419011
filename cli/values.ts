import type { Value } from './option.ts';

/** Any text, even an empty one. */
export function anyText(name: string): Value<string> {
  return { name, expected: 'a text', read: (given) => given };
}

/** A text with something in it. */
export function textOf(name: string, expected: string): Value<string> {
  return { name, expected, read: (given) => (given.trim() === '' ? undefined : given) };
}

export function oneOf<const T extends string>(name: string, allowed: readonly T[]): Value<T> {
  const expected = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
  return { name, expected, read: (given) => allowed.find((value) => value === given) };
}

/** 0 lets the system choose a free one. */
export const portNumber = portFrom(0);

/** Where something listens already. */
export const portInUse = portFrom(1);

function portFrom(least: number): Value<number> {
  return {
    name: 'number',
    expected: `a number from ${least} to 65535`,
    read: (given) => {
      const port = /^\d{1,5}$/.test(given) ? Number(given) : -1;
      return port >= least && port <= 65_535 ? port : undefined;
    },
  };
}

/** `localhost:3000` is an absolute URL too, with the scheme `localhost`. */
export const webAddress: Value<string> = {
  name: 'URL',
  expected: 'an absolute URL such as http://127.0.0.1:3000/webhook',
  read: (given) => (/^https?:\/\//i.test(given) && URL.canParse(given) ? given : undefined),
};

export const mimeType: Value<string> = {
  name: 'type',
  expected: 'a MIME type such as image/jpeg',
  read: (given) => (/^[\w.+-]+\/[\w.+-]+$/.test(given) ? given : undefined),
};
