import * as z from 'zod/mini';
import { lazily } from '../lazily.ts';
import { sidPattern } from '../sid.ts';
import { nullable } from './message-resource.ts';
import type { CallOptions } from './messages.ts';
import { nextPage } from './next-page.ts';
import type { TwilioApi } from './request.ts';
import { type ConversationAddress, checkName, conversationPath } from './resource-path.ts';
import { RejectedError } from './twilio-errors.ts';

/**
 * A participant as Twilio returns it. Personal data: never log it.
 * https://www.twilio.com/docs/conversations/api/service-conversation-participant-resource
 */
const participantResource = lazily(() =>
  z.object({
    sid: z.string().check(z.regex(sidPattern('MB'))),
    account_sid: nullable(z.string()),
    chat_service_sid: nullable(z.string()),
    conversation_sid: nullable(z.string()),
    /** The chat user's identity; null outside chat. */
    identity: nullable(z.string()),
    /** A string of JSON. */
    attributes: nullable(z.string()),
    /** Null for chat users. */
    messaging_binding: nullable(
      z.object({
        /** `sms`, `whatsapp`, … */
        type: nullable(z.string()),
        /** The customer's address, such as `whatsapp:+15550100`. */
        address: nullable(z.string()),
        /** Our own number. */
        proxy_address: nullable(z.string()),
        projected_address: nullable(z.string()),
      }),
    ),
    role_sid: nullable(z.string()),
    date_created: nullable(z.string()),
    date_updated: nullable(z.string()),
    last_read_message_index: nullable(z.int()),
    last_read_timestamp: nullable(z.string()),
    url: nullable(z.string()),
  }),
);

export type ParticipantResource = z.infer<ReturnType<typeof participantResource>>;

/**
 * Fetches one participant.
 * @param participant `MB…` or a chat user's identity.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function fetchParticipant(
  api: TwilioApi,
  address: ConversationAddress,
  participant: string,
  { timeoutMs }: CallOptions = {},
): Promise<ParticipantResource> {
  const path = conversationPath(address, 'Participants', checkName('participant', participant));
  return api.request({ method: 'GET', path, expected: participantResource(), timeoutMs });
}

const page = lazily(() =>
  z.object({
    participants: z.array(participantResource()),
    meta: z.object({ next_page_url: nullable(z.string()) }),
  }),
);

/**
 * Lists everybody who takes part; Twilio allows a thousand.
 * @throws InvalidParameterError, ForeignPageError, or what `TwilioApi.request` throws.
 */
export async function listParticipants(
  api: TwilioApi,
  address: ConversationAddress,
  { timeoutMs }: CallOptions = {},
): Promise<readonly ParticipantResource[]> {
  const all: ParticipantResource[] = [];
  let path: string | undefined = `${conversationPath(address, 'Participants')}?PageSize=100`;
  while (path !== undefined) {
    const { participants, meta }: z.infer<ReturnType<typeof page>> = await api.request({
      method: 'GET',
      path,
      expected: page(),
      timeoutMs,
    });
    all.push(...participants);
    path = nextPage(meta.next_page_url, api.origin, path);
  }
  return all;
}

/** https://www.twilio.com/docs/api/errors/50433 */
const ALREADY_THERE = 50433;

/**
 * Adds a chat user to a conversation, and tells no webhook. Whoever is there already counts as added, so it may be done
 * again whatever it throws.
 * @param identity 1 to 256 characters; Twilio makes a user of one that it does not know.
 * @throws what `TwilioApi.request` throws.
 */
export async function addIdentity(
  api: TwilioApi,
  address: ConversationAddress,
  identity: string,
  { timeoutMs }: CallOptions = {},
): Promise<void> {
  try {
    await api.request({
      method: 'POST',
      path: conversationPath(address, 'Participants'),
      form: { Identity: identity },
      headers: { 'x-twilio-webhook-enabled': 'false' },
      expected: participantResource(),
      timeoutMs,
    });
  } catch (error) {
    if (!(error instanceof RejectedError && error.twilioCode === ALREADY_THERE)) throw error;
  }
}
