import { listConversations } from '../../lib/twilio/conversations.ts';
import { createMessages, type MessageResource } from '../../lib/twilio/messages.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import type { ConversationAddress } from '../../lib/twilio/resource-path.ts';
import { listScopedWebhooks, type ScopedWebhook } from '../../lib/twilio/scoped-webhooks.ts';

/** A conversation as far as a sample shows it. */
export interface RecentConversation extends ConversationAddress {
  readonly webhooks: readonly ScopedWebhook[];
  /** The latest first. */
  readonly messages: readonly MessageResource[];
}

/** Of each service. Two requests each, so that the doctor costs the same in every account. */
export const SAMPLED = 5;
const MESSAGES = 20;

/** The newest conversations of the first page, which is what Twilio lists without another request. */
export async function recentConversations(
  api: TwilioApi,
  serviceSids: readonly string[],
): Promise<readonly RecentConversation[]> {
  const ofServices = serviceSids.map(async (serviceSid) => {
    const { conversations } = await listConversations(api, serviceSid);
    const newest = conversations
      .toSorted((a, b) => at(b.date_created) - at(a.date_created))
      .slice(0, SAMPLED);
    return Promise.all(newest.map(({ sid }) => lookAtOne(api, { serviceSid, conversationSid: sid })));
  });
  return (await Promise.all(ofServices)).flat();
}

async function lookAtOne(api: TwilioApi, address: ConversationAddress): Promise<RecentConversation> {
  const list = createMessages(api).list(address, { Order: 'desc', PageSize: MESSAGES });
  const messages: MessageResource[] = [];
  for await (const message of list) {
    messages.push(message);
    if (messages.length === MESSAGES) break;
  }
  return { ...address, messages, webhooks: await listScopedWebhooks(api, address) };
}

function at(date: string | null): number {
  return date === null ? 0 : Date.parse(date);
}
