import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperatedStack, startOperatedStack } from '../support/operated-stack.ts';
import { greet, looks, type Message } from './looks.ts';
import { run } from './support.ts';

let stack: OperatedStack;
let message: Message;

beforeAll(async () => {
  stack = await startOperatedStack();
  message = await greet(stack.service, () => stack.settle());
  await stack.operate(() => stack.reconcile({}));
});
afterAll(() => stack.stop());

const on = (...words: readonly string[]) => stack.operate(() => run(words));

describe('in AWS', () => looks(on, () => message));

it('status shows in AWS what only AWS has', async () => {
  const { out } = await on('status');
  expect(out).toMatch(/^stage {9}dev, commit not noted$/m);
  expect(out).toMatch(/^mapping {7}Enabled$/m);
  expect(out).toMatch(/^alarms {8}none of \d+ rings$/m);
  expect(out).toMatch(/^webhooks {6}of IS\w{32}: to this stack$/m);
});

it('explain runs as the command that it is', async () => {
  const { sid, conversationSid } = message;
  const args = ['cli/parley.mjs', 'explain', sid, conversationSid, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...stack.env },
  });
  expect(JSON.parse(stdout)).toMatchObject({ sid, conversationSid, outcome: 'replied', rule: 'greeting' });
});
