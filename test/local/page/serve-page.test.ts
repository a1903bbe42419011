import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listEndpoints } from '../../../emulator/index.ts';
import { listen } from '../../../local/lambda/listen.ts';
import { createPage, type Page } from '../../../local/page/create-page.ts';
import { HOOK, startService, type TestService } from '../../emulator/start-service.ts';

/** As browsers ask for a page. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

interface Served extends AsyncDisposable {
  readonly service: TestService;
  readonly page: Page;
  readonly origin: string;
}

async function servePage(): Promise<Served> {
  const service = startService();
  const beside = [{ method: 'POST', path: '/hook', about: 'beside' }];
  const page = createPage({ service, botAuthor: 'parley', beside });
  const server = createServer((request, response) => void page.handle(request, response));
  const { origin, close } = await listen(server);
  return { service, page, origin, [Symbol.asyncDispose]: close };
}

interface Told {
  readonly id: string | undefined;
  readonly event: { readonly kind: string; readonly [field: string]: unknown };
}

/** What the page is told until it has been told everything. */
async function readEvents(origin: string, lastEventId?: string): Promise<readonly Told[]> {
  const cancel = new AbortController();
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const response = await fetch(`${origin}/events`, { headers, signal: cancel.signal });
  const told: Told[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      told.push({ id: /^id: (.*)$/m.exec(block)?.[1], event: JSON.parse(data) });
    }
    if (told.at(-1)?.event.kind === 'caught-up') break;
  }
  cancel.abort();
  return told;
}

const kinds = (told: readonly Told[]) => told.map(({ event }) => event.kind);

