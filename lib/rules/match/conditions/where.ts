import type { Condition } from './condition.ts';
import { quoteAll } from './reasons.ts';

/** What each value may be, by its path. */
export type Allowed = Readonly<Record<string, readonly string[]>>;

export const where: Condition<Allowed> = {
  holds: (allowed, { value }) =>
    Object.entries(allowed).every(([path, texts]) => isOneOf(texts, value(path))),
  yes: (allowed) =>
    Object.entries(allowed)
      .map(([path, texts]) => `${path} is ${texts.length === 1 ? '' : 'one of '}${quoteAll(texts)}`)
      .join(' and '),
  no: (allowed, { value }) => {
    const failed = Object.entries(allowed).find(([path, texts]) => !isOneOf(texts, value(path)));
    const [path = '', texts = []] = failed ?? [];
    return `${path} is not ${texts.length === 1 ? '' : 'one of '}${quoteAll(texts)}`;
  },
};

function isOneOf(texts: readonly string[], value: string | undefined): boolean {
  return value !== undefined && texts.includes(value);
}
