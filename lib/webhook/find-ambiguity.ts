import { EVENT_NAMES } from '../event/event-types.ts';
import type { FormParams } from '../event/form-params.ts';
import { FREE_FIELDS, isShaped, SHAPES, type ShapedField, WORD_FIELDS } from './field-shapes.ts';
import { signedParam, sortParams } from './sign-webhook.ts';

/**
 * Twilio signs names and values in one string with nothing in between:
 *
 *     …Author+15550100BodyI like Cats and dogsChatServiceSidIS00…00ConversationSidCH00…
 *
 * Whoever got hold of one signed webhook may cut that string elsewhere and the signature still holds: Body could
 * swallow ChatServiceSid, `SourceAPI` with an empty value could make Source vanish, a customer's text could contain
 * a whole forged webhook whose last, unknown parameter swallows the real one, and `Cats` could be a new parameter.
 * So an event counts only as far as every way to cut the string that we would take gives the same event:
 *
 * 1. Values whose end is certain (field-shapes.ts) stand where they stand, unless one hides in what lies between.
 *    Then the request is *hidden*, and refused: Twilio sends no such thing.
 * 2. Where one free text ends and the next, or a parameter we do not know, begins, the string does not say. When
 *    both readings are possible the event is *doubtful*: good for its SIDs, dates and numbers, while its texts and
 *    words are to be read from Twilio. Refusing instead would lose every message once Twilio adds a parameter whose
 *    name sorts behind Body; trusting would let half a message pass for a whole one.
 *
 * What a customer types is refused only when it holds, to the letter, a parameter that Twilio left out and that would
 * stand there: ChatServiceSidIS and 32 digits. Anything else that looks like a parameter could not be cut out, by the
 * order of the names: Body is free to say "Social Media", "Index1" or "ConversationSidCH…".
 *
 * What this cannot see is a text that has swallowed a parameter Twilio added after this was written: nothing in the
 * string tells `ButtonPayloadyes` at the end of a Body from a customer who typed it.
 *
 * @param fields the names this event may carry; every other parameter is one we do not know.
 */
export function findAmbiguity(
  params: FormParams,
  fields: ReadonlySet<string>,
): 'hidden' | 'doubtful' | undefined {
  const pieces = sortParams(params).map(([name, values]) => toPiece(name, values, fields));
  const findings = pieces.flatMap((piece, at) => {
    const behind = pieces.slice(at + 1);
    if (piece.kind === 'unknown') return inspectUnknown([piece, ...behind], pieces.slice(0, at), fields);
    if (piece.kind === 'text') return inspectText(piece, behind, fields);
    return piece.name === 'EventType' ? inspectEventType(piece.value, unknownRun(behind)) : [];
  });
  return findings.includes('hidden') ? 'hidden' : findings[0];
}

type Finding = 'hidden' | 'doubtful';

interface Piece {
  readonly name: string;
  /** As it is signed, the first name left out. */
  readonly value: string;
  /** `certain`: its value's end is. An empty value where there should be a shape is as good as no parameter. */
  readonly kind: 'certain' | 'text' | 'unknown';
}

function toPiece(name: string, values: readonly string[], fields: ReadonlySet<string>): Piece {
  const value = signedParam(name, values).slice(name.length);
  if (!fields.has(name)) return { name, value, kind: 'unknown' };
  if (!isShaped(name)) return { name, value, kind: 'text' };
  if (value === '') return { name, value, kind: 'unknown' };
  return { name, value, kind: values.every((one) => WHOLE[name].test(one)) ? 'certain' : 'text' };
}

const patterns = (source: (field: string, shape: string) => string) =>
  Object.fromEntries(
    Object.entries(SHAPES).map(([field, shape]) => [field, new RegExp(source(field, shape))]),
  ) as Readonly<Record<ShapedField, RegExp>>;
const WHOLE = patterns((_, shape) => `^(?:${shape})$`);
const PREFIX = patterns((_, shape) => `^(?:${shape})`);
const ANYWHERE = patterns((field, shape) => `${field.replace('.', '\\.')}(?:${shape})`);

/**
 * A run of unknown parameters might be cut anywhere, names included, so it is looked at as one string: it must not
 * hold a field's name and shape, nor the name of a text that is missing or stands further on.
 */
function inspectUnknown(
  pieces: readonly Piece[],
  before: readonly Piece[],
  fields: ReadonlySet<string>,
): Finding[] {
  const run = unknownRun(pieces);
  const passed = new Set(before.map(({ name }) => name));
  const hidden = [...fields].some(
    (field) =>
      (isShaped(field) && ANYWHERE[field].test(run)) ||
      (FREE_FIELDS.has(field) && !passed.has(field) && run.includes(field)),
  );
  return hidden ? ['hidden'] : [];
}

/** The unknown parameters that `pieces` begins with, as they are signed. */
function unknownRun(pieces: readonly Piece[]): string {
  const end = pieces.findIndex(({ kind }) => kind !== 'unknown');
  const run = pieces.slice(0, end === -1 ? undefined : end);
  return run.map(({ name, value }) => name + value).join('');
}

/** An event's name may be the beginning of another's: onMessageAdd, `ed`. */
function inspectEventType(value: string, run: string): Finding[] {
  const spelled = value + run;
  const isCut = EVENT_NAMES.some((other) => other.length > value.length && spelled.startsWith(other));
  return isCut ? ['hidden'] : [];
}

/**
 * A text must not hold a field's name and shape that would sort before whatever certain value comes next: there it
 * may have been swallowed. What sorts later could not be cut out, for the real one stands behind the text.
 */
function inspectText(
  { name, value }: Piece,
  behind: readonly Piece[],
  fields: ReadonlySet<string>,
): Finding[] {
  const next = behind.find(({ kind }) => kind === 'certain')?.name ?? LAST;
  const run = unknownRun(behind);
  const hidden = [...fields].some(
    (field) => field < next && isStrict(field) && ANYWHERE[field].test(value + run),
  );
  if (hidden) return ['hidden'];

  // Of two texts side by side one must not hold the second one's name. Body, which customers type, is not that one.
  const present = new Set([name, ...behind.map((piece) => piece.name)]);
  const mayHold = (field: string) => name === 'Body' && present.has(field);
  const doubtful =
    run !== '' ||
    WORD_FIELDS.has(name) ||
    (isShaped(name) && PREFIX[name].test(value)) ||
    [...FREE_FIELDS].some(
      (field) =>
        fields.has(field) && name <= field && field <= next && !mayHold(field) && value.includes(field),
    );
  return doubtful ? ['doubtful'] : [];
}

/** Sorts behind every name. */
const LAST = '~';

/**
 * Fields that always have their shape, less the first two: what would take their place is an unknown parameter in
 * front of them, and that is looked at on its own.
 */
function isStrict(field: string): field is ShapedField {
  return isShaped(field) && !FREE_FIELDS.has(field) && field !== 'AccountSid' && field !== 'Attributes';
}
