import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { Follow, MaybeNode } from './yaml/read-aliases.ts';

/** Under these keys a number means its digits as they are written: `keyword: [1, 007]`. */
const WORDS: readonly string[] = ['keyword', 'near', 'includes', 'back', 'invite', 'words'];
/** In the mappings under these keys too: `remember: { code: 007 }`. */
const VALUES: readonly string[] = ['where', 'remember', 'tag', 'with'];

/** How a part of a file is read: as it is; as a rules file, where numbers may be words; with numbers as words. */
export type Reading = 'data' | 'rules' | 'words' | 'values';

/** What a file holds. Its nodes stay as they are: the same number may count elsewhere, by its alias. */
export function toData(given: MaybeNode, follow: Follow, reading: Reading): unknown {
  const node = follow(given);
  if (isSeq<Node>(node)) return node.items.map((item) => toData(item, follow, reading));
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map(({ key, value }): readonly [string, unknown] => {
      const name = keyName(key, follow);
      return [name, toData(value, follow, readingUnder(name, reading))];
    });
    return Object.fromEntries(entries);
  }
  if (!isScalar(node)) return null;
  const isWord = reading === 'words' && typeof node.value === 'number';
  return isWord ? (node.source ?? String(node.value)) : node.value;
}

function readingUnder(key: string, around: Reading): Reading {
  if (around === 'data') return 'data';
  if (around === 'values' || WORDS.includes(key)) return 'words';
  return VALUES.includes(key) ? 'values' : 'rules';
}

/** Puts the items of each list that has an alias in another list among the items of that one: `[*greetings, moin]`. */
export function joinLists(document: Document, follow: Follow): void {
  visit(document, {
    Seq: (_, list) => {
      list.items = list.items.flatMap((item) => {
        const target = isAlias(item) ? follow(item) : undefined;
        return isSeq(target) ? target.items : [item];
      });
      return undefined;
    },
  });
}

/** The pair of a mapping that has this key. */
export function findPair<V>(
  items: readonly Pair<Node, V>[],
  key: string | number,
  follow: Follow,
): Pair<Node, V> | undefined {
  return items.find((pair) => keyName(pair.key, follow) === String(key));
}

/** What a key is called; it may be a number, an alias, nothing, or even a list. */
export function keyName(key: MaybeNode, follow: Follow): string {
  const node = follow(key);
  if (!isScalar(node)) return String(node ?? '');
  return node.value === null ? '' : String(node.value);
}
