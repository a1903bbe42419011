import { MAX_NAME } from '../../lib/limits.ts';
import { isSid } from '../../lib/sid.ts';
import type { Core } from '../core.ts';
import { parseDuration } from '../dates.ts';
import type { ErrorCode } from '../error-table.ts';
import { CONVERSATION_ATTRIBUTES_BYTES } from '../limits.ts';
import { readAttributes, readChoice, readDate, readSid, readText } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import type { ConversationDraft } from './add-conversation.ts';

export const CONVERSATION_PARAMETERS = [
  'FriendlyName',
  'UniqueName',
  'DateCreated',
  'DateUpdated',
  'MessagingServiceSid',
  'Attributes',
  'State',
  'Timers.Inactive',
  'Timers.Closed',
  'Bindings.Email.Address',
  'Bindings.Email.Name',
];

const STATES = ['initializing', 'active', 'inactive', 'closed'] as const;

/** Reads and checks the parameters of a create or an update; what is absent is left out. */
export function readConversationDraft(form: URLSearchParams): ConversationDraft {
  return present({
    friendly_name: readText(form, 'FriendlyName', MAX_NAME, 50003),
    unique_name: readUniqueName(form),
    attributes: readAttributes(form, CONVERSATION_ATTRIBUTES_BYTES),
    messaging_service_sid: readSid(form, 'MessagingServiceSid', 'MG', 50341),
    state: readChoice(form, 'State', STATES, 50378),
    timers: readTimers(form),
    bindings: readBindings(form),
    date_created: readDate(form, 'DateCreated', 50308),
    date_updated: readDate(form, 'DateUpdated', 50309),
  });
}

/** The same of a create, which may not begin closed, and names its state when it sets timers. */
export function readNewConversation({ settings }: Core, form: URLSearchParams): ConversationDraft {
  const draft = readConversationDraft(form);
  if (draft.state === 'closed') throw new RefusalError(50384);
  const stateless = draft.timers !== undefined && draft.state === undefined;
  if (stateless && settings.timersWithoutState === 'refuse') throw new RefusalError(50382);
  return draft;
}

function readUniqueName(form: URLSearchParams): string | undefined {
  const name = readText(form, 'UniqueName', MAX_NAME, 50004);
  if (name !== undefined && isSid('CH', name)) throw new RefusalError(50390);
  return name;
}

const MINUTE = 60_000;

function readTimers(form: URLSearchParams): ConversationDraft['timers'] | undefined {
  const inactive = readTimer(form, 'Timers.Inactive', MINUTE, 50379, 50375);
  const closed = readTimer(form, 'Timers.Closed', 10 * MINUTE, 50380, 50376);
  if (inactive === undefined && closed === undefined) return undefined;
  return { inactive: inactive ?? null, closed: closed ?? null };
}

/** PT0S switches a timer off. */
export function readTimer(
  form: URLSearchParams,
  name: string,
  minimum: number,
  malformed: ErrorCode,
  tooShort: ErrorCode,
): string | undefined {
  const text = form.get(name);
  if (text === null) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined) throw new RefusalError(malformed);
  if (ms !== 0 && ms < minimum) throw new RefusalError(tooShort);
  return text;
}

function readBindings(form: URLSearchParams): Record<string, unknown> | undefined {
  const address = form.get('Bindings.Email.Address');
  const name = form.get('Bindings.Email.Name');
  if (address === null && name === null) return undefined;
  return { email: { address, name } };
}

function present(
  draft: { [K in keyof ConversationDraft]: ConversationDraft[K] | undefined },
): ConversationDraft {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}
