import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAudits } from '../../../cli/stage/audit.ts';
import { withStage } from '../../../cli/stage/open-stage.ts';
import { CREDENTIALS } from '../../../local/lambda/deployed-bot.ts';
import {
  API_KEY_SECRET,
  AUTH_TOKEN_SECRET,
  type OperatedStack,
  startOperatedStack,
} from '../../support/operated-stack.ts';
import { run } from '../support.ts';

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
});
afterAll(() => stack.stop());

const WHY = ['--reason', 'a test'];
/** @param secret what standard input holds */
const parley = (args: readonly string[], secret?: string) =>
  stack.operate(() => run([...args, '--stage', 'dev'], undefined, undefined, undefined, secret));

async function newConversation(): Promise<string> {
  const { conversation } = await stack.service.customer.startConversation({ channel: 'sms' });
  return String(conversation['sid']);
}

describe('parley secrets', () => {
  const NEW = 'f'.repeat(32);

  /** A customer writes: what the bot does with the webhook shows whether it is refused. */
  async function outcomeOfMessage(): Promise<readonly string[]> {
    const conversationSid = await newConversation();
    const from = Date.now();
    await stack.service.customer.write({ conversationSid, body: 'hello' });
    await stack.settle();
    const outcomes = stack.log
      .between(from, Infinity)
      .flatMap(({ line }) => /"message":"webhook".*"outcome":"(\w+)"/.exec(line)?.[1] ?? []);
    // Receipts come beside it, how many is not the point.
    return [...new Set(outcomes)];
  }

  it('rotates an auth token in two steps, and no webhook is refused before, between or after', async () => {
    const rotate = (...args: readonly string[]) =>
      parley(['secrets', 'rotate', 'auth-token', ...args, ...WHY], NEW);
    expect(await outcomeOfMessage()).toEqual(['accepted']);
    expect(await rotate()).toMatchObject({
      status: 1,
      err: "Twilio does not take it: create it in Twilio's console first.",
    });
    stack.service.tokens.createSecondary(NEW);
    expect((await rotate()).out).toMatch(
      /^Store the new value of \S+ as AWSPENDING\.\nNext: In five minutes/,
    );
    expect(await outcomeOfMessage()).toEqual(['accepted']);
    expect(await rotate()).toMatchObject({ status: 1, err: expect.stringContaining('is under way') });
    expect(await rotate('--finish')).toMatchObject({
      status: 1,
      err: expect.stringContaining('Twilio signs with the token before'),
    });
    stack.service.tokens.promote();
    expect(await outcomeOfMessage()).toEqual(['accepted']);
    expect((await rotate('--finish')).out).toContain(
      'Make the pending version of parley/dev/twilio-auth-token',
    );
    expect(await outcomeOfMessage()).toEqual(['accepted']);
    const { out, status } = await parley(['secrets', 'check', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({
      findings: [],
      secrets: [
        {
          secret: 'auth-token',
          id: AUTH_TOKEN_SECRET,
          days: 0,
          versions: [
            { label: 'AWSCURRENT', isWellFormed: true },
            { label: 'AWSPREVIOUS', isWellFormed: true },
          ],
        },
        {
          secret: 'api-key',
          id: API_KEY_SECRET,
          days: 0,
          versions: [{ label: 'AWSCURRENT', isWellFormed: true }],
        },
      ],
    });
  });

  it('takes the first step back', async () => {
    const token = 'e'.repeat(32);
    stack.service.tokens.createSecondary(token);
    await parley(['secrets', 'rotate', 'auth-token', ...WHY], token);
    expect((await parley(['secrets', 'rotate', 'auth-token', '--abandon', ...WHY])).out).toContain(
      'Take the label AWSPENDING from parley/dev/twilio-auth-token.',
    );
    expect(await parley(['secrets', 'rotate', 'auth-token', '--abandon', ...WHY])).toMatchObject({
      status: 1,
      err: 'No rotation of parley/dev/twilio-auth-token is under way.',
    });
  });

  it('rotates an API key in one step, and shows no key of either', async () => {
    const { apiKeySid, apiKeySecret } = CREDENTIALS;
    const text = JSON.stringify({ apiKeySid, apiKeySecret });
    const good = await parley(['secrets', 'rotate', 'api-key', ...WHY], text);
    expect(good).toMatchObject({
      status: 0,
      out: expect.stringContaining('Make the new API key the current'),
    });
    const bad = await parley(
      ['secrets', 'rotate', 'api-key', ...WHY],
      text.replace(apiKeySecret, 'another-secret'),
    );
    expect(bad).toMatchObject({ status: 1, err: expect.stringContaining('Twilio does not take it') });
    const audits = await stack.operate(() =>
      withStage(
        { stage: 'dev', port: undefined, region: undefined, profile: undefined, json: false },
        (stage) => listAudits(stage, 100),
      ),
    );
    for (const shown of [good.out, bad.err, JSON.stringify(audits)]) {
      expect(shown).not.toMatch(/an-api-key-secret|another-secret|[ef]{32}/);
    }
  });

  it.each([
    [
      ['auth-token'],
      undefined,
      'The new auth-token is missing: type it when asked, or give it by standard input.',
    ],
    [['auth-token'], 'abc', 'What was given cannot be used: it holds no auth token'],
    [[], undefined, 'secret is missing: expected auth-token or api-key.'],
    [['token'], undefined, 'secret is "token": expected auth-token or api-key.'],
    [['api-key', '--finish'], undefined, 'An API key is rotated in one step'],
  ])('says of %j with %j what is expected', async (args, secret, says) => {
    const { status, err } = await parley(['secrets', 'rotate', ...args, ...WHY], secret);
    expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(says) });
  });
});