describe('the files of the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/page.js', 'text/javascript'],
    ['/page.css', 'text/css'],
  ])('come from %s as %s, and may load nothing from elsewhere', async (path, type) => {
    await using served = await servePage();
    const response = await fetch(served.origin + path, { headers: { accept: BROWSER } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const text = await response.text();
    expect(text.length).toBeGreaterThan(500);

    expect(response.headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(served.origin + path, {
      headers: { accept: BROWSER, 'accept-encoding': 'br' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(text);
  });

  it('are all there is', async () => {
    await using served = await servePage();
    expect((await fetch(`${served.origin}/etc/passwd`)).status).toBe(404);
    expect((await fetch(`${served.origin}/`, { method: 'POST' })).status).toBe(405);
  });

  // They were an empty 405 and a 404 in plain text, which Twilio's libraries cannot read.
  it.each([
    ['GET', '/etc/passwd', 404, 20404, 'The requested resource /etc/passwd was not found', null],
    ['POST', '/events', 405, 20004, 'Method not allowed', 'GET'],
    ['GET', `/give-back/CH${'0'.repeat(32)}`, 405, 20004, 'Method not allowed', 'POST'],
  ])('refuse %s %s as Twilio does', async (method, path, status, code, message, allow) => {
    await using served = await servePage();
    const response = await fetch(served.origin + path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
    expect(await response.json()).toEqual({
      code,
      message,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    });
  });
});

describe('the list of endpoints', () => {
  it.each([undefined, '*/*', 'application/json'])(
    'is what a client gets from / that accepts %s',
    async (accept) => {
      await using served = await servePage();
      const headers = accept === undefined ? {} : { headers: { accept } };
      const response = await fetch(served.origin, headers);
      expect(response.headers.get('content-type')).toBe('application/json;charset=utf-8');
      expect(await response.json()).toMatchObject({
        api: served.origin,
        accountSid: served.service.accountSid,
        serviceSid: served.service.serviceSid,
        botAuthor: 'parley',
        endpoints: {
          rest: {
            'POST /v1/Services/:ChatServiceSid/Conversations/:ConversationSid/Messages': 'messages.create',
          },
          control: { 'POST /control/reset': 'puts everything back as it was at the start' },
          others: { 'GET /events': expect.stringContaining('server-sent events'), 'POST /hook': 'beside' },
        },
      });
    },
  );

  it('has as many as the tables by which requests are answered', async () => {
    await using served = await servePage();
    const { endpoints } = (await (await fetch(served.origin)).json()) as {
      readonly endpoints: Readonly<Record<string, object>>;
    };
    expect(Object.keys(endpoints['rest'] ?? {})).toHaveLength(listEndpoints().rest.length);
    expect(Object.keys(endpoints['control'] ?? {})).toHaveLength(listEndpoints().control.length);
  });
});

describe('media on the page', () => {
  it('are given as they came, and cannot act as pages of this origin', async () => {
    await using served = await servePage();
    const { service, origin } = served;
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    const message = await service.customer.write({
      conversationSid: String(conversation['sid']),
      media: [{ contentType: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') }],
    });
    const [media] = message['media'] as { sid: string }[];

    const response = await fetch(`${origin}/media/${media?.sid}`);

    expect(await response.text()).toBe('<script>alert(1)</script>');
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('content-security-policy')).toBe('sandbox');
    expect((await fetch(`${origin}/media/ME${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('are not requests to Twilio that a fault could hit', async () => {
    await using served = await servePage();
    const { service, origin } = served;
    service.faults.arm({ kind: 'error' });
    await fetch(`${origin}/media/ME${'0'.repeat(32)}`);
    expect(service.faults.list()).toHaveLength(1);
  });
});

describe('the events of the page', () => {
  it('begin with who everybody is and end with where things stand', async () => {
    await using served = await servePage();
    await served.service.customer.startConversation({ channel: 'sms' });

    const told = await readEvents(served.origin);

    expect(kinds(told)).toEqual(['hello', 'switches', 'conversation', 'participant', 'caught-up']);
    expect(told[0]?.event['botAuthor']).toBe('parley');
  });

  it('go on where a page was', async () => {
    await using served = await servePage();
    const seen = (await readEvents(served.origin)).findLast(({ id }) => id !== undefined);
    served.page.tell({ kind: 'log', line: '{}' });
    expect(kinds(await readEvents(served.origin, seen?.id))).toEqual(['log', 'caught-up']);
  });

  it('begin anew for a page of another world', async () => {
    await using served = await servePage();
    expect(kinds(await readEvents(served.origin, '12345-1'))[0]).toBe('hello');
    expect(kinds(await readEvents(served.origin, 'nonsense'))[0]).toBe('hello');
  });

  it('report the switches whenever they change', async () => {
    await using served = await servePage();
    const { service, origin } = served;
    const fault = service.faults.arm({ kind: 'rate-limit' });
    const armed = (await readEvents(origin)).findLast(({ event }) => event.kind === 'switches');
    expect(armed?.event['faults']).toEqual([fault]);
    service.faults.disarm(fault.id);
    const disarmed = (await readEvents(origin)).findLast(({ event }) => event.kind === 'switches');
    expect(disarmed?.event['faults']).toEqual([]);
  });

  it('carry no credentials', async () => {
    await using served = await servePage();
    const { service, origin } = served;
    await service.rest('GET', '/v1/Conversations');
    const text = JSON.stringify(await readEvents(origin));
    expect(text).toContain('conversations.list');
    expect(text).not.toContain('local-auth-token');
    expect(text).not.toContain('local-api-key-secret');
    expect(text).not.toMatch(/Basic [A-Za-z0-9+/]/);
  });

  it('cut answers short that nobody reads to the end', async () => {
    await using served = await servePage();
    const { service, origin } = served;
    const { conversation } = await service.customer.startConversation({ channel: 'chat' });
    const sid = String(conversation['sid']);
    for (let n = 0; n < 20; n += 1)
      await service.customer.write({ conversationSid: sid, body: `order ${n}` });
    await service.rest('GET', `/v1/Conversations/${sid}/Messages`);
    const told = await readEvents(origin);
    const list = told.find(({ event }) => event['operation'] === 'messages.list');
    expect(String(list?.event['answer'])).toHaveLength(4001);
  });
});

describe('a world in a file', () => {
  it('is given as one to keep, and put back', async () => {
    await using served = await servePage();
    const { service, origin } = served;
    await service.customer.startConversation({ channel: 'sms' });
    const saved = await fetch(`${origin}/world`);
    expect(saved.headers.get('content-disposition')).toBe('attachment; filename="world.json"');
    const text = await saved.text();
    expect(text).toBe(service.save());
    const put = await fetch(`${origin}/world`, { method: 'PUT', body: text });
    expect(put.status).toBe(204);
    expect(service.since(0).filter(({ kind }) => kind === 'loaded')).toHaveLength(1);
  });

  it.each(['', '{}', '[]', 'a picture'])('that is %j is refused with what to do', async (body) => {
    await using served = await servePage();
    const put = await fetch(`${served.origin}/world`, { method: 'PUT', body });
    expect(put.status).toBe(400);
    expect(await put.json()).toMatchObject({
      code: 20001,
      message: expect.stringContaining('save it again'),
    });
  });
});

describe('giving a conversation back', () => {
  const giveBack = ({ origin }: Served, sid: string) =>
    fetch(`${origin}/give-back/${sid}`, { method: 'POST' });

  it('says so in its Attributes, keeps what else is there, and tells the bot', async () => {
    await using served = await servePage();
    const { service } = served;
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onConversationUpdated'] });
    const attributes = '{"crm":{"id":7},"parley":{"seen":true}}';
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp', attributes });
    const response = await giveBack(served, String(conversation['sid']));
    expect(response.status).toBe(200);
    const written = (await response.json()) as { readonly attributes: string };
    expect(JSON.parse(written.attributes)).toEqual({
      crm: { id: 7 },
      parley: { seen: true, handover: 'off' },
    });
    const told = service.since(0).filter(({ kind }) => kind === 'webhook.sent');
    expect(told).toMatchObject([{ event: 'onConversationUpdated' }]);
  });

  it.each(['[1]', '"vip"', '5'])(
    'refuses to write over Attributes that are no object: %s',
    async (attributes) => {
      await using served = await servePage();
      const { service } = served;
      const { conversation } = await service.customer.startConversation({ channel: 'whatsapp', attributes });
      const response = await giveBack(served, String(conversation['sid']));
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { code: 20001, message: expect.stringContaining('so it was not given back') },
      ]);
    },
  );

  it('answers as the service does where that refuses', async () => {
    await using served = await servePage();
    const response = await giveBack(served, `CH${'0'.repeat(32)}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 20404 });
    expect((await fetch(`${served.origin}/give-back/CH${'0'.repeat(32)}`)).status).toBe(405);
    expect((await giveBack(served, 'CH1')).status).toBe(404);
    expect((await giveBack(served, `CH1%2F..%2F..%2FUsers`)).status).toBe(404);
  });
});
