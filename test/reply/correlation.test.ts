import { expect, it } from 'vitest';
import { createHandler } from '../../functions/receive.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import { sidPattern } from '../../lib/sid.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { silentLog } from '../support/silent-log.ts';
import { startReply } from './bot-harness.ts';

const RQ = expect.stringMatching(sidPattern('RQ'));

it('a line of reply names the invocation and Twilio’s latest answer beside the message', async () => {
  const bot = await startReply();
  const messageSid = await bot.write(await bot.startConversation(), 'one');
  await bot.deliver(bot.envelope());
  expect(bot.log.lines.find(({ message }) => message === 'answered')).toMatchObject({
    messageSid,
    requestId: 'lambda-1',
    twilioRequestId: RQ,
  });
});

it('a line after a request without an answer names no answer before it', async () => {
  const bot = await startReply();
  await bot.write(await bot.startConversation(), 'two');
  let creates = 0;
  bot.hooks.exchange = ({ method }, pass) => {
    if (method === 'POST') creates += 1;
    return creates < 2
      ? pass()
      : Promise.reject(new ConnectionError('connection_refused', 'https://x.example', false));
  };
  expect(await bot.deliver(bot.envelope())).toBe(false);
  const line = bot.log.lines.find(({ message }) => message === 'handed back to the queue');
  expect(line).toMatchObject({ requestId: 'lambda-1' });
  expect(line).not.toHaveProperty('twilioRequestId');
});

it('a line of receive names the invocation and the API’s request', async () => {
  const log = silentLog();
  const config = readConfig('receive', {
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'token',
    PUBLIC_URL: 'https://bot.example.com/webhook',
    QUEUE_URL: 'https://sqs.example.com/parley.fifo',
    TABLE_NAME: 'parley',
  });
  const handler = createHandler(config, {
    authTokens: fixedSecret(['token']),
    queue: { send: async () => undefined },
    clock: { now: () => 0, sleep: async () => undefined },
    log,
  });
  await handler({ requestContext: { requestId: 'api-1' } }, { awsRequestId: 'lambda-1' });
  await handler('not even an object');
  const [first, second] = log.lines.filter(({ message }) => message === 'webhook');
  expect(first).toMatchObject({ requestId: 'lambda-1', apiRequestId: 'api-1' });
  expect(second).not.toHaveProperty('apiRequestId');
});
