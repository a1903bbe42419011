import * as z from 'zod/mini';
import { eventParams } from '../event/event-params.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import type { FormParams } from '../event/form-params.ts';
import { addressOf } from '../event/subject.ts';
import { parseJson } from '../json.ts';
import { eventFields, type ParsedEvent, parseEvent } from '../webhook/parse-event.ts';
import { wrongField } from '../webhook/wrong-field.ts';
import { EnvelopeInvalidError, EnvelopeNewerError, EnvelopeTooLargeError } from './envelope-errors.ts';

/** What the queue carries, opened. */
export interface Envelope {
  readonly event: ConversationEvent;
  /** When the webhook came in, in milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Where the event happened, with the service that `receive` resolved or Twilio told. */
  readonly address: { readonly serviceSid: string; readonly conversationSid: string };
  /** Texts and words are not certain (find-ambiguity.ts): ask Twilio for them before use. */
  readonly doubtful: boolean;
  /** No webhook brought it: it was found by asking Twilio, so somebody else may have answered it. */
  readonly found?: true;
  /** An operator lets it be answered until then, however old it is; in milliseconds since the epoch. */
  readonly answerUntil?: number | undefined;
  /** An operator has it decided anew, once under this id (again.ts). */
  readonly replay?: string | undefined;
}

/** As it lay on the queue: Twilio may have to be asked for its service (reply/find-service.ts). */
export interface OpenedEnvelope extends Omit<Envelope, 'address'> {
  readonly address: { readonly serviceSid?: string; readonly conversationSid: string };
}

/** 2 where an operator asks for more than version 1 knows: that leaves such an envelope on the queue. Else 1. */
const VERSION = 2;
const FIRST_VERSION = 1;
/** The queue's MaximumMessageSize in stack/storage.yml. */
const MAX_BYTES = 262_144;

/**
 * Packs an event for the queue: printable ASCII, since SQS refuses some characters that JSON.stringify lets through
 * (U+FFFE, U+FFFF), and only the parameters that the event is known to have. `Attributes` and `Media` stay the
 * strings they came as, so nothing is lost between two parsers.
 * @param params of an event that `parseEvent` accepted.
 * @param receivedAt milliseconds since the epoch.
 * @param found whether it was found by asking Twilio.
 * @param asked what an operator asks for.
 * @throws EnvelopeTooLargeError over 256 KiB: some 40,000 characters outside ASCII, more than Twilio lets anybody
 * write.
 */
export function sealEnvelope(
  params: FormParams,
  receivedAt: number,
  doubtful = false,
  found = false,
  asked: Pick<Envelope, 'answerUntil' | 'replay'> = {},
): string {
  const fields = eventFields(params.get('EventType')?.[0]);
  const known = [...params]
    .filter(([name]) => fields.has(name))
    .map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
  return pack({
    v: Object.keys(asked).length > 0 ? VERSION : FIRST_VERSION,
    receivedAt,
    ...(doubtful ? { doubtful } : {}),
    ...(found ? { found } : {}),
    ...asked,
    params: Object.fromEntries(known),
  });
}

/**
 * The same envelope, which may be answered until then.
 * @throws what openEnvelope throws
 */
export function sealAgain(body: string, answerUntil: number): string {
  openEnvelope(body);
  return pack({ ...(parseJson(body) as object), v: VERSION, answerUntil });
}

function pack(content: object): string {
  const body = toAscii(JSON.stringify(content));
  if (body.length > MAX_BYTES) throw new EnvelopeTooLargeError(body.length, MAX_BYTES);
  return body;
}

/**
 * Packs an event that was found by asking Twilio.
 * @throws EnvelopeTooLargeError, and EnvelopeInvalidError for what `openEnvelope` would refuse: on the queue it would
 * be given up without a record, and found again for ever.
 */
export function sealFound(event: ConversationEvent, foundAt: number): string {
  const body = sealEnvelope(eventParams(event), foundAt, false, true);
  openEnvelope(body);
  return body;
}

const versioned = z.object({ v: z.int() });
const sealed = z.object({
  receivedAt: z.number(),
  doubtful: z._default(z.boolean(), false),
  found: z.optional(z.literal(true)),
  answerUntil: z.optional(z.number()),
  // It stands in keys and markers.
  replay: z.optional(z.string().check(z.regex(/^[\w-]{1,36}$/))),
  params: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/**
 * Opens what `sealEnvelope` packed, and checks the event again as if it had just come in: what is on the queue is
 * only as trustworthy as everybody who may write to it.
 * @throws EnvelopeNewerError, EnvelopeInvalidError
 */
export function openEnvelope(body: string): OpenedEnvelope {
  const json = parseJson(body);
  const version = versioned.safeParse(json);
  if (!version.success || version.data.v < FIRST_VERSION) {
    throw new EnvelopeInvalidError('The queue message is not an envelope: it has no version we ever wrote.');
  }
  if (version.data.v > VERSION) throw new EnvelopeNewerError(version.data.v, VERSION);

  const content = sealed.safeParse(json);
  if (!content.success) {
    throw new EnvelopeInvalidError(`The envelope's ${wrongField(content.error)} is missing or wrong.`);
  }
  const { receivedAt, doubtful, found, answerUntil, replay, params } = content.data;
  const form = new Map(Object.entries(params).map(([name, value]) => [name, [value].flat()]));
  const parsed = parseAgain(form, found);
  if (parsed.kind === 'malformed' || parsed.kind === 'refused') {
    throw new EnvelopeInvalidError(`The envelope's event is ${parsed.kind}: ${parsed.reason}.`);
  }
  if (parsed.kind === 'unknown')
    throw new EnvelopeInvalidError("The envelope's EventType is not one we know.");
  const { event } = parsed;
  const address = addressOf(event);
  if (address === undefined) {
    throw new EnvelopeInvalidError(`The envelope's ${event.EventType} names no conversation.`);
  }
  return {
    event,
    receivedAt,
    address,
    doubtful: doubtful || parsed.doubtful,
    ...(found ? { found } : {}),
    ...(answerUntil === undefined ? {} : { answerUntil }),
    ...(replay === undefined ? {} : { replay }),
  };
}

/**
 * Whether anything is hidden was seen at the door, beside the parameters that stayed behind: without them a text may
 * look as if it held more than it does. Its words are read from Twilio then; nothing that was taken in is given up.
 */
function parseAgain(form: FormParams, found: true | undefined): ParsedEvent {
  const parsed = parseEvent(form, found);
  if (parsed.kind !== 'refused') return parsed;
  const read = parseEvent(form, true);
  return read.kind === 'event' ? { ...read, doubtful: true } : read;
}

/** Escapes every code unit outside printable ASCII; JSON.stringify has escaped the control characters below it. */
function toAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
