import { type Document, isAlias, isScalar, isSeq, type Node, visit } from 'yaml';

/** Under these keys a number means its digits as they are written: `keyword: [1, 007]`. */
const DIGITS_COUNT: readonly unknown[] = ['keyword', 'near', 'includes', 'back'];

/** Turns the numbers under those keys into text. */
export function readNumbersAsWords(document: Document): void {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !DIGITS_COUNT.includes(key.value)) return;
      toWords(value as Node | null, document);
    },
  });
}

function toWords(node: Node | null | undefined, document: Document): void {
  if (isAlias(node)) toWords(node.resolve(document), document);
  else if (isSeq<Node>(node)) for (const item of node.items) toWords(item, document);
  else if (isScalar(node) && typeof node.value === 'number') node.value = node.source ?? String(node.value);
}
