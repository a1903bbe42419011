import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperatedStack, startOperatedStack } from '../support/operated-stack.ts';
import { run } from './support.ts';

let stack: OperatedStack;
let conversationSid: string;
beforeAll(async () => {
  stack = await startOperatedStack();
  const { conversation } = await stack.service.customer.startConversation({ channel: 'sms' });
  conversationSid = String(conversation['sid']);
});
afterAll(() => stack.stop());

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** Runs a command while one of AWS's services cannot be reached. */
const without = (service: string, line: string) =>
  stack.operate(async () => {
    const name = `AWS_ENDPOINT_URL_${service}`;
    const before = process.env[name];
    process.env[name] = NOWHERE;
    try {
      const words = line.split(' ').map((word) => (word === 'CH' ? conversationSid : word));
      return await run([...words, '--stage', 'dev']);
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  });

describe('what cannot be reached', () => {
  it.each([
    ['DYNAMODB', 'status'],
    ['DYNAMODB', 'explain CH'],
    ['DYNAMODB', 'prove --since 1h'],
    ['DYNAMODB', 'mode'],
    ['DYNAMODB', 'mode off --reason test'],
    ['DYNAMODB', 'mute CH --reason test'],
    ['DYNAMODB', 'handback CH --reason test'],
    ['DYNAMODB', 'recover --reason test'],
    ['DYNAMODB', 'replay --since 1h --outcome stale --reason test'],
    ['DYNAMODB', 'forget CH --yes --reason test'],
    ['DYNAMODB', 'webhooks unset --reason test'],
    ['CLOUDWATCH', 'status'],
    ['SECRETS_MANAGER', 'secrets check'],
    ['CLOUDFORMATION', 'status'],
    ['LAMBDA', 'status'],
    ['STS', 'mode off --reason test'],
  ])('%s: parley %s says so in one line, and ends with 1', async (service, line) => {
    const { status, out, err } = await without(service, line);
    expect([status, err]).toEqual([1, expect.stringMatching(/ECONNREFUSED|AWS cannot be reached from here/)]);
    expect(err).not.toMatch(/^\s+at /m);
    expect(out).not.toMatch(/^\s+at /m);
  });
});
