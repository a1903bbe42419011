import * as z from 'zod/mini';
import { checkLimits, type Limits } from './check-limits.ts';
import { messageForm } from './message-form.ts';
import type { CreateMessageParams, UpdateMessageParams } from './message-params.ts';
import { type MessageResource, messageResource, nullable } from './message-resource.ts';
import { nextPage } from './next-page.ts';
import { InvalidParameterError } from './parameter-errors.ts';
import type { TwilioApi } from './request.ts';
import { type ConversationAddress, checkSid, conversationPath } from './resource-path.ts';

export type { CreateMessageParams, UpdateMessageParams } from './message-params.ts';
export type { MessageResource } from './message-resource.ts';
export type { ConversationAddress } from './resource-path.ts';

export interface ListMessagesOptions extends CallOptions {
  /** By index; Twilio's default is `asc`. */
  readonly Order?: 'asc' | 'desc';
  /** 1 to 100; Twilio's default is 50. */
  readonly PageSize?: number;
  readonly Page?: number;
  readonly PageToken?: string;
}

export interface CallOptions {
  /** Milliseconds for the call with all its retries (for list: each page). @default 8000 */
  readonly timeoutMs?: number;
}

export interface WriteOptions extends CallOptions {
  /** X-Twilio-Webhook-Enabled. `true` makes Twilio send us our own words: the way loops start. @default false */
  readonly webhookEnabled?: boolean;
  /** What the recipients' channel takes. @default SMS and WhatsApp */
  readonly limits?: Limits;
}

/** The five operations of the service-scoped Message resource. */
export interface Messages {
  create(
    address: ConversationAddress,
    params: CreateMessageParams,
    options?: WriteOptions,
  ): Promise<MessageResource>;
  fetch(address: ConversationAddress, messageSid: string, options?: CallOptions): Promise<MessageResource>;
  /** Every message from the given page on; asks for the next page when the caller gets there. */
  list(
    address: ConversationAddress,
    options?: ListMessagesOptions,
  ): AsyncGenerator<MessageResource, void, void>;
  update(
    address: ConversationAddress,
    messageSid: string,
    params: UpdateMessageParams,
    options?: WriteOptions,
  ): Promise<MessageResource>;
  remove(address: ConversationAddress, messageSid: string, options?: WriteOptions): Promise<void>;
}

const page = z.object({
  messages: z.array(messageResource),
  meta: z.object({ next_page_url: nullable(z.string()) }),
});

const MAX_PAGE_SIZE = 100;

/**
 * https://www.twilio.com/docs/conversations/api/service-scoped-conversation-message-resource
 *
 * Each throws InvalidParameterError or LimitExceededError before anything is sent, else what `TwilioApi.request`
 * throws. Create has no idempotency key: after an error whose `outcomeKnown` is false, look before creating again.
 */
export function createMessages(api: TwilioApi): Messages {
  return {
    create: async (address, params, { webhookEnabled, limits, timeoutMs } = {}) => {
      checkLimits(params, limits);
      return api.request({
        method: 'POST',
        path: conversationPath(address, 'Messages'),
        form: messageForm(params, 'create'),
        headers: webhookHeader(webhookEnabled),
        expected: messageResource,
        timeoutMs,
      });
    },

    fetch: async (address, messageSid, { timeoutMs } = {}) =>
      api.request({
        method: 'GET',
        path: messagePath(address, messageSid),
        expected: messageResource,
        timeoutMs,
      }),

    list: async function* (address, { timeoutMs, ...query } = {}) {
      let path: string | undefined = `${conversationPath(address, 'Messages')}${listQuery(query)}`;
      while (path !== undefined) {
        const { messages, meta }: z.infer<typeof page> = await api.request({
          method: 'GET',
          path,
          expected: page,
          timeoutMs,
        });
        yield* messages;
        path = nextPage(meta.next_page_url, api.origin, path);
      }
    },

    update: async (address, messageSid, params, { webhookEnabled, limits, timeoutMs } = {}) => {
      checkLimits(params, limits);
      return api.request({
        method: 'POST',
        path: messagePath(address, messageSid),
        form: messageForm(params, 'update'),
        headers: webhookHeader(webhookEnabled),
        expected: messageResource,
        timeoutMs,
      });
    },

    remove: async (address, messageSid, { webhookEnabled, timeoutMs } = {}) =>
      api.request({
        method: 'DELETE',
        path: messagePath(address, messageSid),
        headers: webhookHeader(webhookEnabled),
        expected: undefined,
        timeoutMs,
      }),
  };
}

function messagePath(address: ConversationAddress, messageSid: string): string {
  return conversationPath(address, 'Messages', checkSid('messageSid', 'IM', messageSid));
}

function webhookHeader(enabled = false): Record<string, string> {
  return { 'x-twilio-webhook-enabled': String(enabled) };
}

function listQuery({ Order, PageSize, Page, PageToken }: ListMessagesOptions): string {
  checkWhole('PageSize', PageSize, 1, MAX_PAGE_SIZE);
  checkWhole('Page', Page, 0, Number.MAX_SAFE_INTEGER);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ Order, PageSize, Page, PageToken }))
    if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
}

function checkWhole(field: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new InvalidParameterError(field, `is ${value}: expected a whole number from ${min} to ${max}.`);
}
