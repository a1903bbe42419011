import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { AUTH_TOKEN, eventsOf, HOOK, paramsOf, startService } from './start-service.ts';

describe('a customer writes and a bot answers', () => {
  it('fires one signed webhook for the customer and none but receipts for the answer', async () => {
    const service = startService();
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded', 'onDeliveryUpdated'] });
    const { conversation } = await service.customer.startConversation({
      channel: 'whatsapp',
      author: '+15550001',
    });
    const conversationSid = String(conversation['sid']);

    await service.customer.write({ conversationSid, body: 'order 12345' });

    expect(eventsOf(service)).toEqual(['onMessageAdded']);
    const [webhook] = service.sent;
    const params = webhook === undefined ? {} : paramsOf(webhook);
    expect(params).toMatchObject({
      Body: 'order 12345',
      Author: 'whatsapp:+15550001',
      Index: '0',
      RetryCount: '0',
    });
    const signature = webhook?.headers['x-twilio-signature'] ?? '';
    expect(twilio.validateRequest(AUTH_TOKEN, signature, HOOK, params)).toBe(true);

    const ContentSid = service.addContent({
      language: 'en',
      types: { 'twilio/text': { body: 'Order {{1}}' } },
    });
    const path = `/v1/Services/${service.serviceSid}/Conversations/${conversationSid}/Messages`;
    const answer = await service.rest('POST', path, {
      ContentSid,
      ContentVariables: '{"1":"12345"}',
      Author: 'parley',
    });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ body: 'Order 12345', index: 1, author: 'parley', attributes: '{}' });
    await service.clock.advance(5000);
    const statuses = service.sent.slice(1).map((sent) => paramsOf(sent)['Status']);
    expect(statuses).toEqual(['sent', 'delivered', 'read']);
    expect(service.told.filter(({ kind }) => kind === 'defect')).toEqual([]);
  });
});
