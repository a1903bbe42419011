import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../lib/ports.ts';
import type { ConversationResource } from '../../lib/twilio/conversations.ts';
import { HOUR, MINUTE, type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
});

type Pass = () => Promise<HttpResponse>;

/** What Twilio lists of conversations, changed. */
function list(change: (request: HttpRequest, pass: Pass) => Promise<HttpResponse>): void {
  scene.bot.hooks.exchange = (request, pass) =>
    /\/Conversations\?/.test(request.path) ? change(request, pass) : pass();
}

const hide = (hidden: string) => async (_: HttpRequest, pass: Pass) => {
  const response = await pass();
  const { conversations, meta } = JSON.parse(response.body);
  const shown = conversations.filter(({ sid }: ConversationResource) => sid !== hidden);
  return { ...response, body: JSON.stringify({ conversations: shown, meta }) };
};

/** All of the span, the oldest first. */
async function oldestFirst({ path, headers }: HttpRequest, pass: Pass): Promise<HttpResponse> {
  const response = await pass();
  const host = 'https://conversations.twilio.com';
  const asked = new URL(path, host);
  const at = Number(asked.searchParams.get('Page') ?? 0);
  for (const name of ['Page', 'PageToken']) asked.searchParams.delete(name);
  const all: ConversationResource[] = [];
  for (let url: string | null = asked.href; url !== null; ) {
    const page = await scene.bot.service.handle({ method: 'GET', url, headers, body: Buffer.alloc(0) });
    const { conversations, meta } = JSON.parse(Buffer.from(page.body).toString('utf8'));
    all.push(...conversations);
    url = meta.next_page_url;
  }
  asked.searchParams.set('Page', String(at + 1));
  const conversations = all.toReversed().slice(at * 100, (at + 1) * 100);
  const meta = { next_page_url: (at + 1) * 100 < all.length ? asked.href : null };
  return { ...response, body: JSON.stringify({ conversations, meta }) };
}

describe('of many new conversations', () => {
  // The last one of the first page was known, and the listing ended there.
  it.each([50, 98, 99, 100, 150])(
    'one that is listed a moment late is found behind %i newer ones',
    async (newer) => {
      await scene.runFor(4 * MINUTE);
      scene.bot.time.now += 50_000;
      const hidden = await scene.startConversation();
      await scene.write(hidden, 'one');
      scene.bot.time.now += 1_000;
      await scene.startConversation();
      scene.bot.time.now += 1_000;
      list(hide(hidden));
      await scene.run();
      scene.bot.hooks.exchange = (_, pass) => pass();
      for (let n = 0; n < newer; n += 1) {
        scene.bot.time.now += 2_000;
        await scene.startConversation();
      }
      await scene.runFor(HOUR);
      expect(scene.sent.map(({ groupId }) => groupId)).toEqual([hidden]);
    },
  );

  // More than a hundred of one minute were new in each round, and were looked at for ever: 628 requests an hour.
  it.each([
    [90, false],
    [150, false],
    [350, false],
    [1_100, false],
    [90, true],
    [150, true],
    [350, true],
  ])(
    '%i in a minute cost nothing two days later, the oldest listed first: %s',
    async (count, isOldestFirst) => {
      for (let n = 0; n < count; n += 1) {
        await scene.bot.service.customer.startConversation({ channel: 'sms' });
        scene.bot.time.now += 100;
      }
      if (isOldestFirst) list(oldestFirst);
      await scene.runFor(10 * MINUTE);
      scene.bot.time.now += 48 * HOUR;
      await scene.runFor(10 * MINUTE);
      const before = scene.bot.requests.length;
      await scene.runFor(HOUR);
      expect(scene.bot.requests.length - before).toBeLessThanOrEqual(36);
    },
  );
});
