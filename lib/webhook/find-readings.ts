import { FREE_FIELDS, isShaped, SHAPES, type ShapedField, WORD_FIELDS } from './field-shapes.ts';

/** The names of the parameters an event may carry. */
export interface EventFields {
  readonly names: ReadonlySet<string>;
  /** Those without which there is no such event. */
  readonly required: ReadonlySet<string>;
}

/** By the event's name. */
export type FieldsOf = (eventType: string) => EventFields;

/** A field's name and a value of its shape, somewhere in a signed string. */
export interface Pair {
  readonly field: ShapedField;
  readonly start: number;
  readonly end: number;
}

/**
 * Every pair that some way to cut `signed` takes for a parameter, those of the request at hand among them. Only ways
 * that could be Twilio's count: names ascend, the fields that the event needs are all there, and where an end is
 * certain, what begins behind it is what it looks like (nobody calls a parameter `MessageSi` and gives it a value
 * that begins with `d` and a SID).
 * @param ends where the request's certain parameters end, by where they begin: of JSON, addresses and words no pattern
 * says it.
 */
export function findReadings(
  signed: string,
  fieldsOf: FieldsOf,
  ends: ReadonlyMap<number, number>,
): readonly Pair[] {
  const events = new Set(findPairs(signed, 'EventType').map((pair) => heldBy(signed, pair)));
  return [...events].flatMap((eventType) => {
    const { names, required } = fieldsOf(eventType);
    const fields = [...names].filter((field) => isAnchor(field) || isBounded(field)).sort();
    const pairs = fields
      .flatMap((field) => findPairs(signed, field))
      .filter((pair) => pair.field !== 'EventType' || heldBy(signed, pair) === eventType)
      .filter(({ field, start }) => !isBounded(field) || ends.has(start));
    // By name, so that what may follow a pair stands behind it in the list too. There and back. Each step depends on where the last pair ended and on nothing before, so a text full of pairs
    // costs no more than its length.
    const follow = planSteps(signed, fields, required, pairs, ends);
    return walkBack(walkThere(pairs, follow), follow);
  });
}

/** What stands behind the name. */
export function heldBy(signed: string, { field, start, end }: Pair): string {
  return signed.slice(start + field.length, end);
}

/** Fields whose value's end is certain wherever it stands. An address may be a name, and a list of words may grow. */
export function isAnchor(field: string): field is ShapedField {
  return isShaped(field) && !FREE_FIELDS.has(field) && !WORD_FIELDS.has(field);
}

/** Addresses and words: a word has no digits (event-schema.ts), and in an address no SID is let pass. */
export function isBounded(field: string): field is ShapedField {
  return isShaped(field) && (field.startsWith('MessagingBinding.') || WORD_FIELDS.has(field));
}

function isLong(field: ShapedField): boolean {
  return field.endsWith('Sid') || field === 'EventType' || field.includes('Date') || isBounded(field);
}

/** What comes after a pair: these pairs and nothing else; or any field from these on, somewhere behind. */
type Following =
  | { readonly pairs: readonly Pair[] }
  | { readonly end: number; readonly fields: readonly ShapedField[]; readonly mayEnd: boolean };

const NOWHERE: Following = { pairs: [] };

type Steps = (last: Pair | undefined) => Following;

function planSteps(
  signed: string,
  fields: readonly ShapedField[],
  required: ReadonlySet<string>,
  all: readonly Pair[],
  ends: ReadonlyMap<number, number>,
): Steps {
  const startingAt = Map.groupBy(all, ({ start }) => start);
  return (last) => {
    const name = last?.field ?? '';
    const behind = fields.filter((field) => field > name);
    // None that the event needs is left out on the way. A word may be there and not be found: its list may grow.
    const needed = behind.findIndex((field) => required.has(field) && isAnchor(field));
    const next = needed === -1 ? behind : behind.slice(0, needed + 1);
    const mayEnd = needed === -1;

    const { end, certain } = endOf(last, ends);
    const found = startingAt.get(end) ?? [];
    const inOrder = found.filter(({ field }) => next.includes(field));
    if (certain && inOrder.length > 0) return { pairs: inOrder };
    // A SID that comes once more does not begin a name; `Index2` does.
    if (certain && found.some(({ field }) => isLong(field))) return NOWHERE;
    if (certain && end === signed.length) return { end, fields: [], mayEnd };
    // At the beginning it may even have no name.
    const first = certain && last !== undefined ? shortestName(signed, end, name) : '';
    if (first === undefined) return NOWHERE;
    return { end, fields: next.filter((field) => first < field), mayEnd };
  };
}

/** Where other JSON than the request's ends is not looked for: anything may follow its first character at once. */
function endOf(pair: Pair | undefined, ends: ReadonlyMap<number, number>) {
  if (pair === undefined) return { end: 0, certain: true };
  const known = ends.get(pair.start);
  if (known !== undefined) return { end: known, certain: true };
  return isJson(pair.field) ? { end: pair.end - 1, certain: false } : { end: pair.end, certain: true };
}

/** The shortest name that a parameter beginning here can have and sort behind `last`. */
function shortestName(signed: string, start: number, last: string): string | undefined {
  for (let length = 1; length <= last.length + 1; length += 1) {
    const name = signed.slice(start, start + length);
    if (name > last) return name;
  }
  return undefined;
}

/** The pairs that can be reached from the beginning. */
function walkThere(pairs: readonly Pair[], follow: Steps): readonly Pair[] {
  const reached = new Set<Pair>();
  /** For each field, the first place behind which it may stand anywhere. */
  const freeFrom = new Map<ShapedField, number>();
  const leave = (last: Pair | undefined) => {
    const following = follow(last);
    if ('pairs' in following) for (const pair of following.pairs) reached.add(pair);
    else {
      for (const field of following.fields) {
        freeFrom.set(field, Math.min(following.end, freeFrom.get(field) ?? following.end));
      }
    }
  };
  leave(undefined);
  for (const pair of pairs) {
    if ((freeFrom.get(pair.field) ?? pair.start) < pair.start) reached.add(pair);
    if (reached.has(pair)) leave(pair);
  }
  return pairs.filter((pair) => reached.has(pair));
}

/** Those of them from which the end can be reached. */
function walkBack(reached: readonly Pair[], follow: Steps): readonly Pair[] {
  const good = new Set<Pair>();
  const lastStart = new Map<ShapedField, number>();
  for (const pair of reached.toReversed()) {
    const following = follow(pair);
    const arrives =
      'pairs' in following
        ? following.pairs.some((next) => good.has(next))
        : following.mayEnd || following.fields.some((field) => (lastStart.get(field) ?? 0) > following.end);
    if (!arrives) continue;
    good.add(pair);
    if (!lastStart.has(pair.field)) lastStart.set(pair.field, pair.start);
  }
  return [...good];
}

function findPairs(signed: string, field: ShapedField): Pair[] {
  return [...signed.matchAll(PAIRS[field])].map(({ index, 0: { length } }) => ({
    field,
    start: index,
    end: index + length,
  }));
}

const ANY_REST = '[^]*';

export function isJson(field: ShapedField): boolean {
  return SHAPES[field].endsWith(ANY_REST);
}

const PAIRS = Object.fromEntries(
  Object.entries(SHAPES).map(([field, shape]) => [
    field,
    new RegExp(`${field.replace('.', '\\.')}(?:${shape.replace(ANY_REST, '')})`, 'g'),
  ]),
) as Readonly<Record<ShapedField, RegExp>>;
