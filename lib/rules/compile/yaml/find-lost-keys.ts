import { type Document, isAlias, isNode, isScalar, visit } from 'yaml';
import type { Slip } from './slip.ts';

/** What stands under it would become an object's prototype, or be left out: nothing in JavaScript holds it for sure. */
const LOST = '__proto__';

const MESSAGE = `No key may be called "${LOST}": JavaScript has a meaning of its own for that. Choose another name.`;

/** The keys of a document that would be lost on the way, with what stands under them. */
export function findLostKeys(document: Document): readonly Slip[] {
  const found: Slip[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      const named = isAlias(key) ? key.resolve(document) : key;
      if (!isScalar(named) || String(named.value) !== LOST || !isNode(key)) return;
      const [from = 0, end = from] = key.range ?? [];
      const to = isNode(value) ? (value.range?.[1] ?? end) : end;
      found.push({ from, to: Math.max(to, end), message: MESSAGE });
    },
  });
  return found;
}
