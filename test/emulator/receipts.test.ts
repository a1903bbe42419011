import { beforeEach, describe, expect, it } from 'vitest';
import type { CustomerChannel } from '../../emulator/customer/channels.ts';
import { startService, type TestService } from './start-service.ts';

const DAY = 24 * 3_600_000;

describe('delivery', () => {
  let service: TestService;

  beforeEach(() => {
    service = startService();
  });

  async function start(channel: CustomerChannel, wrote = true, author = '+15550001') {
    const { conversation } = await service.customer.startConversation({ channel, author });
    const conversationSid = String(conversation['sid']);
    if (wrote) await service.customer.write({ conversationSid, body: 'Hello' });
    return { conversationSid, at: `/v1/Services/${service.serviceSid}/Conversations/${conversationSid}` };
  }

  async function deliver(at: string, form: Record<string, string> = { Body: 'Hello' }) {
    const { body, status } = await service.rest('POST', `${at}/Messages`, form);
    expect(status).toBe(201);
    await service.clock.advance(10_000);
    const { body: listed } = await service.rest('GET', `${at}/Messages/${body.sid}/Receipts`);
    return listed.delivery_receipts.map((receipt: { status: string; error_code: number }) =>
      receipt.error_code === 0 ? receipt.status : `${receipt.status} ${receipt.error_code}`,
    );
  }

  it('moves from sent to delivered to read on WhatsApp, step by step', async () => {
    const { at } = await start('whatsapp');
    const { body } = await service.rest('POST', `${at}/Messages`, { Body: 'Hello' });
    const delivery = async () => (await service.rest('GET', `${at}/Messages/${body.sid}`)).body.delivery;
    expect(await delivery()).toBeNull();
    await service.clock.advance(100);
    expect(await delivery()).toMatchObject({ total: 1, sent: 'all', delivered: 'none', read: 'none' });
    await service.clock.advance(500);
    expect(await delivery()).toMatchObject({ sent: 'all', delivered: 'all', read: 'none' });
    await service.clock.advance(1500);
    expect(await delivery()).toMatchObject({
      delivered: 'all',
      read: 'all',
      failed: 'none',
      undelivered: 'none',
    });
  });

  it('goes no further than delivered on SMS, and nowhere on chat', async () => {
    expect(await deliver((await start('sms')).at)).toEqual(['delivered']);
    expect(await deliver((await start('chat')).at)).toEqual([]);
  });

  it('never sends a message to its own author', async () => {
    const { at } = await start('sms');
    expect(await deliver(at, { Author: '+15550001', Body: 'talking to myself' })).toEqual([]);
  });

  it('is `some` when one of two legs fails', async () => {
    const { at } = await start('sms');
    await service.rest('POST', `${at}/Participants`, {
      'MessagingBinding.Address': '+15550002',
      'MessagingBinding.ProxyAddress': '+15550100000',
    });
    service.faults.arm({ kind: 'delivery-failure', errorCode: 30003 });
    const { body } = await service.rest('POST', `${at}/Messages`, { Body: 'Hello' });
    await service.clock.advance(10_000);
    const { body: message } = await service.rest('GET', `${at}/Messages/${body.sid}`);
    expect(message.delivery).toEqual({
      total: 2,
      sent: 'some',
      delivered: 'some',
      read: 'none',
      failed: 'some',
      undelivered: 'none',
    });
  });

  describe('outside the 24 hours of WhatsApp', () => {
    const text = { language: 'en', types: { 'twilio/text': { body: 'Hello' } } };
    const picker = {
      language: 'en',
      types: { 'twilio/list-picker': { body: 'Choose', button: 'Open', items: [{ id: '1', item: 'One' }] } },
    };

    it('starts before the customer has ever written', async () => {
      expect(await deliver((await start('whatsapp', false)).at)).toEqual(['failed 63016']);
    });

    it('ends when the customer writes and begins a day later', async () => {
      const { at, conversationSid } = await start('whatsapp');
      service.timeline.move(DAY - 1);
      expect(await deliver(at)).toEqual(['read']);
      service.timeline.move(DAY);
      expect(await deliver(at)).toEqual(['failed 63016']);
      await service.customer.write({ conversationSid, body: 'again' });
      expect(await deliver(at)).toEqual(['read']);
    });

    it('lets approved templates through, and no others', async () => {
      const { at } = await start('whatsapp', false);
      expect(await deliver(at, { ContentSid: service.addContent(text) })).toEqual(['read']);
      const unapproved = service.addContent(text, { approved: false });
      expect(await deliver(at, { ContentSid: unapproved })).toEqual(['failed 63016']);
      expect(await deliver(at, { ContentSid: service.addContent(picker) })).toEqual(['failed 63016']);
    });

    it('is of no matter on SMS', async () => {
      expect(await deliver((await start('sms', false)).at)).toEqual(['delivered']);
    });
  });

  it('wants cards and calls to action approved, unless the setting is kinder', async () => {
    const { at } = await start('whatsapp');
    const card = { language: 'en', types: { 'twilio/card': { title: 'A card', subtitle: 'of two lines' } } };
    const ContentSid = service.addContent(card, { approved: false });
    expect(await deliver(at, { ContentSid })).toEqual(['failed 63016']);
    service.changeSettings({ unapprovedCards: 'deliver' });
    expect(await deliver(at, { ContentSid })).toEqual(['read']);
  });

  it('stops with 21610 after STOP over SMS, and goes on after START', async () => {
    const { at, conversationSid } = await start('sms');
    await service.customer.write({ conversationSid, body: ' Stop ' });
    expect(await deliver(at)).toEqual(['failed 21610']);
    await service.customer.write({ conversationSid, body: 'START' });
    expect(await deliver(at)).toEqual(['delivered']);
  });

  it.each(['START', 'unstop', ' Yes '])('goes on after %j, too', async (word) => {
    const { at, conversationSid } = await start('sms');
    await service.customer.write({ conversationSid, body: 'STOP' });
    await service.customer.write({ conversationSid, body: word });
    expect(await deliver(at)).toEqual(['delivered']);
  });

  it('goes on after STOP to a short code, whose owner answers for it', async () => {
    const sent = await service.customer.receive({ from: '+15550001', to: '72345', body: 'STOP' });
    expect(await deliver(`/v1/Conversations/${sent['conversation_sid']}`)).toEqual(['delivered']);
  });

  it('is read on the channels that the setting names', async () => {
    expect(await deliver((await start('rcs')).at)).toEqual(['delivered']);
    service.changeSettings({ readChannels: ['rcs'] });
    const { at } = await start('rcs', true, '+15550002');
    expect(await deliver(at)).toEqual(['read']);
  });

  it('fails to reach a phone without RCS with the code of a fault', async () => {
    service.faults.arm({ kind: 'delivery-failure', channel: 'rcs', errorCode: 30046 });
    expect(await deliver((await start('rcs')).at)).toEqual(['failed 30046']);
  });

  it('fails a long body on its way, if the setting takes it at all', async () => {
    service.changeSettings({ longBody: 'fail-delivery' });
    expect(await deliver((await start('whatsapp')).at, { Body: 'x'.repeat(1601) })).toEqual(['failed 63013']);
  });

  it('can be moved by hand, only forward', async () => {
    service.changeSettings({ sentAfterMs: 3_600_000 });
    const { at, conversationSid } = await start('whatsapp');
    const { body } = await service.rest('POST', `${at}/Messages`, { Body: 'Hello' });
    const set = (status: 'sent' | 'delivered' | 'read' | 'failed', errorCode = 0) =>
      service.customer.setReceipts({ conversationSid, messageSid: body.sid, status, errorCode })[0]?.[
        'status'
      ];
    expect(set('delivered')).toBe('delivered');
    expect(set('sent')).toBe('delivered');
    expect(set('failed', 63003)).toBe('failed');
    expect(set('read')).toBe('failed');
  });

  it('becomes read when the customer reads', async () => {
    service.changeSettings({ readAfterMs: null });
    const { at, conversationSid } = await start('whatsapp');
    expect(await deliver(at)).toEqual(['delivered']);
    await service.customer.read({ conversationSid });
    const { body } = await service.rest('GET', `${at}/Messages?Order=desc`);
    expect(body.messages[0].delivery).toMatchObject({ read: 'all' });
  });

  it('forgets the legs of a message that was deleted', async () => {
    const { at } = await start('whatsapp');
    const { body } = await service.rest('POST', `${at}/Messages`, { Body: 'Hello' });
    await service.rest('DELETE', `${at}/Messages/${body.sid}`);
    await service.clock.advance(10_000);
    expect(service.told.filter(({ kind }) => kind === 'receipt' || kind === 'defect')).toEqual([]);
  });
});
