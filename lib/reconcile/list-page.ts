import type { ConversationPage, ListConversationsOptions } from '../twilio/conversations.ts';
import { TwilioError } from '../twilio/twilio-errors.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';

/** A page of conversations. The link to it may have grown too old since it was kept: then it is the first page. */
export async function listPage(
  { listConversations }: Pick<ReconcilePorts, 'listConversations'>,
  serviceSid: string,
  { from, ...options }: ListConversationsOptions,
): Promise<ConversationPage> {
  try {
    return await listConversations(serviceSid, { ...options, from });
  } catch (error) {
    const isRefused = error instanceof TwilioError && !error.retryable && from !== undefined;
    if (!isRefused) throw error;
    return listConversations(serviceSid, options);
  }
}
