import type twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listening } from '../../emulator/http-listener.ts';
import { sidPattern } from '../../lib/sid.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { API_KEY_SECRET, API_KEY_SID, type TestService } from './start-service.ts';
import { clientFor, startListening } from './twilio-client.ts';

/** Every call that Twilio's page of the Service-Scoped Conversation Message resource shows, by its own package. */
describe('the official twilio package on messages', () => {
  let service: TestService;
  let listening: Listening;
  let client: twilio.Twilio;

  beforeAll(async () => {
    ({ service, listening } = await startListening());
    client = clientFor(listening.url);
  });
  afterAll(() => listening.close());

  const conversations = () => client.conversations.v1.services(service.serviceSid).conversations;
  async function newConversation() {
    const { sid } = await conversations().create({ friendlyName: 'orders' });
    return conversations()(sid);
  }

  it('creates with nothing at all, as the first example does', async () => {
    const { messages } = await newConversation();
    const message = await messages.create();
    expect(message).toMatchObject({
      author: 'system',
      body: null,
      attributes: '{}',
      index: 0,
      participantSid: null,
    });
  });

  it('creates with body, author, attributes and dates', async () => {
    const { messages } = await newConversation();
    const message = await messages.create({
      body: 'Hello',
      author: 'message author',
      attributes: '{ "importance": "high" }',
      dateCreated: new Date('2015-12-16T22:18:37Z'),
      dateUpdated: new Date('2015-12-16T22:18:38Z'),
    });
    expect(message).toMatchObject({
      sid: expect.stringMatching(sidPattern('IM')),
      chatServiceSid: service.serviceSid,
      body: 'Hello',
      author: 'message author',
      attributes: '{ "importance": "high" }',
      dateCreated: new Date('2015-12-16T22:18:37Z'),
      dateUpdated: new Date('2015-12-16T22:18:38Z'),
      media: null,
      delivery: null,
      contentSid: null,
    });
    expect(message.links).toEqual({
      delivery_receipts: `${message.url}/Receipts`,
      channel_metadata: `${message.url}/ChannelMetadata`,
    });
  });

  it('creates with media, once', async () => {
    const { messages } = await newConversation();
    const uploaded = await fetch(
      `${listening.url}/v1/Services/${service.serviceSid}/Media?Filename=car.jpg`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${API_KEY_SID}:${API_KEY_SECRET}`).toString('base64')}`,
          'content-type': 'image/jpeg',
        },
        body: new Uint8Array(42),
      },
    );
    const { sid: mediaSid } = (await uploaded.json()) as { sid: string };
    const message = await messages.create({ mediaSid, author: 'message author' });
    expect(message.body).toBeNull();
    expect(message.media).toEqual([
      { sid: mediaSid, size: 42, content_type: 'image/jpeg', filename: 'car.jpg' },
    ]);
    await expect(messages.create({ mediaSid })).rejects.toMatchObject({ status: 400, code: 50508 });
  });

  it('creates from a content template with variables, ignoring Body and MediaSid', async () => {
    const { messages } = await newConversation();
    const content = await client.content.v1.contents.create({
      language: 'en',
      variables: { name: 'you' },
      types: { 'twilio/text': { body: 'Hello {{name}}' } },
    } as never);
    const message = await messages.create({
      author: 'message author',
      body: 'ignored',
      mediaSid: `ME${'0'.repeat(32)}`,
      contentSid: content.sid,
      contentVariables: '{"name": "John"}',
    });
    expect(message).toMatchObject({ body: 'Hello John', media: null, contentSid: content.sid });
    expect((await messages.create({ contentSid: content.sid })).body).toBe('Hello you');
  });

  it('creates with a subject', async () => {
    const { messages } = await newConversation();
    const message = await messages.create({
      author: 'message author',
      body: 'message body',
      subject: 'subject',
    });
    expect(message.body).toBe('message body');
  });

  it('fetches', async () => {
    const { messages } = await newConversation();
    const { sid } = await messages.create({ body: 'Welcome!' });
    expect(await messages(sid).fetch()).toMatchObject({ sid, body: 'Welcome!', author: 'system' });
  });

  it.each([
    ['ascending', undefined, [0, 1, 2, 3, 4, 5, 6]],
    ['descending', 'desc', [6, 5, 4, 3, 2, 1, 0]],
    ['descending in mixed case, as Twilio’s examples', 'DesC', [6, 5, 4, 3, 2, 1, 0]],
  ] as const)('lists with a limit across pages, %s', async (_how, order, indexes) => {
    const { messages } = await newConversation();
    for (const index of indexes) await messages.create({ body: `message ${index}` });
    const options = { pageSize: 2, ...(order === undefined ? {} : { order: order as 'desc' }) };
    const listed = await messages.list({ ...options, limit: 7 });
    expect(listed.map(({ index }) => index)).toEqual(indexes);
    expect(await messages.list({ ...options, limit: 3 })).toHaveLength(3);
    const first = await messages.page(options);
    const second = await first.nextPage();
    const back = await second?.previousPage();
    expect(back?.instances.map(({ index }) => index)).toEqual(first.instances.map(({ index }) => index));
  });

  it('updates', async () => {
    const { messages } = await newConversation();
    const { sid } = await messages.create({ body: 'Hello' });
    const updated = await messages(sid).update({ author: 'Author', body: 'Bye', attributes: '{"a":1}' });
    expect(updated).toMatchObject({ sid, author: 'Author', body: 'Bye', attributes: '{"a":1}', index: 0 });
  });

  it('deletes, and never gives an index again', async () => {
    const { messages } = await newConversation();
    await messages.create({ body: 'first' });
    const { sid } = await messages.create({ body: 'second' });
    expect(await messages(sid).remove()).toBe(true);
    await expect(messages(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await messages.create({ body: 'third' })).index).toBe(2);
    expect((await messages.list()).map(({ index }) => index)).toEqual([0, 2]);
  });

  it('takes the webhook header on the three that write', async () => {
    const { messages } = await newConversation();
    const header = { xTwilioWebhookEnabled: 'true' } as const;
    const { sid } = await messages.create({ body: 'Hello', ...header });
    await messages(sid).update({ body: 'Bye', ...header });
    await messages(sid).remove(header);
    const enabled = service.told.flatMap((happening) =>
      happening.kind === 'request' && happening.path.includes(sid)
        ? [happening.headers['x-twilio-webhook-enabled']]
        : [],
    );
    expect(enabled).toEqual(['true', 'true']);
  });

  it('finds the conversation by its unique name', async () => {
    const uniqueName = 'order 12345/äöü';
    await conversations().create({ uniqueName });
    const message = await conversations()('order 12345%2F%C3%A4%C3%B6%C3%BC').messages.create({
      body: 'Hello',
    });
    expect(message.conversationSid).toMatch(/^CH/);
  });

  it('works with the API key, and reports a wrong password in Twilio’s way', async () => {
    const withKey = clientFor(listening.url, API_KEY_SID, API_KEY_SECRET).conversations.v1.services(
      service.serviceSid,
    );
    const { sid } = await withKey.conversations.create();
    expect((await withKey.conversations(sid).messages.create({ body: 'Hello' })).index).toBe(0);
    const wrong = clientFor(listening.url, API_KEY_SID, 'wrong').conversations.v1.conversations;
    await expect(wrong.list()).rejects.toMatchObject({ status: 401, code: 20003, message: 'Authenticate' });
  });

  it('gives receipts of a message to a customer on WhatsApp, in a list and one by one', async () => {
    service.changeSettings({ sentAfterMs: 0, deliveredAfterMs: 0, readAfterMs: 0 });
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await service.customer.write({ conversationSid, body: 'Hello' });
    const { messages } = conversations()(conversationSid);
    const { sid } = await messages.create({ body: 'Hello back' });
    await expect
      .poll(async () => (await messages(sid).fetch()).delivery, { timeout: PATIENCE_MS })
      .toMatchObject({ total: 1, read: 'all' });
    const [receipt] = await messages(sid).deliveryReceipts.list();
    expect(receipt).toMatchObject({ messageSid: sid, status: 'read', errorCode: 0 });
    const fetched = await messages(sid)
      .deliveryReceipts(receipt?.sid ?? '')
      .fetch();
    expect(fetched.sid).toBe(receipt?.sid);
  });
});
