import { describe, expect, it } from 'vitest';
import { type CreateMessageParams, createMessages, type MessageResource } from '../../lib/twilio/messages.ts';
import {
  ADDRESS,
  apiFor,
  CONVERSATION,
  MEDIA,
  MESSAGE,
  MESSAGES_PATH,
  messageResource,
  SERVICE,
  TEMPLATE,
} from './fixtures.ts';
import { json, raw, type ScriptedServer, type Step, scriptedServer, twilioError } from './scripted-server.ts';

const ITEM_PATH = `${MESSAGES_PATH}/${MESSAGE}`;

async function messagesOn(...steps: Step[]) {
  const server = await scriptedServer(...steps);
  return { server, messages: createMessages(apiFor(server).api) };
}
const first = ({ seen }: ScriptedServer) => {
  const { method, url, form, headers } = seen[0] ?? {};
  return { method, url, form, webhook: headers?.['x-twilio-webhook-enabled'] };
};
async function collect(
  list: AsyncIterable<MessageResource>,
  max = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  const indexes: number[] = [];
  for await (const { index } of list) {
    indexes.push(index);
    if (indexes.length === max) break;
  }
  return indexes;
}

describe('create', () => {
  it('posts every parameter under its own name, objects as JSON, dates in UTC to the second', async () => {
    const { server, messages } = await messagesOn(json(201, messageResource()));
    const created = await messages.create(ADDRESS, {
      Author: 'parley',
      Body: "It's on its way & more",
      DateCreated: new Date('2026-11-20T12:00:00.123Z'),
      DateUpdated: '2026-11-20T13:00:00+01:00',
      Attributes: { parley: { v: 1, part: '1/2' } },
      MediaSid: MEDIA,
      ContentSid: TEMPLATE,
      ContentVariables: { '1': '12345', name: 'Zoë' },
      Subject: 'Your order',
    });
    expect(first(server)).toEqual({
      method: 'POST',
      url: MESSAGES_PATH,
      webhook: 'false',
      form: {
        Author: 'parley',
        Body: "It's on its way & more",
        DateCreated: '2026-11-20T12:00:00Z',
        DateUpdated: '2026-11-20T13:00:00+01:00',
        Attributes: '{"parley":{"v":1,"part":"1/2"}}',
        MediaSid: MEDIA,
        ContentSid: TEMPLATE,
        ContentVariables: '{"1":"12345","name":"Zoë"}',
        Subject: 'Your order',
      },
    });
    expect(created).toEqual(messageResource());
  });

  it('says true only when it is told to', async () => {
    const { server, messages } = await messagesOn(json(201, messageResource()));
    await messages.create(ADDRESS, { Body: 'x' }, { webhookEnabled: true });
    await messages.create(ADDRESS, { Body: 'x' }, { webhookEnabled: false });
    await messages.create(ADDRESS, { Body: 'x' }, {});
    expect(server.seen.map(({ headers }) => headers['x-twilio-webhook-enabled'])).toEqual([
      'true',
      'false',
      'false',
    ]);
  });

  it('takes a conversation by its unique name', async () => {
    const { server, messages } = await messagesOn(json(201, messageResource()));
    await messages.create({ serviceSid: SERVICE, conversationSid: 'order 12345 ü' }, { Body: 'x' });
    expect(first(server).url).toBe(`/v1/Services/${SERVICE}/Conversations/order%2012345%20%C3%BC/Messages`);
  });

  it('leaves out what is undefined', async () => {
    const { server, messages } = await messagesOn(json(201, messageResource()));
    const params: Record<string, string | undefined> = { Body: 'x', Subject: undefined };
    await messages.create(ADDRESS, params as { Body: string });
    expect(first(server).form).toEqual({ Body: 'x' });
  });

  it('refuses what is over a limit before anything is sent', async () => {
    const { server, messages } = await messagesOn(json(201, messageResource()));
    await expect(messages.create(ADDRESS, { Body: 'x'.repeat(1_601) })).rejects.toMatchObject({
      code: 'limit_exceeded',
      field: 'Body',
      limit: 1_600,
      length: 1_601,
    });
    await messages.create(ADDRESS, { Body: 'x'.repeat(1_601) }, { limits: { channel: 'chat' } });
    expect(server.seen).toHaveLength(1);
  });

  it('gives up after the time it is given', async () => {
    const { messages } = await messagesOn(() => undefined);
    await expect(messages.create(ADDRESS, { Body: 'x' }, { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'timed_out',
      outcomeKnown: false,
    });
  });
});

describe('fetch', () => {
  it('gets one message', async () => {
    const { server, messages } = await messagesOn(json(200, messageResource({ index: 3 })));
    expect((await messages.fetch(ADDRESS, MESSAGE)).index).toBe(3);
    expect(first(server)).toEqual({ method: 'GET', url: ITEM_PATH, form: {}, webhook: undefined });
  });

  it('throws NotFoundError for a message that is gone', async () => {
    const { messages } = await messagesOn(twilioError(404, 20404));
    await expect(messages.fetch(ADDRESS, MESSAGE, { timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('update', () => {
  it('posts what may be changed', async () => {
    const { server, messages } = await messagesOn(json(200, messageResource()));
    await messages.update(
      ADDRESS,
      MESSAGE,
      { Body: 'corrected', Attributes: {}, Subject: 's' },
      { webhookEnabled: true },
    );
    expect(first(server)).toEqual({
      method: 'POST',
      url: ITEM_PATH,
      form: { Body: 'corrected', Attributes: '{}', Subject: 's' },
      webhook: 'true',
    });
  });

  it('refuses what is over a limit before anything is sent', async () => {
    const { server, messages } = await messagesOn(json(200, messageResource()));
    const change = { Body: 'x'.repeat(1_601) };
    await expect(messages.update(ADDRESS, MESSAGE, change)).rejects.toMatchObject({ code: 'limit_exceeded' });
    await messages.update(ADDRESS, MESSAGE, change, { limits: { channel: 'chat' } });
    expect(server.seen).toHaveLength(1);
  });

  it.each<CreateMessageParams>([
    { MediaSid: MEDIA },
    { ContentSid: TEMPLATE },
    { ContentSid: TEMPLATE, ContentVariables: {} },
  ])('refuses %o, which Twilio takes on create only', async (params) => {
    const { server, messages } = await messagesOn(json(200, messageResource()));
    await expect(messages.update(ADDRESS, MESSAGE, params)).rejects.toMatchObject({
      code: 'invalid_parameter',
    });
    expect(server.seen).toEqual([]);
  });
});

describe('remove', () => {
  it('deletes, and there is nothing to return', async () => {
    const { server, messages } = await messagesOn(raw(204, {}));
    expect(await messages.remove(ADDRESS, MESSAGE)).toBeUndefined();
    expect(first(server)).toEqual({ method: 'DELETE', url: ITEM_PATH, form: {}, webhook: 'false' });
  });
});

describe('list', () => {
  /** Pages of a list that is asked for by PageToken, with next_page_url as Twilio builds it. */
  const page = (indexes: number[], next: string | null): Step =>
    json(200, {
      messages: indexes.map((index) => messageResource({ index })),
      meta: {
        page: 0,
        page_size: 2,
        key: 'messages',
        url: 'x',
        first_page_url: 'x',
        previous_page_url: null,
        next_page_url: next,
      },
    });
  const pageAfter =
    (indexes: number[], next: (origin: string) => string): Step =>
    (response, seen) =>
      page(indexes, next(`http://${seen.headers.host}`))(response, seen);

  it('sends every option, and none that is not given', async () => {
    const { server, messages } = await messagesOn(page([], null));
    await collect(
      messages.list(ADDRESS, { Order: 'desc', PageSize: 100, Page: 2, PageToken: 'a/b=', timeoutMs: 900 }),
    );
    await collect(messages.list(ADDRESS));
    expect(server.seen.map(({ url }) => url)).toEqual([
      `${MESSAGES_PATH}?Order=desc&PageSize=100&Page=2&PageToken=a%2Fb%3D`,
      MESSAGES_PATH,
    ]);
  });

  it('follows next_page_url to the end, verbatim', async () => {
    const { server, messages } = await messagesOn(
      pageAfter([1, 2], (origin) => `${origin}${MESSAGES_PATH}?PageSize=2&Page=1&PageToken=PT%2F1`),
      pageAfter([3, 4], (origin) => `${origin}${MESSAGES_PATH}?PageSize=2&Page=2&PageToken=PT%2F2`),
      page([5], null),
    );
    expect(await collect(messages.list(ADDRESS, { PageSize: 2 }))).toEqual([1, 2, 3, 4, 5]);
    expect(server.seen.map(({ url }) => url)).toEqual([
      `${MESSAGES_PATH}?PageSize=2`,
      `${MESSAGES_PATH}?PageSize=2&Page=1&PageToken=PT%2F1`,
      `${MESSAGES_PATH}?PageSize=2&Page=2&PageToken=PT%2F2`,
    ]);
  });

  it('asks for the next page only when somebody wants it', async () => {
    const { server, messages } = await messagesOn(
      pageAfter([1, 2], (origin) => `${origin}${MESSAGES_PATH}?Page=1`),
      page([3], null),
    );
    expect(await collect(messages.list(ADDRESS), 2)).toEqual([1, 2]);
    expect(server.seen).toHaveLength(1);
  });

  it('takes no key to another host', async () => {
    const thief = await scriptedServer(page([6], null));
    const { server, messages } = await messagesOn(page([1], `${thief.origin}${MESSAGES_PATH}?Page=1`));
    await expect(collect(messages.list(ADDRESS))).rejects.toMatchObject({ code: 'foreign_page' });
    expect(server.seen).toHaveLength(1);
    expect(thief.seen).toEqual([]);
  });

  it.each([0, 101, 1.5, -1, Number.NaN])('refuses a page size of %d', async (PageSize) => {
    const { server, messages } = await messagesOn(page([], null));
    await expect(collect(messages.list(ADDRESS, { PageSize }))).rejects.toMatchObject({ field: 'PageSize' });
    expect(server.seen).toEqual([]);
  });

  it('takes the smallest page size and the first page', async () => {
    const { server, messages } = await messagesOn(page([], null));
    await collect(messages.list(ADDRESS, { PageSize: 1, Page: 0 }));
    expect(server.seen[0]?.url).toBe(`${MESSAGES_PATH}?PageSize=1&Page=0`);
  });

  it('names what is allowed when it refuses an option', async () => {
    const { messages } = await messagesOn(page([], null));
    await expect(collect(messages.list(ADDRESS, { PageSize: 1_000 }))).rejects.toThrow(
      'PageSize is 1000: expected a whole number from 1 to 100.',
    );
  });

  it('refuses a negative page', async () => {
    const { messages } = await messagesOn(page([], null));
    await expect(collect(messages.list(ADDRESS, { Page: -1 }))).rejects.toMatchObject({ field: 'Page' });
  });

  it('reads a page again that came broken', async () => {
    const { messages } = await messagesOn(
      raw(200, { 'content-type': 'application/json' }, '{"messages":['),
      page([1], null),
    );
    expect(await collect(messages.list(ADDRESS))).toEqual([1]);
  });
});

describe('an address', () => {
  it.each([
    ['a service SID of another kind', { serviceSid: CONVERSATION, conversationSid: CONVERSATION }],
    ['a service SID in a longer text', { serviceSid: `${SERVICE}/../x`, conversationSid: CONVERSATION }],
    ['a service SID with a newline', { serviceSid: `${SERVICE}\n`, conversationSid: CONVERSATION }],
    ['an empty conversation', { serviceSid: SERVICE, conversationSid: '' }],
    ['a step up', { serviceSid: SERVICE, conversationSid: '..' }],
    ['a slash', { serviceSid: SERVICE, conversationSid: 'a/b' }],
    ['half a surrogate pair', { serviceSid: SERVICE, conversationSid: '\ud800' }],
  ])('with %s reaches no URL', async (_, address) => {
    const { server, messages } = await messagesOn(json(201, messageResource()));
    await expect(messages.create(address, { Body: 'x' })).rejects.toMatchObject({
      code: 'invalid_parameter',
    });
    await expect(messages.fetch(address, MESSAGE)).rejects.toMatchObject({ code: 'invalid_parameter' });
    await expect(collect(messages.list(address))).rejects.toMatchObject({ code: 'invalid_parameter' });
    await expect(messages.update(address, MESSAGE, {})).rejects.toMatchObject({ code: 'invalid_parameter' });
    await expect(messages.remove(address, MESSAGE)).rejects.toMatchObject({ code: 'invalid_parameter' });
    expect(server.seen).toEqual([]);
  });

  it.each(['', 'IM1', `${MESSAGE}0`, `${MESSAGE}/Receipts`, CONVERSATION])(
    'with the message %j reaches none either',
    async (sid) => {
      const { server, messages } = await messagesOn(json(200, messageResource()));
      await expect(messages.fetch(ADDRESS, sid)).rejects.toMatchObject({ field: 'messageSid' });
      expect(server.seen).toEqual([]);
    },
  );
});
