import { beforeEach, describe, expect, it } from 'vitest';
import { isOneOf } from '../../lib/reconcile/same-url.ts';
import { MINUTE, refusal, type Scene, startScene, WEBHOOK_URL } from './scene.ts';

const OTHER = 'https://other.example.com/hook';
const OURS = { PostWebhookUrl: WEBHOOK_URL };
let scene: Scene;
let conversationSid: string;

/** A message is lost, and it is time for a look. */
async function lose(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  scene = await startScene(settings);
  await scene.run();
  conversationSid = await scene.startConversation();
  await scene.write(conversationSid, 'one');
}

const next = (minutes = 5) => scene.runFor(minutes * MINUTE);
const checks = (from = 0) => scene.asked(from).filter((path) => path.endsWith('/Configuration/Webhooks'));
const counted = () => ({
  other: scene.counted('other_stack'),
  unknown: scene.counted('wiring_unknown'),
});

describe('where Twilio’s webhooks go', () => {
  beforeEach(() => lose());

  it('is asked once a quarter of an hour, and the service’s URL is enough', async () => {
    await next(60);
    expect(checks()).toHaveLength(5);
    expect(new Set(checks()).size).toBe(1);
    expect(counted()).toEqual({ other: 0, unknown: 0 });
  });

  it('is this stack’s by the account’s URL where the service has none', async () => {
    await scene.configure({ PostWebhookUrl: '' });
    await scene.configure(OURS, false);
    expect(await next(20)).toBe(1);
    expect(checks().slice(-1)).toEqual(['/v1/Configuration/Webhooks']);
    expect(counted()).toEqual({ other: 0, unknown: 0 });
  });

  it('may be any of PUBLIC_URL', async () => {
    await lose({ PUBLIC_URL: `${OTHER} ${WEBHOOK_URL}` });
    await scene.configure({ PostWebhookUrl: OTHER });
    expect(await next(20)).toBe(1);
    expect(counted().other).toBe(0);
  });

  it.each([
    [401, 20003],
    [403, 20403],
    [404, 20404],
    [500, 20500],
  ])('may not be told (%i): the reconciler works, and counts it', async (status, code) => {
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes('/Configuration/') ? refusal(status, code) : pass();
    expect(await next(20)).toBe(1);
    expect(counted()).toEqual({ other: 0, unknown: 1 });
  });

  it.each([
    [500, 20500, 1],
    [403, 20403, 0],
  ])(
    'is asked again in the next round after a fault where nothing is known, not after a refusal (%i)',
    async (status, code, times) => {
      scene = await startScene();
      scene.bot.hooks.exchange = async (request, pass) =>
        request.path.includes('/Configuration/') ? refusal(status, code) : pass();
      await scene.run();
      scene.bot.hooks.exchange = (_, pass) => pass();
      const before = scene.bot.requests.length;
      await next(10);
      expect(checks(before)).toHaveLength(times);
    },
  );

  it('may be nowhere: the reconciler works, and counts it', async () => {
    await scene.configure({ PostWebhookUrl: '' });
    expect(await next(20)).toBe(1);
    expect(counted()).toEqual({ other: 0, unknown: 1 });
  });
});

