import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebhookRequest } from '../../emulator/index.ts';
import {
  type Surroundings,
  startBundle,
  startSurroundings,
  throughApiGateway,
} from '../../local/lambda/deployed-bot.ts';
import { receive as receiveMessages, toSqsEvent } from '../../local/lambda/event-source-mapping.ts';
import { startFunction } from '../../local/lambda/lambda-runtime.ts';

const NODE_OPTIONS = `--require ${resolve('test/package/tell-readings.cjs')}`;
const READ = /^\w+ after init: .*$/gm;

let surroundings: Surroundings;
let webhook: WebhookRequest | undefined;

beforeAll(async () => {
  surroundings = await startSurroundings(async (sent) => {
    webhook = sent;
    return { status: 200, headers: {}, body: '' };
  });
});
afterAll(() => surroundings.stop());

/** @returns what the function read from the disk while it worked on its first events */
async function readings(
  name: 'receive' | 'reply' | 'reconcile',
  env: Readonly<Record<string, string>>,
  events: readonly unknown[],
): Promise<readonly string[]> {
  const running = await startBundle(name, { ...env, NODE_OPTIONS });
  for (const event of events) expect(await running.invoke(event)).toMatchObject({ ok: true });
  await running.stop();
  return running.output().match(READ) ?? [];
}

// A file that is read while a customer waits stops all else that the process has under way, and is slow at a cold start.
describe('a function that has started', () => {
  it('reads no file while it takes in, answers and looks for messages', async () => {
    const { service, sqs, aws, env } = surroundings;
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    await service.customer.write({ conversationSid: String(conversation['sid']), body: 'plants' });
    await service.idle();
    if (webhook === undefined) throw new Error('the service sent no webhook');
    const event = throughApiGateway(webhook);

    expect(await readings('receive', env.receive, [event, event])).toEqual([]);
    const messages = toSqsEvent(await receiveMessages({ sqs, queueUrl: aws.queueUrl, waitSeconds: 1 }));
    expect(messages.Records).toHaveLength(1);
    expect(await readings('reply', env.reply, [messages, messages])).toEqual([]);
    expect(await readings('reconcile', { ...env.receive, ...env.reply }, [{}])).toEqual([]);
  });

  it('would be found out', async () => {
    const running = await startFunction({
      bundleDir: resolve('test/package'),
      handler: 'read-a-file.handler',
      env: { NODE_OPTIONS },
    });
    await running.invoke({});
    await running.stop();
    expect(running.output().match(READ)).toEqual([expect.stringContaining('readFileSync after init: ')]);
  });
});
