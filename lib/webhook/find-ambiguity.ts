import type { FormParams } from '../event/form-params.ts';
import {
  ADDRESSES,
  FREE_FIELDS,
  isShaped,
  REPEATABLE,
  SHAPES,
  type ShapedField,
  WORD_FIELDS,
} from './field-shapes.ts';
import {
  type EventFields,
  type FieldsOf,
  findReadings,
  heldBy,
  isAnchor,
  isBounded,
  isJson,
  type Pair,
} from './find-readings.ts';
import { signedParam, sortParams } from './sign-webhook.ts';

/**
 * Twilio signs names and values in one string with nothing in between. Whoever got hold of one signed webhook may cut
 * that string elsewhere, and the signature still holds. One of a person called `anaBodycancel order 7 ` on chat:
 *
 *     …Authoranabodycancel order 7 BodyokChatServiceSidIS00…00ConversationSidCH00…MessageSidIM00…ReplyToMessageSidIM11…
 *      └ Author ────────────────┘└ Body ┘                                         └ as Twilio sends it
 *      └ Author ┘└ Body ──────────────┘   another Author says something else
 *                                                                                MessageSi·dIM00…ReplyTo  MessageSid·IM11…
 *
 * What each cut is worth depends on what the others say that could be Twilio's:
 *
 * 1. Values whose end is certain (field-shapes.ts) chain up: behind IM00…00 stands a name, and so on. The third cut
 *    breaks the chain, since where `MessageSidIM00…` stands nobody means `MessageSi`; so `ReplyToMessageSid`, a name
 *    that Twilio may add tomorrow, takes nothing away. A request is *hidden*, and refused, when it does not go along
 *    the chain, or when a parameter that we do not know holds a SID or an EventType with which another chain would
 *    hold just as well (find-readings.ts): `OtherParticipantSid` where there is no ParticipantSid.
 * 2. Where a free text ends the string does not say, nor where a parameter ends that we do not know. When that leaves
 *    other texts possible, or words or numbers, the event is *doubtful*: good for its SIDs and its name, while
 *    everything else is to be read from Twilio. Refusing instead would lose every message once Twilio adds a parameter
 *    whose name sorts behind Body; trusting would let half a message pass for a whole one.
 * 3. Customers may type what they like. A Body may hold "Social Media", "Index1" or a whole webhook, since the
 *    parameters that count stand behind it; only the name of a text beside it makes it doubtful.
 *
 * What this cannot see is a text that has swallowed a parameter Twilio added after this was written, or has lost one
 * that Twilio left out and a customer typed to the letter: nothing in the string tells `ChatServiceSidIS…` at the end
 * of a Body from Twilio's own. Either way only what that customer said is shorter or longer by it.
 */
export function findAmbiguity(
  params: FormParams,
  eventType: string,
  fieldsOf: FieldsOf,
): 'hidden' | 'doubtful' | undefined {
  const event = fieldsOf(eventType);
  const pieces = toPieces(params, event.names);
  if (pieces.some(({ name, value }) => isBounded(name) && HOLDS_SID.test(value))) return 'hidden';
  if (hidesAddress(pieces, event)) return 'hidden';
  const readings = mayReadOtherwise(pieces, event) ? inspectReadings(pieces, event, fieldsOf) : [];
  if (readings.includes('hidden')) return 'hidden';
  const isDoubtful = pieces.some((piece, at) => INSPECT[piece.kind](piece, { pieces, at, event }));
  return isDoubtful || readings.includes('doubtful') ? 'doubtful' : undefined;
}

/** One parameter in the signed string. */
interface Piece {
  readonly name: string;
  /** As it is signed, the first name left out. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** `certain`: its value's end is. An empty value where there should be a shape is as good as no parameter. */
  readonly kind: 'certain' | 'text' | 'unknown';
}

interface Place {
  readonly pieces: readonly Piece[];
  readonly at: number;
  readonly event: EventFields;
}

function toPieces(params: FormParams, names: ReadonlySet<string>): readonly Piece[] {
  let start = 0;
  return sortParams(params).map(([name, values]) => {
    const value = signedParam(name, values).slice(name.length);
    const piece = { name, value, start, end: start + name.length + value.length };
    start = piece.end;
    return { ...piece, kind: kindOf(name, values, value, names) };
  });
}

function kindOf(
  name: string,
  values: readonly string[],
  value: string,
  names: ReadonlySet<string>,
): Piece['kind'] {
  if (!names.has(name)) return 'unknown';
  if (!isShaped(name)) return 'text';
  if (value === '') return 'unknown';
  return values.every((one) => WHOLE[name].test(one)) ? 'certain' : 'text';
}

