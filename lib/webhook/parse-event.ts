import type * as z from 'zod/mini';
import type { ConversationEvent, EventName } from '../event/event-types.ts';
import type { FormParams } from '../event/form-params.ts';
import { lazily, lazilyEach } from '../lazily.ts';
import { EVENT_SCHEMAS } from './event-schema.ts';
import { FREE_FIELDS, isShaped, REPEATABLE } from './field-shapes.ts';
import { findAmbiguity } from './find-ambiguity.ts';
import type { EventFields } from './find-readings.ts';
import { wrongField } from './wrong-field.ts';

export type ParsedEvent =
  | {
      readonly kind: 'event';
      readonly event: ConversationEvent;
      /** Its SIDs, dates and numbers are certain, its texts and words are not: ask Twilio for them before use. */
      readonly doubtful: boolean;
    }
  /** An event Twilio has added since: nothing to do, and no error. */
  | { readonly kind: 'unknown' }
  /** `reason` names the first parameter that is missing or wrong, never its value. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** Signed, but not as Twilio would ever send it: somebody cut the signed string elsewhere. */
  | { readonly kind: 'refused'; readonly reason: 'repeated_parameter' | 'hidden_parameter' };

/**
 * Turns the parameters of a verified webhook into its event. Never throws. Parameters that this version does not
 * know, of any name and value, are ignored, since Twilio adds some without notice.
 * @param isRead whether the parameters were read one by one, from Twilio's REST API: then nobody can have cut a signed
 * text elsewhere, and whatever a text holds, it is a text.
 */
export function parseEvent(params: FormParams, isRead = false): ParsedEvent {
  const eventType = params.get('EventType')?.[0];
  if (eventType === undefined) return { kind: 'malformed', reason: 'EventType' };
  const fields = eventFields(eventType);
  for (const [name, values] of params) {
    const repeatable = name === REPEATABLE && (fields.has(name) || fields === NO_FIELDS);
    if (values.length > 1 && isField(name) && !repeatable) {
      return { kind: 'refused', reason: 'repeated_parameter' };
    }
  }
  if (!isEventName(eventType)) return { kind: 'unknown' };

  const parsed = EVENT_SCHEMAS[eventType]().safeParse(schemaInput(params, fields));
  if (!parsed.success) return { kind: 'malformed', reason: wrongField(parsed.error) };
  const ambiguity = isRead ? undefined : findAmbiguity(params, eventType, fieldsOf);
  if (ambiguity === 'hidden') return { kind: 'refused', reason: 'hidden_parameter' };
  return { kind: 'event', event: parsed.data, doubtful: ambiguity === 'doubtful' };
}

/** The names of the parameters that `eventType` may carry; none for an event we do not know. */
export function eventFields(eventType: string | undefined): ReadonlySet<string> {
  return fieldsOf(eventType).names;
}

function isEventName(name: string | undefined): name is EventName {
  return name !== undefined && Object.hasOwn(EVENT_SCHEMAS, name);
}

const NO_FIELDS: ReadonlySet<string> = new Set();

function fieldsOf(eventType: string | undefined): EventFields {
  return isEventName(eventType) ? knownFields(eventType) : { names: NO_FIELDS, required: NO_FIELDS };
}

const knownFields = lazilyEach((eventType: EventName): EventFields => {
  const shape = Object.entries<z.ZodMiniType>(EVENT_SCHEMAS[eventType]().shape);
  const required = shape.filter(([, { _zod }]) => _zod.optin === undefined);
  return { names: namesOf(shape), required: namesOf(required) };
});

function namesOf(shape: readonly (readonly [string, unknown])[]): ReadonlySet<string> {
  return new Set(shape.map(([name]) => name));
}

/** Every name on Twilio's pages about webhooks. */
export const documentedNames = lazily(
  (): ReadonlySet<string> =>
    new Set(Object.keys(EVENT_SCHEMAS).flatMap((eventType) => [...fieldsOf(eventType).names])),
);

function isField(name: string): boolean {
  return isShaped(name) || FREE_FIELDS.has(name);
}

/** An empty value is an absent one: Twilio's pages and captures differ on which of the two it sends. */
function schemaInput(params: FormParams, fields: ReadonlySet<string>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const values = (params.get(field) ?? []).filter((value) => value !== '');
    if (values.length > 0) input[field] = field === REPEATABLE ? [...new Set(values)].sort() : values[0];
  }
  return input;
}