describe('another stack’s webhook', () => {
  // Every customer was answered twice: dev beside prod, with a table of its own.
  it('means that nothing is found, and rings', async () => {
    scene = await startScene();
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.run();
    conversationSid = await scene.startConversation();
    await scene.write(conversationSid, 'one');
    expect(await next(60)).toBe(0);
    expect(counted()).toEqual({ other: 13, unknown: 0 });
    expect(scene.asked().filter((path) => path.includes('/Conversations'))).toEqual([]);
    expect(scene.counted('reconcile_alive')).toBe(13);
  });

  it('on the account means the same where the service has none', async () => {
    scene = await startScene();
    await scene.configure({ PostWebhookUrl: '' });
    await scene.configure({ PostWebhookUrl: OTHER }, false);
    await scene.run();
    await scene.write(await scene.startConversation(), 'one');
    expect(await next(10)).toBe(0);
    expect(counted().other).toBe(3);
  });

  it('is still another’s when Twilio cannot tell for once', async () => {
    scene = await startScene();
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.run();
    await scene.write(await scene.startConversation(), 'one');
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes('/Configuration/') ? refusal(500, 20500) : pass();
    expect(await next(30)).toBe(0);
    expect(counted().unknown).toBe(2);
  });

  it('does not matter with WEBHOOK_WIRING=conversation: it works, does not ask, and does not ring', async () => {
    await lose({ WEBHOOK_WIRING: 'conversation' });
    await scene.configure({ PostWebhookUrl: OTHER });
    expect(await next()).toBe(1);
    expect(counted()).toEqual({ other: 0, unknown: 0 });
    expect(checks()).toEqual([]);
  });

  // A stack that is off by its settings finds what is its own, and only keeps quiet about what is another's.
  it.each(['live', 'dry-run', 'off'])('is what it says with BOT_MODE=%s', async (BOT_MODE) => {
    await lose({ BOT_MODE });
    expect(await next()).toBe(1);
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.runFor(20 * MINUTE);
    await scene.write(conversationSid, 'two');
    expect(await next(20)).toBe(0);
    expect(counted().other > 0).toBe(BOT_MODE !== 'off');
  });

  it('that becomes ours makes the reconciler look everywhere', async () => {
    scene = await startScene();
    const old = await scene.startConversation();
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.run();
    await scene.runFor(26 * 60 * MINUTE);
    await scene.write(old, 'one');
    await scene.configure(OURS);
    expect(await next(20)).toBe(1);
  });

  it('of one service does not keep the others from being looked at', async () => {
    const mine = `IS${'2'.repeat(32)}`;
    const theirs = `IS${'7'.repeat(32)}`;
    await lose({ TWILIO_CHAT_SERVICE_SID: `${theirs} ${mine}` });
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes(theirs)
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: otherConfiguration() }
        : pass();
    expect(await next(20)).toBe(1);
    expect(counted().other).toBeGreaterThan(0);
  });
});

describe('a service that is another stack’s alone', () => {
  beforeEach(async () => {
    scene = await startScene();
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.run();
    conversationSid = await scene.startConversation();
  });

  // Cause: the deployment stayed a sign of loss, and each sign had it asked at once.
  it('is asked about each quarter of an hour, after a deployment too', async () => {
    const deployed = { settings: { BOT_MODE: 'dry-run' } };
    await scene.runFor(60 * MINUTE, deployed);
    const before = scene.bot.requests.length;
    await scene.runFor(60 * MINUTE, deployed);
    expect(checks(before)).toHaveLength(4);
  });

  // Cause: "nobody can say" passed for "it is ours now".
  it('is not looked through because Twilio once refused to say whose it is', async () => {
    scene.bot.time.now += 72 * 60 * MINUTE;
    await next(120);
    await scene.write(conversationSid, 'one');
    scene.bot.time.now += 2 * MINUTE;
    scene.bot.hooks.exchange = async ({ path }, pass) =>
      path.includes('/Configuration/') ? refusal(403, 20403) : pass();
    await next(16);
    scene.bot.hooks.exchange = (_, pass) => pass();
    await next(30);
    expect([scene.counted('wide_look'), scene.sent.length]).toEqual([0, 0]);
  });
});

const otherConfiguration = () => JSON.stringify({ post_webhook_url: OTHER, method: 'POST', filters: [] });

describe('a URL', () => {
  it.each([
    ['https://bot.example.com/hook', true],
    ['https://BOT.example.com:443/hook#rc=2', true],
    ['https://user:password@bot.example.com/hook', true],
    ['https://bot.example.com/hook/', false],
    ['https://bot.example.com/hook?x=1', false],
    ['http://bot.example.com/hook', false],
    ['https://bot.example.com:8443/hook', false],
    ['not a URL', false],
  ])('%s is ours: %s', (url, ours) => {
    expect(isOneOf(['https://else.example.com/', WEBHOOK_URL], url)).toBe(ours);
  });
});