/** As the end of a field's name and its value; no address looks like that. */
const HOLDS_SID = /Sid[A-Z]{2}[0-9a-fA-F]{32}/;

const patterns = (source: (field: string, shape: string) => string) =>
  Object.fromEntries(
    Object.entries(SHAPES).map(([field, shape]) => [field, new RegExp(source(field, shape))]),
  ) as Readonly<Record<ShapedField, RegExp>>;
const WHOLE = patterns((_, shape) => `^(?:${shape})$`);
const PREFIX = patterns((_, shape) => `^(?:${shape})`);
const ANYWHERE = patterns((field, shape) => `${field.replace('.', '\\.')}(?:${shape})`);

/** Whom a conversation is with: the one thing besides SIDs that Twilio does not tell when it is asked. */
function hidesAddress(pieces: readonly Piece[], { names }: EventFields): boolean {
  if (names.has('ParticipantSid')) return false;
  const present = new Set(pieces.map(({ name }) => name));
  const absent = ADDRESSES.filter((field) => names.has(field) && !present.has(field));
  const parts = pieces.map(({ name, value, kind }) => (kind === 'certain' ? '\n' : name + value));
  return absent.some((field) => ANYWHERE[field].test(parts.join('')));
}

/**
 * Most webhooks hold nothing that could be read in two ways, and need no more than this look. What a text holds of the
 * parameters behind it counts only where they are missing; what stands before it, it may have swallowed.
 */
function mayReadOtherwise(pieces: readonly Piece[], { names }: EventFields): boolean {
  const present = new Set(pieces.map(({ name }) => name));
  const anchors = [...names].filter(isAnchor);
  const holds = ({ name, value }: Piece) =>
    anchors.some((anchor) => (anchor < name || !present.has(anchor)) && value.includes(anchor));
  return pieces.some((piece) => piece.kind === 'unknown' || (piece.kind === 'text' && holds(piece)));
}

/** Compares what the request says with every other way to read its string. */
function inspectReadings(
  pieces: readonly Piece[],
  event: EventFields,
  fieldsOf: FieldsOf,
): ('hidden' | 'doubtful')[] {
  const own = new Map<string, Piece>(pieces.filter(isCertainAnchor).map((piece) => [piece.name, piece]));
  const ends = pieces.filter(isCertain);
  const signed = toText(pieces);
  const readings = findReadings(signed, fieldsOf, new Map(ends.map(({ start, end }) => [start, end])));

  const confirmed = new Set(readings.filter((pair) => isOwn(pair, own)).map(({ field }) => field));
  const unconfirmed = [...own.keys()].filter((field) => isAnchor(field) && !confirmed.has(field));
  const findings = unconfirmed.map((field) => (identifies(field, event) ? 'hidden' : 'doubtful'));
  for (const pair of readings) {
    if (isOwn(pair, own) || isBounded(pair.field)) continue;
    const unknown = pieces.some(
      ({ kind, start, end }) => kind === 'unknown' && start < pair.end && pair.start < end,
    );
    const held = own.get(pair.field);
    // Typed by somebody, and the real one stands behind it.
    if (held !== undefined && held.start > pair.start && !unknown) continue;
    // Without it, the service is asked for.
    const isAskedFor = pair.field === 'ChatServiceSid' && !unknown;
    const changes = held?.value !== heldBy(signed, pair) && !isNamedForIt(pair, held, pieces, event);
    findings.push(identifies(pair.field, event) && changes && !isAskedFor ? 'hidden' : 'doubtful');
  }
  return findings;
}

/**
 * Whether the pair is the end of the name of a parameter that we do not know, and its value, behind the event's own:
 * `ReplyToMessageSid`. To be the event's own instead it would have to stand behind a value that ends in `ReplyTo` and has
 * swallowed the other one, name and all. No text can have: of what the event needs something stands between. That
 * leaves another parameter that we do not know, and one in which such a thing stands is refused itself.
 */
function isNamedForIt(
  { field, start, end }: Pair,
  held: Piece | undefined,
  pieces: readonly Piece[],
  { required }: EventFields,
): boolean {
  if (held === undefined || held.start > start) return false;
  const isNamed = pieces.some(
    (piece) =>
      piece.kind === 'unknown' &&
      piece.end === end &&
      piece.start + piece.name.length === start + field.length &&
      /^[A-Za-z.]+$/.test(piece.name),
  );
  const isKeptApart = ({ name }: Piece) =>
    [...required].some((needed) => isAnchor(needed) && name < needed && needed < field);
  return (
    isNamed &&
    pieces.every((piece) => piece.kind !== 'text' || piece.start > held.start || isKeptApart(piece))
  );
}

function isOwn({ field, start, end }: Pair, own: ReadonlyMap<string, Piece>): boolean {
  const piece = own.get(field);
  return piece?.start === start && (piece.end === end || isJson(field));
}

