import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

/** Under these keys a number means its digits as they are written: `keyword: [1, 007]`. */
const WORDS: readonly unknown[] = ['keyword', 'near', 'includes', 'back'];
/** In the mappings under these keys too: `remember: { code: 007 }`. */
const VALUES: readonly unknown[] = ['where', 'remember', 'tag', 'with'];

/** Whether this key has words under it, and a list there may have other lists of words in it by their aliases. */
export function hasWords(key: unknown): boolean {
  return WORDS.includes(key);
}

/**
 * What a document holds, with the numbers under those keys as text. The document stays as it is: the same number may
 * count elsewhere, by its alias.
 */
export function toData(document: Document): unknown {
  return readNode(document.contents, document.toJS(), document);
}

/** The items of a list of words; those of a list that has an alias there are among them. */
export function itemsOf(items: readonly Node[], document: Document): readonly Node[] {
  return items.flatMap((item) => {
    const target = follow(item, document);
    return isAlias(item) && isSeq<Node>(target) ? itemsOf(target.items, document) : [item];
  });
}

/** The pair of a mapping that has this key. */
export function findPair<V>(
  items: readonly Pair<Node, V>[],
  key: string | number,
): Pair<Node, V> | undefined {
  return items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

type MaybeNode = Node | null | undefined;

function readNode(given: MaybeNode, data: unknown, document: Document): unknown {
  const node = follow(given, document);
  if (isSeq<Node>(node) && Array.isArray(data)) {
    return data.map((item, index) => readNode(node.items[index], item, document));
  }
  if (!isMap<Node, Node | null>(node) || typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]): readonly [string, unknown] => {
    const under = findPair(node.items, key)?.value;
    if (WORDS.includes(key)) return [key, readWords(under, value, document)];
    if (VALUES.includes(key)) return [key, readValues(under, value, document)];
    return [key, readNode(under, value, document)];
  });
  return Object.fromEntries(entries);
}

function readValues(given: MaybeNode, data: unknown, document: Document): unknown {
  const node = follow(given, document);
  if (!isMap<Node, Node | null>(node) || typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]): readonly [string, unknown] => [
    key,
    readWords(findPair(node.items, key)?.value, value, document),
  ]);
  return Object.fromEntries(entries);
}

function readWords(given: MaybeNode, data: unknown, document: Document): unknown {
  const node = follow(given, document);
  if (isSeq<Node>(node)) return itemsOf(node.items, document).map((item) => readWord(item, document));
  return node ? readWord(node, document) : data;
}

function readWord(given: Node, document: Document): unknown {
  const node = follow(given, document);
  if (isScalar(node) && typeof node.value === 'number') return node.source ?? String(node.value);
  return node?.toJS(document);
}

function follow(node: MaybeNode, document: Document): MaybeNode {
  return isAlias(node) ? node.resolve(document) : node;
}
