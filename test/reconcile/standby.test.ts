import { beforeEach, describe, expect, it } from 'vitest';
import { markerAttributes } from '../../lib/event/marker.ts';
import { moveMarkBack } from '../../lib/record/since.ts';
import { book, RULES } from '../reply/bot-harness.ts';
import { HOUR, MINUTE, type Scene, startScene, WEBHOOK_URL } from './scene.ts';

const FIRST_REGION = 'https://first.example.com/hook';
const OFF = { settings: { BOT_MODE: 'off' } };

let scene: Scene;
let reply: Record<string, string>;
let conversationSid: string;

/** Each minute there is a run, and what it finds is answered. */
async function wait(minutes: number, options = {}): Promise<void> {
  for (let n = 0; n < minutes; n += 1) {
    await scene.runFor(MINUTE, options);
    await scene.answer();
  }
}

async function takeOver(): Promise<void> {
  delete reply['BOT_MODE'];
  scene.bot.deploy(book(RULES));
  await scene.configure({ PostWebhookUrl: WEBHOOK_URL });
  const clock = { now: () => scene.bot.time.now };
  await moveMarkBack({ store: scene.bot.memory, clock }, scene.bot.time.now - 6 * HOUR);
  await scene.run({ event: { look: 'everywhere' } });
  await scene.answer();
}

const answers = () => scene.bot.creates().length;

// Cause: with BOT_MODE=off nobody asked where the webhooks go, and what the first region had to answer was recorded as off.
describe('a stack that stands by, switched off, while Twilio calls the first region', () => {
  beforeEach(async () => {
    reply = { BOT_MODE: 'off' };
    scene = await startScene({}, reply);
    await scene.configure({ PostWebhookUrl: FIRST_REGION });
    await scene.run(OFF);
    conversationSid = await scene.startConversation();
    await wait(10, OFF);
  });

  it('answers what waited in the first region’s queue when that was lost', async () => {
    await scene.write(conversationSid, 'one');
    await wait(10, OFF);
    await takeOver();
    expect(answers()).toBe(1);
  });

  it('does not answer again what the first region had answered', async () => {
    const sid = await scene.write(conversationSid, 'one');
    const Attributes = JSON.stringify(markerAttributes({ in_reply_to: sid, part: '1/1' }));
    await scene.post(conversationSid, { Author: 'parley', Body: 'only', Attributes });
    await wait(10, OFF);
    await takeOver();
    await wait(20);
    expect(answers()).toBe(0);
  });

  it('finds nothing, rings nowhere and gives signs of life', async () => {
    for (let n = 0; n < 6; n += 1) await scene.write(conversationSid, 'one');
    const alive = scene.counted('reconcile_alive');
    await wait(30, OFF);
    expect([scene.counted('message_found'), scene.counted('other_stack')]).toEqual([0, 0]);
    expect(scene.counted('reconcile_alive') - alive).toBe(6);
  });
});