/** What says which event this is, and of what; a date tells one join of somebody from the next. */
function identifies(field: string, { required }: EventFields): boolean {
  return field.endsWith('Sid') || field === 'EventType' || (field.includes('Date') && required.has(field));
}

/** Whether texts or words may hide in a parameter that we do not know, or it may end elsewhere. */
function inspectUnknown({ name }: Piece, { pieces, at, event }: Place): boolean {
  const behind = pieces.slice(at + 1);
  const next = behind.find(({ kind }) => kind !== 'unknown');
  const run = toText(pieces.slice(at, next && pieces.indexOf(next)));
  const passed = new Set(pieces.slice(0, at).map((piece) => piece.name));
  const last = behind.find(isCertainAnchor)?.name ?? LAST;
  const hides = [...event.names].some(
    (field) =>
      (FREE_FIELDS.has(field) || WORD_FIELDS.has(field)) &&
      (field === REPEATABLE || !passed.has(field)) &&
      field < last &&
      run.includes(field),
  );
  // A name on chat may begin like a number.
  if (hides || pieces[at - 1]?.name === 'Author') return true;
  if (next === undefined) return false;
  // Where it could have swallowed what stands behind it, whose name comes once more.
  if (behind.some((other) => other.name < last && other.value.includes(next.name))) return true;
  if (event.required.has(next.name)) return false;
  // `Other`, empty, and ParticipantSid are OtherParticipantSid as well.
  return next.kind === 'text' ? !isConfirmed(next, pieces) : next.name.endsWith('Sid') && run === name;
}

/** Whether a text, or one beside it, may end elsewhere. */
function inspectText({ name, value }: Piece, { pieces, at, event }: Place): boolean {
  const behind = pieces.slice(at + 1);
  const next = behind.find(isCertain)?.name ?? LAST;
  if (behind[0]?.kind === 'unknown' || WORD_FIELDS.has(name)) return true;
  if (isShaped(name) && PREFIX[name].test(value)) return true;

  // Of two texts side by side one must not hold the second one's name. Body, which customers type, is not that one.
  const present = new Set([name, ...behind.map((piece) => piece.name)]);
  const mayHold = (field: string) => name === 'Body' && present.has(field);
  const holds = [...event.names].some(
    (field) =>
      name <= field &&
      field <= next &&
      ((FREE_FIELDS.has(field) && !mayHold(field) && value.includes(field)) ||
        (WORD_FIELDS.has(field) && !present.has(field) && value.includes(field))),
  );
  if (holds) return true;

  // A name was chosen by whoever bears it, and may have gone on into what stands behind it.
  if (name === 'Author') return behind[0]?.name === 'Body' && !isConfirmed({ name }, pieces);
  if (name === 'Identity') return behind[0]?.name.startsWith('MessagingBinding.') === true;
  const before = pieces[at - 1];
  if (before === undefined || before.kind === 'certain') return false;
  return value.includes(name) || (name === 'ClientIdentity' && !isConfirmed({ name }, pieces));
}

/**
 * Where a name ends that stands without a shape: on chat Twilio says twice who wrote, and a name cut elsewhere would
 * not be the same both times. On other channels nobody chooses an address without a number.
 */
function isConfirmed({ name }: Pick<Piece, 'name'>, pieces: readonly Piece[]): boolean {
  const said = (field: string) => pieces.find((piece) => piece.name === field)?.value ?? '';
  const [author, client, source] = [said('Author'), said('ClientIdentity'), said('Source').toUpperCase()];
  const isTwiceTheSame = author !== '' && author === client;
  if (name === 'ClientIdentity') return isTwiceTheSame;
  const isAssigned = client === '' && !['', 'API', 'SDK'].includes(source) && ASSIGNED.test(author);
  return name === 'Author' && (isTwiceTheSame || isAssigned);
}

/** `whatsapp:US.…`, `messenger:…`, a short code. */
const ASSIGNED = /^(?:[a-z]{2,9}:[A-Za-z0-9._-]{1,128}|\d{3,8})$/;

function isCertain({ kind }: Piece): boolean {
  return kind === 'certain';
}

function isCertainAnchor(piece: Piece): boolean {
  return isCertain(piece) && isAnchor(piece.name);
}

/** As it is signed. */
function toText(pieces: readonly Piece[]): string {
  return pieces.map(({ name, value }) => name + value).join('');
}

const INSPECT: Readonly<Record<Piece['kind'], (piece: Piece, place: Place) => boolean>> = {
  certain: () => false,
  text: inspectText,
  unknown: inspectUnknown,
};

/** Sorts behind every name. */
const LAST = '\uffff';
