import { type Document, isMap, isScalar, type Node, parseDocument, type Scalar, visit } from 'yaml';
import type { Blank } from '../play/write-answer.ts';

/** Beside numbers, what YAML's usual schema does not take for text. A talk's reader does, but not everybody else's. */
const NO_TEXT = /^(?:true|false|null|~)$/i;

/** The text of a file of talks with its empty steps filled in; whatever else is in it stays, comments too. */
export function fillBlanks(text: string, blanks: readonly Blank[]): string {
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'error' });
  for (const blank of blanks) fill(document, blank);
  return document.toString({ lineWidth: 0 });
}

function fill(document: Document, { place, key, newKey = key, value }: Blank): void {
  const step = document.getIn(place.path);
  if (!isMap<Node, Node | null>(step)) return;
  const pair = step.items.find((one) => isScalar(one.key) && one.key.value === key);
  if (pair === undefined) return;
  const written = document.createNode(value, { flow: true });
  if (key !== 'handed over') visit(written, { Scalar: (_, scalar) => quote(scalar) });
  if (isScalar(pair.key)) pair.key.value = newKey;
  // What is said of an empty step stands behind it.
  const comment = pair.value?.comment;
  if (comment) written.comment = comment;
  pair.value = written;
}

function quote(scalar: Scalar): void {
  const { value } = scalar;
  if (typeof value !== 'string') return;
  const isNumber = value.trim() !== '' && !Number.isNaN(Number(value));
  if (isNumber || NO_TEXT.test(value)) scalar.type = 'QUOTE_SINGLE';
}
