import type { Customer, ServiceOptions } from '../../emulator/index.ts';
import { startService, type TestService } from './start-service.ts';

/** One customer in one conversation. */
export interface Scene {
  readonly service: TestService;
  readonly conversationSid: string;
  /** Path of the service. */
  readonly base: string;
  /** Path of the conversation. */
  readonly at: string;
}

/**
 * A service with one conversation, which nothing has been said in.
 *
 * @example
 * ```ts
 * import { startScene } from './test/emulator/start-scene.ts';
 *
 * const { service, conversationSid, at } = await startScene({ channel: 'sms' });
 * await service.customer.write({ conversationSid, body: 'Hello' });
 * const { status } = await service.rest('GET', `${at}/Messages`);
 * ```
 */
export async function startScene(
  start: Partial<Parameters<Customer['startConversation']>[0]> = {},
  options: Partial<ServiceOptions> = {},
): Promise<Scene> {
  const service = startService(options);
  const { conversation } = await service.customer.startConversation({
    channel: 'whatsapp',
    author: '+15550001',
    ...start,
  });
  const conversationSid = String(conversation['sid']);
  const base = `/v1/Services/${service.serviceSid}`;
  return { service, conversationSid, base, at: `${base}/Conversations/${conversationSid}` };
}
