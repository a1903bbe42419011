import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withStage } from '../../../cli/stage/open-stage.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { fetchWebhookConfiguration } from '../../../lib/twilio/webhook-configuration.ts';
import { type OperatedStack, startOperatedStack } from '../../support/operated-stack.ts';

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
});
afterAll(() => stack.stop());

const ofDev = <T>(use: (stage: Stage) => Promise<T>, name = 'dev') =>
  stack.operate(() =>
    withStage({ stage: name, port: undefined, region: undefined, profile: undefined, json: false }, use),
  );

describe('a stack in AWS as a stage', () => {
  it('gives what the bot knows, counted and wrote of a message', async () => {
    const { customer } = stack.service;
    const { conversation } = await customer.startConversation({ channel: 'sms' });
    const conversationSid = String(conversation['sid']);
    const message = await customer.write({ conversationSid, body: 'hello' });
    await stack.settle();
    const seen = await ofDev(async ({ clock, metrics, table, logs, queue, deadLetters, settings }) => {
      const span = { from: clock.now() - 60_000, to: clock.now() + 1_000 };
      const [replied = []] = await metrics.read([{ metric: 'outcome_replied', statistic: 'Sum' }], {
        ...span,
        periodSeconds: 3_600,
      });
      const keys: string[] = [];
      for await (const [key] of table.scan()) keys.push(key.pk);
      const lines = await logs.find(String(message['sid']), { ...span, limit: 10 });
      return {
        replied: replied.reduce((sum, { value }) => sum + value, 0),
        knows: keys.includes(conversationSid),
        functions: lines.map((line) => line.function),
        depth: await queue.depth(),
        dead: await deadLetters.count(),
        accountSid: settings.reply['TWILIO_ACCOUNT_SID'],
      };
    });
    expect(seen).toEqual({
      replied: 1,
      knows: true,
      functions: ['receive', 'reply'],
      depth: { visible: 0, inFlight: 0, delayed: 0 },
      dead: 0,
      accountSid: stack.service.accountSid,
    });
  });

  it('asks Twilio with the key of its own secret, and counts', async () => {
    const asked = await ofDev(async ({ twilio, requests }) => {
      const { post_webhook_url: url } = await fetchWebhookConfiguration(twilio, stack.service.serviceSid);
      return { url, requests: requests() };
    });
    expect(asked).toEqual({ url: stack.publicUrl, requests: 1 });
  });

  it('has its reconciler run, and knows who asks', async () => {
    const operator = await ofDev(async (stage) => {
      await stage.reconcile({});
      return stage.operator();
    });
    expect(operator).toBe('arn:aws:iam::000000000000:user/operator');
    expect(stack.calls.at(-2)).toBe('POST /2015-03-31/functions/parley-dev-reconcile/invocations');
  });

  it('says how to find one where there is none of that name', async () => {
    await expect(ofDev(async () => 0, 'prod')).rejects.toThrow(
      'There is no stack parley-prod in this account and region',
    );
  });
});
