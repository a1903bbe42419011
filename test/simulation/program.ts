import type { ConversationsService } from '../../emulator/index.ts';
import { ACCOUNT, ORIGIN } from './account.ts';

/** What other programs with a key of the account do over REST. */
export interface Program {
  /** @param path behind the service's, as `/Conversations/CH…/Messages` */
  request(method: 'GET' | 'POST' | 'DELETE', path: string, form?: Form, webhooks?: boolean): Promise<unknown>;
  /**
   * Writes `count` messages at once and tells nobody, as an import does.
   * @param form of the message with this number
   */
  importMessages(conversationSid: string, count: number, form: (n: number) => Form): Promise<void>;
}

export type Form = Readonly<Record<string, string>>;

const KEY = `Basic ${Buffer.from(`${ACCOUNT.apiKeySid}:${ACCOUNT.apiKeySecret}`).toString('base64')}`;

/** @param unharmed runs what must not meet the faults that are armed; it sends its requests before it returns */
export function createProgram(service: ConversationsService, unharmed: <T>(send: () => T) => T): Program {
  const send = (method: string, path: string, form: Form, webhooks: boolean) =>
    service.handle({
      method,
      url: `${ORIGIN}/v1/Services/${ACCOUNT.serviceSid}${path}`,
      headers: {
        authorization: KEY,
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-webhook-enabled': String(webhooks),
      },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
  return {
    request: async (method, path, form = {}, webhooks = false) => {
      const { body } = await unharmed(() => send(method, path, form, webhooks));
      const text = Buffer.from(body).toString('utf8');
      return text === '' ? undefined : JSON.parse(text);
    },
    importMessages: async (conversationSid, count, form) => {
      const path = `/Conversations/${conversationSid}/Messages`;
      await unharmed(() =>
        Promise.all(Array.from({ length: count }, (_, n) => send('POST', path, form(n), false))),
      );
    },
  };
}
