import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/receive.ts';
import { fixedSecret } from '../../../lib/aws/secret.ts';
import { readConfig } from '../../../lib/config.ts';
import type { QueueMessage } from '../../../lib/ports.ts';
import { openEnvelope } from '../../../lib/queue/envelope.ts';
import { makeEventFile } from '../../../local/page/app/timeline/make-event-file.ts';
import { ACCOUNT_SID, AUTH_TOKEN, HOOK, startService } from '../../emulator/start-service.ts';
import { silentLog } from '../../support/silent-log.ts';

describe('a webhook copied as an event file', () => {
  it('is taken in by the receive function, with its signature', async () => {
    const service = startService();
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded'] });
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    await service.customer.write({ conversationSid: String(conversation['sid']), body: 'Grüße 🙏 & +1' });
    const sent = service.told.find((happening) => happening.kind === 'webhook.sent');
    if (sent?.kind !== 'webhook.sent') throw new Error('no webhook was sent');

    const queued: QueueMessage[] = [];
    const environment = {
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_CHAT_SERVICE_SID: service.serviceSid,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      PUBLIC_URL: HOOK,
      QUEUE_URL: 'https://local.example/parley.fifo',
      TABLE_NAME: 'parley',
    };
    const receive = createHandler(readConfig('receive', environment), {
      authTokens: fixedSecret([AUTH_TOKEN]),
      queue: { send: async (message) => void queued.push(message) },
      clock: service.clock,
      log: silentLog(),
    });
    const answer = await receive(JSON.parse(makeEventFile({ sent, at: sent.at })));

    expect(answer.statusCode).toBe(200);
    expect(openEnvelope(queued[0]?.body ?? '').event).toMatchObject({ Body: 'Grüße 🙏 & +1' });
  });
});
