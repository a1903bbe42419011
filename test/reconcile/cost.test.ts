import { expect, it } from 'vitest';
import { HOUR, MINUTE, startScene, WEBHOOK_URL } from './scene.ts';

/** How many requests an hour takes, Monitor's among them, in which nobody writes. */
async function requestsOfAnIdleHour(conversations: number, isAccounts: boolean): Promise<number> {
  const scene = await startScene();
  const { bot } = scene;
  await scene.configure({ PostWebhookUrl: isAccounts ? '' : WEBHOOK_URL });
  await scene.configure({ PostWebhookUrl: isAccounts ? WEBHOOK_URL : '' }, false);
  for (let n = 0; n < conversations; n += 1) await bot.service.customer.startConversation({ channel: 'sms' });
  bot.time.now += 48 * HOUR;
  let alertsAsked = 0;
  const monitor = async () => {
    alertsAsked += 1;
    const body = '{"alerts":[],"meta":{"next_page_url":null}}';
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  };
  await scene.run({ monitor });
  await scene.runFor(10 * MINUTE, { monitor });
  const before = bot.requests.length + alertsAsked;
  await scene.runFor(HOUR, { monitor });
  return bot.requests.length + alertsAsked - before;
}

// 304 each five minutes, for ever.
it.each([
  [10_000, 'the service’s', 28],
  [100, 'the account’s', 32],
])(
  'an idle service with %i old conversations and %s URL costs at most 36 requests an hour',
  async (conversations, whose, requests) => {
    expect(requests).toBeLessThanOrEqual(36);
    expect(await requestsOfAnIdleHour(conversations, whose === 'the account’s')).toBe(requests);
  },
);
