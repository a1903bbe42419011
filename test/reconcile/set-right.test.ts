import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../lib/ports.ts';
import { markLoss } from '../../lib/record/loss.ts';
import { HOUR, MINUTE, refusal, type Scene, SERVICE_SID, startScene, WEBHOOK_URL } from './scene.ts';

const OTHER = 'https://other.example.com/hook';
const FIRST = `IS${'7'.repeat(32)}`;
const FIRSTS_URL = 'https://first.example.com/hook';
const wrongUrl = { settings: { PUBLIC_URL: 'https://typo.example.com/hook' } };

// Cause: where the webhooks go was asked once a quarter of an hour, whoever had set it right meanwhile.
describe('a webhook that was pointed here', () => {
  async function pointed() {
    const scene = await startScene();
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.run();
    const conversationSid = await scene.startConversation();
    await scene.runFor(16 * MINUTE);
    await scene.configure({ PostWebhookUrl: WEBHOOK_URL });
    scene.bot.time.now += MINUTE;
    await scene.write(conversationSid, 'one');
    scene.bot.time.now += MINUTE;
    return scene;
  }

  it.each(['everywhere', 'now'])('is seen at once by whoever asks for a look %s', async (look) => {
    expect(await (await pointed()).run({ event: { look } })).toBe(1);
  });

  it.each<[who: string, leave: (scene: Scene) => Promise<unknown>]>([
    [
      'an alarm has rung',
      ({ run }) => run({ event: { source: 'aws.cloudwatch', alarmData: { state: { value: 'ALARM' } } } }),
    ],
    [
      'receive has failed',
      ({ bot }) => markLoss({ store: bot.memory, clock: { now: () => bot.time.now } }, 'queue'),
    ],
  ])('is seen within seven minutes after %s', async (_, leave) => {
    const scene = await pointed();
    await scene.configure({ PostWebhookUrl: OTHER });
    await scene.run({ event: { look: 'now' } });
    await scene.configure({ PostWebhookUrl: WEBHOOK_URL });
    await leave(scene);
    expect(await scene.runFor(7 * MINUTE)).toBe(1);
  });
});

describe('PUBLIC_URL that names another place than Twilio calls', () => {
  async function shut() {
    const scene = await startScene();
    await scene.run();
    const conversationSid = await scene.startConversation();
    await scene.write(conversationSid, 'one');
    await scene.hear();
    await scene.runFor(20 * MINUTE, wrongUrl);
    await scene.write(conversationSid, 'two');
    await scene.runFor(2 * MINUTE, wrongUrl);
    return scene;
  }

  it('passes for another stack’s service: nothing is found, and that rings', async () => {
    const scene = await shut();
    expect(await scene.runFor(30 * MINUTE, wrongUrl)).toBe(0);
    expect(scene.counted('other_stack')).toBeGreaterThan(0);
  });

  it('is set right by a deployment: what was refused is found within seven minutes', async () => {
    expect(await (await shut()).runFor(7 * MINUTE)).toBe(1);
  });

  it('is set right by a deployment: what was refused is found at once by whoever asks', async () => {
    expect(await (await shut()).run({ event: { look: 'everywhere' } })).toBe(1);
  });
});

describe('PUBLIC_URL that is set right for one of two services', () => {
  const TWILIO_CHAT_SERVICE_SID = `${FIRST} ${SERVICE_SID}`;
  const good = { settings: { TWILIO_CHAT_SERVICE_SID, PUBLIC_URL: `${FIRSTS_URL} ${WEBHOOK_URL}` } };
  const bad = { settings: { TWILIO_CHAT_SERVICE_SID, PUBLIC_URL: FIRSTS_URL } };

  const answersForFirst = (path: string) => {
    const headers = { 'content-type': 'application/json' };
    const body = path.includes('/Configuration/')
      ? { post_webhook_url: FIRSTS_URL, method: 'POST', filters: [] }
      : { conversations: [], meta: { key: 'conversations', next_page_url: null } };
    return { status: 200, headers, body: JSON.stringify(body) };
  };

  // Cause: the deployment's wide look went through the first, while the second still passed for another's.
  it.each([
    ['5 minutes', 5, 0, 0],
    ['10 minutes', 10, 0, 0],
    ['10 minutes, and Twilio cannot tell for a while', 10, 12, 0],
    ['10 minutes, and Twilio cannot tell for a while, and then refuses to', 10, 12, 16],
  ])('has what was lost in an old conversation found, after %s', async (_, minutes, untold, refused) => {
    const scene = await startScene();
    let untoldBy: HttpResponse | undefined;
    scene.bot.hooks.exchange = async ({ path }, pass) => {
      if (path.includes(FIRST)) return answersForFirst(path);
      return path.includes('/Configuration/') && untoldBy !== undefined ? untoldBy : pass();
    };
    await scene.run(good);
    const old = await scene.startConversation();
    await scene.runFor(5 * MINUTE, good);
    scene.bot.time.now += 48 * HOUR;
    await scene.runFor(20 * MINUTE, good);
    await scene.runFor(20 * MINUTE, bad);
    await scene.write(old, 'one');
    await scene.runFor(minutes * MINUTE, bad);
    untoldBy = refusal(503, 20503);
    await scene.runFor(untold * MINUTE, good);
    untoldBy = refusal(403, 20403);
    await scene.runFor(refused * MINUTE, good);
    untoldBy = undefined;
    expect(await scene.runFor(2 * HOUR, good)).toBe(1);
  });
});
