import { SERVICE_SID } from '../reconcile/scene.ts';
import type { ReplyHarness } from './bot-harness.ts';

export interface Asked {
  readonly method?: string;
  /** Under the service: `/Conversations/CH…`. */
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  /** Whether a webhook tells of it. */
  readonly tells?: boolean;
}

/** A request to Twilio with the account's API key, as a tool of others sends it. @returns its status and its JSON. */
export async function askTwilio(
  { service }: Pick<ReplyHarness, 'service'>,
  { method = 'POST', path, form = {}, tells = false }: Asked,
) {
  const { status, body } = await service.handle({
    method,
    url: `https://conversations.twilio.com/v1/Services/${SERVICE_SID}${path}`,
    headers: {
      authorization: `Basic ${Buffer.from(`SK${'3'.repeat(32)}:secret`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...(tells && { 'x-twilio-webhook-enabled': 'true' }),
    },
    body: Buffer.from(new URLSearchParams(form).toString()),
  });
  return { status, content: status === 204 ? {} : JSON.parse(Buffer.from(body).toString('utf8')) };
}
