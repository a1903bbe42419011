import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import { nextPage } from './next-page.ts';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';

const addressConfiguration = z.object({
  sid: z.string(),
  /** `sms`, `whatsapp` and the like. */
  type: nullable(z.string()),
  /** A number, or a sender such as `whatsapp:+1…`. */
  address: nullable(z.string()),
  auto_creation: nullable(
    z.object({
      enabled: z.optional(nullable(z.boolean())),
      /** `webhook` and `studio` give each conversation a webhook of its own; `default` gives it none. */
      type: z.optional(nullable(z.string())),
      conversation_service_sid: z.optional(nullable(z.string())),
      webhook_url: z.optional(nullable(z.string())),
    }),
  ),
});

export type AddressConfiguration = z.infer<typeof addressConfiguration>;

const page = z.object({
  address_configurations: z.array(addressConfiguration),
  meta: z.object({ next_page_url: nullable(z.string()) }),
});

const PATH = '/v1/Configuration/Addresses';

/**
 * The account's addresses that make a conversation when somebody writes to them.
 * https://www.twilio.com/docs/conversations/api/address-configuration-resource
 * @throws what `TwilioApi.request` throws.
 */
export async function listAddresses(api: TwilioApi): Promise<readonly AddressConfiguration[]> {
  const all: AddressConfiguration[] = [];
  for (let path: string | undefined = `${PATH}?PageSize=50`; path !== undefined; ) {
    const { address_configurations, meta }: z.infer<typeof page> = await api.request({
      method: 'GET',
      path,
      expected: page,
    });
    all.push(...address_configurations);
    path = nextPage(meta.next_page_url, api.origin, path);
  }
  return all;
}

/**
 * Has messages to an address make conversations in a service, which carry no webhook of their own.
 * @param sid `IG…`
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function updateAddress(api: TwilioApi, sid: string, serviceSid: string): Promise<void> {
  await api.request({
    method: 'POST',
    path: `${PATH}/${checkSid('addressSid', 'IG', sid)}`,
    form: {
      'AutoCreation.Enabled': 'true',
      'AutoCreation.Type': 'default',
      'AutoCreation.ConversationServiceSid': checkSid('serviceSid', 'IS', serviceSid),
    },
    expected: addressConfiguration,
  });
}
