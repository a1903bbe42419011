import type { ConversationEvent } from '../../event/event-types.ts';
import { readChannel } from '../../event/read-channel.ts';
import { parseAttributes } from '../../json.ts';
import { describeNow } from '../hours/describe-now.ts';
import { lookUpHours } from '../hours/look-up-hours.ts';
import type { OpeningHours } from '../hours/opening-hours.ts';

/** The participant as Twilio's REST API returns it, as far as rules can name it. */
export interface ParticipantValues {
  readonly identity?: string | null;
  /** A JSON string. */
  readonly attributes?: string | null;
  /** Null for chat users. */
  readonly messaging_binding?: { readonly type?: string | null; readonly address?: string | null } | null;
}

/** The conversation as Twilio's REST API returns it, as far as rules can name it. */
export interface ConversationValues {
  readonly friendly_name?: string | null;
  readonly unique_name?: string | null;
  /** A JSON string. */
  readonly attributes?: string | null;
}

/** Everything a `{{ path }}` can stand for. What was not read, or could not be, counts as absent. */
export interface Values {
  readonly event: ConversationEvent;
  readonly match: Readonly<Record<string, string>>;
  /** The same as it was matched, where that differs: no longer than its pattern says. */
  readonly composed?: Readonly<Record<string, string>> | undefined;
  readonly answer?: string | undefined;
  /** What is remembered, what this answer has remembered so far included. */
  readonly remembered?: Readonly<Record<string, string>> | undefined;
  /** When the customer wrote, in milliseconds since the epoch. */
  readonly now: number;
  readonly language?: string | undefined;
  /** An IANA time zone. */
  readonly timezone?: string | undefined;
  readonly hours?: Readonly<Record<string, OpeningHours>> | undefined;
  readonly participant?: ParticipantValues | undefined;
  readonly conversation?: ConversationValues | undefined;
}

/**
 * The value a path stands for; undefined when it is absent, empty, or nothing that can be written into a text (an
 * object, a list). Only own properties count, so `attributes.constructor` is what the customer's record says.
 */
export function lookUp(path: string, values: Values): string | undefined {
  const [root = '', field = '', key = ''] = path.split('.');
  return toText(ROOTS.get(root)?.(values, field, key));
}

type Read = (values: Values, field: string, key: string) => unknown;

const ROOTS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['match', ({ match }, group) => own(match, group)],
  ['answer', ({ answer }) => answer],
  ['remembered', ({ remembered }, name) => own(remembered, name)],
  ['text', ({ event }) => ('Body' in event ? event.Body : undefined)],
  ['language', ({ language }) => language],
  ['author', ({ event }) => ('Author' in event ? event.Author : undefined)],
  ['participant', readParticipant],
  ['conversation', readConversation],
  ['now', ({ now, timezone }, part) => describeNow(now, timezone, part)],
  ['hours', lookUpHours],
]);

/** A resource is touched only where it is asked for: whoever hands in one that is not read yet is told so. */
function readParticipant(values: Values, field: string, key: string): unknown {
  const { event } = values;
  const joined = event.EventType === 'onParticipantAdded' ? event : undefined;
  switch (field) {
    case 'sid':
      return 'ParticipantSid' in event ? event.ParticipantSid : undefined;
    case 'address':
      return readAddress(event);
    case 'identity':
      return values.participant?.identity ?? joined?.Identity;
    default:
      return own(parseAttributes(values.participant?.attributes) ?? joined?.Attributes, key);
  }
}

/** The customer's number; on a chat there is none. */
function readAddress(event: ConversationEvent): string | undefined {
  if (event.EventType === 'onMessageAdded') return readChannel(event) === 'chat' ? undefined : event.Author;
  return event.EventType === 'onParticipantAdded' ? event['MessagingBinding.Address']?.[0] : undefined;
}

function readConversation(values: Values, field: string, key: string): unknown {
  const { event } = values;
  const added = event.EventType === 'onConversationAdded' ? event : undefined;
  switch (field) {
    case 'sid':
      return 'ConversationSid' in event ? event.ConversationSid : undefined;
    case 'friendly_name':
      return values.conversation?.friendly_name ?? added?.FriendlyName;
    case 'unique_name':
      return values.conversation?.unique_name ?? added?.UniqueName;
    default:
      return own(parseAttributes(values.conversation?.attributes) ?? added?.Attributes, key);
  }
}

function own(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as Record<string, unknown>)[key];
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
