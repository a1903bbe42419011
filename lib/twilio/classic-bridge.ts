import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';

const configurations = z.object({
  configurations: z.array(
    z.object({
      displayName: z.optional(nullable(z.string())),
      conversationsV1Bridge: z.optional(nullable(z.object({ serviceId: nullable(z.string()) }))),
    }),
  ),
});

/**
 * Whether a service of classic Conversations is bridged to the newer product, where another agent may answer.
 * https://www.twilio.com/docs/conversations/orchestrator/guides/classic-bridge
 * @throws what `TwilioApi.request` throws.
 */
export async function isBridged(api: TwilioApi, serviceSid: string): Promise<boolean> {
  const path = '/v2/ControlPlane/Configurations';
  const all = await api.request({ method: 'GET', path, expected: configurations });
  return all.configurations.some((one) => one.conversationsV1Bridge?.serviceId === serviceSid);
}
