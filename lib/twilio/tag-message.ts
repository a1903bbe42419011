import { parseExactly } from '../json.ts';
import type { Clock } from '../ports.ts';
import { AttributesUnreadableError } from './attributes-unreadable-error.ts';
import type { CallOptions, ConversationAddress, Messages } from './messages.ts';

export interface TagPorts extends Pick<Messages, 'fetch' | 'update'>, Pick<Clock, 'now'> {}

/** Of the time for both requests, the most that the read may take. */
const READ_MS = 3_000;

/**
 * Merges `tags` into the Attributes of a message, at the top level, and tells no webhook. Twilio can only replace them
 * as a whole, so they are read first: what somebody else writes in between is lost. Where all is there already, nothing
 * is written.
 *
 * @param options.timeoutMs for both requests together: whoever stood still in between must not write what he read.
 * @default 8000
 * @throws AttributesUnreadableError where they are not an object, LimitExceededError where the whole is over 4 KB, what
 * `TwilioApi.request` throws. Whatever it throws, it may be done again.
 */
export async function tagMessage(
  { fetch, update, now }: TagPorts,
  address: ConversationAddress,
  messageSid: string,
  tags: Readonly<Record<string, string>>,
  { timeoutMs = 8_000 }: CallOptions = {},
): Promise<void> {
  const deadline = now() + timeoutMs;
  const { attributes } = await fetch(address, messageSid, { timeoutMs: Math.min(READ_MS, timeoutMs) });
  const present = parseExactly(attributes);
  if (present === undefined) throw new AttributesUnreadableError();
  const isTagged = Object.entries(tags).every(
    ([name, value]) => Object.hasOwn(present, name) && present[name] === value,
  );
  if (isTagged) return;
  const Attributes = { ...present, ...tags };
  await update(address, messageSid, { Attributes }, { timeoutMs: Math.max(0, deadline - now()) });
}
