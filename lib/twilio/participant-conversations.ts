import * as z from 'zod/mini';
import { sidPattern } from '../sid.ts';
import { nextPage } from './next-page.ts';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';

const page = z.object({
  conversations: z.array(z.object({ conversation_sid: z.string().check(z.regex(sidPattern('CH'))) })),
  meta: z.object({ next_page_url: z.nullable(z.string()) }),
});

/**
 * The SIDs of a service's conversations in which somebody takes part; those that they have left are not among them.
 * https://www.twilio.com/docs/conversations/api/service-participant-conversation-resource
 *
 * @param somebody an address, `+15550100` or `whatsapp:+15550100`, or a chat user's identity
 * @throws InvalidParameterError, ForeignPageError, or what `TwilioApi.request` throws.
 */
export async function conversationsOf(
  api: TwilioApi,
  serviceSid: string,
  somebody: { readonly Address: string } | { readonly Identity: string },
): Promise<readonly string[]> {
  const resource = `/v1/Services/${checkSid('serviceSid', 'IS', serviceSid)}/ParticipantConversations`;
  const sids: string[] = [];
  let path: string | undefined = `${resource}?${new URLSearchParams({ ...somebody, PageSize: '50' })}`;
  while (path !== undefined) {
    const { conversations, meta }: z.infer<typeof page> = await api.request({
      method: 'GET',
      path,
      expected: page,
    });
    sids.push(...conversations.map(({ conversation_sid }) => conversation_sid));
    path = nextPage(meta.next_page_url, api.origin, path);
  }
  return sids;
}
