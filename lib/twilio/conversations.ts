import * as z from 'zod/mini';
import { lazily } from '../lazily.ts';
import { sidPattern } from '../sid.ts';
import { nullable } from './message-resource.ts';
import type { CallOptions } from './messages.ts';
import { nextPage } from './next-page.ts';
import type { TwilioApi } from './request.ts';
import { type ConversationAddress, checkSid, conversationPath } from './resource-path.ts';
import { unlessGone } from './unless-gone.ts';

/**
 * A conversation as Twilio returns it.
 * https://www.twilio.com/docs/conversations/api/service-conversation-resource
 */
const conversationResource = lazily(() =>
  z.object({
    sid: z.string().check(z.regex(sidPattern('CH'))),
    account_sid: nullable(z.string()),
    chat_service_sid: nullable(z.string()),
    messaging_service_sid: nullable(z.string()),
    friendly_name: nullable(z.string()),
    unique_name: nullable(z.string()),
    /** A string of JSON. */
    attributes: nullable(z.string()),
    /** `initializing`, `active`, `inactive` or `closed`. */
    state: nullable(z.string()),
    date_created: nullable(z.string()),
    date_updated: nullable(z.string()),
    timers: nullable(z.object({ date_inactive: nullable(z.string()), date_closed: nullable(z.string()) })),
    bindings: nullable(z.record(z.string(), z.unknown())),
    url: nullable(z.string()),
    links: nullable(z.record(z.string(), z.string())),
  }),
);

export type ConversationResource = z.infer<ReturnType<typeof conversationResource>>;

/**
 * Fetches one conversation, by its SID or UniqueName.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function fetchConversation(
  api: TwilioApi,
  address: ConversationAddress,
  { timeoutMs }: CallOptions = {},
): Promise<ConversationResource> {
  return api.request({
    method: 'GET',
    path: conversationPath(address),
    expected: conversationResource(),
    timeoutMs,
  });
}

/**
 * Writes a conversation's Attributes as a whole, and has Twilio tell the webhooks of it: `onConversationUpdated`.
 *
 * @param Attributes a JSON object
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function writeAttributes(
  api: TwilioApi,
  address: ConversationAddress,
  Attributes: string,
): Promise<void> {
  await api.request({
    method: 'POST',
    path: conversationPath(address),
    form: { Attributes },
    headers: { 'x-twilio-webhook-enabled': 'true' },
    expected: conversationResource(),
  });
}

/**
 * Which service a conversation belongs to, by its SID alone: as the account knows it, and failing that in each of
 * `serviceSids`, since the short path means the account's default service.
 * @returns undefined when there is no such conversation.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function findServiceSid(
  api: TwilioApi,
  conversationSid: string,
  serviceSids: readonly string[],
): Promise<string | undefined> {
  const path = `/v1/Conversations/${checkSid('conversationSid', 'CH', conversationSid)}`;
  const found = await unlessGone(api.request({ method: 'GET', path, expected: conversationResource() }));
  if (found?.chat_service_sid) return found.chat_service_sid;
  for (const serviceSid of serviceSids) {
    if (await unlessGone(fetchConversation(api, { serviceSid, conversationSid }))) return serviceSid;
  }
  return undefined;
}

export interface ConversationPage {
  readonly conversations: readonly ConversationResource[];
  /** What to pass as `from` for the next page; undefined after the last. */
  readonly next: string | undefined;
}

export interface ListConversationsOptions extends CallOptions {
  /** Only conversations created from this day on (UTC, ISO 8601). */
  readonly StartDate?: string;
  /** Where an earlier listing stopped. */
  readonly from?: string | undefined;
}

const page = lazily(() =>
  z.object({
    conversations: z.array(conversationResource()),
    meta: z.object({ next_page_url: nullable(z.string()) }),
  }),
);

/**
 * One page of a service's conversations, at most 100. A page at a time, because a listing may go on in another
 * invocation.
 * @throws InvalidParameterError, ForeignPageError, or what `TwilioApi.request` throws.
 */
export async function listConversations(
  api: TwilioApi,
  serviceSid: string,
  { StartDate, from, timeoutMs }: ListConversationsOptions = {},
): Promise<ConversationPage> {
  const resource = `/v1/Services/${checkSid('serviceSid', 'IS', serviceSid)}/Conversations`;
  const query = new URLSearchParams({ PageSize: '100', ...(StartDate === undefined ? {} : { StartDate }) });
  const path = from?.startsWith(`${resource}?`) ? from : `${resource}?${query}`;
  const { conversations, meta } = await api.request({ method: 'GET', path, expected: page(), timeoutMs });
  return { conversations, next: nextPage(meta.next_page_url, api.origin, path) };
}
