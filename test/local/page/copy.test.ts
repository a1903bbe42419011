import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/receive.ts';
import { fixedSecret } from '../../../lib/aws/secret.ts';
import { readConfig } from '../../../lib/config.ts';
import type { QueueMessage } from '../../../lib/ports.ts';
import { openEnvelope } from '../../../lib/queue/envelope.ts';
import type { Decision } from '../../../lib/rules/types.ts';
import { makeConversationTest } from '../../../local/page/app/timeline/make-conversation-test.ts';
import { makeEventFile } from '../../../local/page/app/timeline/make-event-file.ts';
import { ACCOUNT_SID, AUTH_TOKEN, HOOK, startService } from '../../emulator/start-service.ts';
import { messageAdded } from '../../rules/support.ts';
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

describe('a decision copied as a test', () => {
  const event = messageAdded({ Body: 'order "12345"\n{{ 0 }}' });

  it.each<[string, Decision, object]>([
    [
      'a reply',
      {
        outcome: 'reply',
        rule: 'order',
        match: { number: '12345' },
        needs: { participant: false, conversation: false },
        actions: [{ kind: 'text', Body: ['Order ', { path: 'match.number' }], split: false }],
        considered: [],
      },
      {
        outcome: 'reply',
        rule: 'order',
        match: { number: '12345' },
        actions: [{ kind: 'text', Body: ['Order ', { path: 'match.number' }], split: false }],
      },
    ],
    [
      'a silence',
      { outcome: 'ignored', rule: 'quiet', considered: [] },
      { outcome: 'ignored', rule: 'quiet' },
    ],
    [
      'a guard',
      { outcome: 'suppressed', reason: 'opt_out_word', considered: [] },
      { outcome: 'suppressed', reason: 'opt_out_word' },
    ],
    ['no rule', { outcome: 'no_rule', considered: [] }, { outcome: 'no_rule' }],
  ])('holds %s to what was decided', (_name, decision, expected) => {
    const text = makeConversationTest({ event, decision });
    const [, copied = '', held = ''] =
      /const event: ConversationEvent = (\{.*?^ {2}\});.*toMatchObject\((\{.*?\})\);\n\}\);\n$/ms.exec(
        text,
      ) ?? [];
    const evaluate = (literal: string): unknown => new Function(`return (${literal})`)();
    expect(evaluate(copied)).toEqual(event);
    expect(evaluate(held)).toEqual(expected);
  });
});
