import { type Document, isNode, visit } from 'yaml';
import { keyName } from '../number-words.ts';
import type { Follow } from './read-aliases.ts';
import type { Slip } from './slip.ts';

/** What stands under it would become an object's prototype, or be left out: nothing in JavaScript holds it for sure. */
const LOST = '__proto__';

/** The keys of a document that would be lost on the way, with what stands under them, and those given twice. */
export function findLostKeys(document: Document, follow: Follow): readonly Slip[] {
  const found: Slip[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key, value } of items) {
        if (!isNode(key)) continue;
        const name = keyName(key, follow);
        const [from = 0, end = from] = key.range ?? [];
        if (name === LOST)
          found.push({ from, to: isNode(value) ? (value.range?.[1] ?? end) : end, message: NO_NAME });
        else if (seen.has(name)) found.push({ from, to: end, message: twice(name) });
        seen.add(name);
      }
    },
  });
  return found;
}

const NO_NAME = `No key may be called "${LOST}": JavaScript has a meaning of its own for that. Choose another name.`;

function twice(name: string): string {
  return `The key "${name}" is given twice. Keep one.`;
}
