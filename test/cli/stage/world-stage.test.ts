import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withStage } from '../../../cli/stage/open-stage.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { fetchWebhookConfiguration } from '../../../lib/twilio/webhook-configuration.ts';
import { startWorld, type World } from '../../../local/world.ts';
import { seededRandom } from '../../../talks/testing/seeded-random.ts';
import { greet, looks, type Message } from '../looks.ts';
import { run } from '../support.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ port: 0, environment: {}, random: seededRandom(1) });
});
afterAll(() => world.stop());

const local = <T>(use: (stage: Stage) => Promise<T>) =>
  withStage(
    {
      stage: 'local',
      port: Number(new URL(world.url).port),
      region: undefined,
      profile: undefined,
      json: false,
    },
    use,
  );

describe('the local world as a stage', () => {
  it('gives what the bot knows, counted and wrote of a message', async () => {
    const { customer } = world.service;
    const { conversation } = await customer.startConversation({ channel: 'sms' });
    const message = await customer.write({
      conversationSid: String(conversation['sid']),
      body: 'hello',
    });
    await world.idle();
    const seen = await local(async (stage) => {
      const { now } = stage.clock;
      const span = { from: now() - 60_000, to: now() + 1_000 };
      const [replied = []] = await stage.metrics.read([{ metric: 'outcome_replied', statistic: 'Sum' }], {
        ...span,
        periodSeconds: 3_600,
      });
      const keys: string[] = [];
      for await (const [key] of stage.table.scan()) keys.push(key.pk);
      const lines = await stage.logs.find(String(message['sid']), { ...span, limit: 10 });
      return {
        replied: replied.reduce((sum, { value }) => sum + value, 0),
        knows: keys.includes(String(conversation['sid'])),
        functions: lines.map((line) => line.function),
        depth: await stage.queue.depth(),
        accountSid: stage.settings.reply['TWILIO_ACCOUNT_SID'],
      };
    });
    expect(seen).toEqual({
      replied: 1,
      knows: true,
      functions: ['receive', 'reply'],
      depth: { visible: 0, inFlight: 0, delayed: 0 },
      accountSid: world.identity.accountSid,
    });
  });

  it('has a table that a command can write to, by version', async () => {
    const key = { pk: 'parley', sk: 'of a test' };
    const item = { version: 1, expiresAt: Math.ceil(Date.now() / 1000) + 600, value: { told: true } };
    const puts = await local(async ({ table }) => [
      await table.put(key, item, undefined),
      await table.put(key, item, undefined),
      await table.get(key),
    ]);
    expect(puts).toEqual([true, false, item]);
  });

  it('counts what it asks of Twilio', async () => {
    const asked = await local(async ({ twilio, requests }) => {
      const before = requests();
      await fetchWebhookConfiguration(twilio, world.identity.serviceSid);
      return requests() - before;
    });
    expect(asked).toBe(1);
  });

  it('says how to get one where none listens', async () => {
    await expect(
      withStage(
        { stage: 'local', port: 1, region: undefined, profile: undefined, json: false },
        async () => 0,
      ),
    ).rejects.toThrow('No local world listens at http://127.0.0.1:1: start one with npm start');
  });
});

describe('in the local world', () => {
  let message: Message;
  beforeAll(async () => {
    message = await greet(world.service, () => world.idle());
  });
  const on = (...words: readonly string[]) =>
    run([...words, '--stage', 'local', '--port', new URL(world.url).port]);

  looks(on, () => message);
});
