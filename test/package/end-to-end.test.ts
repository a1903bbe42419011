import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sidPattern } from '../../lib/sid.ts';
import {
  CREDENTIALS,
  type DeployedBot,
  PUBLIC_URL,
  type Surroundings,
  startBundle,
  startDeployedBot,
  startSurroundings,
} from '../../local/lambda/deployed-bot.ts';
import { receive as receiveMessages, toSqsEvent } from '../../local/lambda/event-source-mapping.ts';
import { bundleWithRules } from '../support/bundle-with-rules.ts';

let bot: DeployedBot;
let conversationSid: string;

beforeAll(async () => {
  bot = await startDeployedBot();
});
afterAll(() => bot.stop());
beforeEach(async () => {
  const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
  conversationSid = String(conversation['sid']);
});

/** What the customer wrote goes to a handler that gives it away in this way. */
const LEAK = `
  - id: leak
    when: { pattern: '^(?<how>\\w+) (?<words>a canary)$' }
    then: { call: leak, with: { how: '{{ match.how }}', words: '{{ match.words }}' }, else: { text: Not now. } }
`;

const FORGED = {
  method: 'POST',
  url: PUBLIC_URL,
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  },
  body: `EventType=onMessageAdded&AccountSid=${CREDENTIALS.accountSid}`,
} as const;

async function write(body: string): Promise<void> {
  await bot.service.customer.write({ conversationSid, body });
  await bot.delivered();
}

/** What the bot wrote into this conversation over REST, and Twilio took. */
function replies() {
  return bot
    .requests()
    .filter(({ status }) => status === 201)
    .filter(
      ({ method, path }) => method === 'POST' && path.includes(`/Conversations/${conversationSid}/Messages`),
    );
}

describe('the packaged bot', () => {
  it('answers a message with exactly one request to Twilio, without a webhook for it', async () => {
    const before = bot.requests().length;
    await write('Boston fern');
    expect(await bot.deliverQueue()).toBe(1);

    expect(bot.requests()).toHaveLength(before + 1);
    const [{ headers, form } = expect.fail('no reply')] = replies();
    expect(headers['x-twilio-webhook-enabled']).toBe('false');
    const { Author, ContentSid, ContentVariables = '' } = Object.fromEntries(form);
    expect(Author).toBe('parley');
    expect(ContentSid).toMatch(sidPattern('HX'));
    expect(Object.values(JSON.parse(ContentVariables) as object)).toContain('Boston fern');
  });

  it('gives no second reply when the queue delivers a message again', async () => {
    await write('hours');
    const event = toSqsEvent(await receiveMessages({ sqs: bot.sqs, queueUrl: bot.aws.queueUrl }));
    expect(event.Records).toHaveLength(1);
    const first = await bot.invokeReply(event);
    const again = await bot.invokeReply(event);
    expect([first, again]).toEqual(Array(2).fill({ ok: true, payload: { batchItemFailures: [] } }));
    expect(replies()).toHaveLength(1);
  });

  it('gives no second reply when Twilio sends a webhook again', async () => {
    await write('plants');
    const [webhook = expect.fail('no webhook')] = bot.webhooks.slice(-1);
    expect((await bot.request(webhook)).statusCode).toBe(200);
    expect(await bot.deliverQueue()).toBe(1);
    expect(replies()).toHaveLength(1);
  });

  it('answers each message of a conversation, in order', async () => {
    const plants = ['monstera', 'boston fern', 'golden barrel'];
    for (const body of plants) await write(body);
    expect(await bot.deliverQueue()).toBe(3);
    const answered = replies().map(({ form }) => Object.fromEntries(form)['ContentVariables']);
    expect(answered.map((variables) => Object.values(JSON.parse(variables ?? '{}') as object)[0])).toEqual(
      plants,
    );
  });

  it('refuses a wrong signature with 403 and keeps nothing', async () => {
    const queued = bot.aws.queued();
    expect((await bot.request(FORGED)).statusCode).toBe(403);
    expect(bot.aws.queued()).toBe(queued);
  });

  it('wrote no secret and no customer word to its logs, whatever its handlers throw and write', async () => {
    // A bot of its own: what it wrote is complete only once it has stopped.
    const own = await startDeployedBot({
      reply: await bundleWithRules('dist/leaking/reply', LEAK, 'test/canaries/leaking-handlers.ts'),
    });
    const begin = async () => {
      const { conversation } = await own.service.customer.startConversation({ channel: 'whatsapp' });
      return String(conversation['sid']);
    };
    const write = async (to: string, body: string) => {
      await own.service.customer.write({ conversationSid: to, body });
      await own.delivered();
    };
    const first = await begin();
    await write(first, 'a canary here');
    await write(first, 'later a canary');
    await own.deliverQueue();
    const answered = own.requests().length;
    const leaking = await begin();
    for (const how of ['throws', 'rejects', 'returns', 'leaves', 'console', 'warns'])
      await write(leaking, `${how} a canary`);
    await own.deliverQueue();
    const said = own
      .requests()
      .slice(answered)
      .map(({ form }) => Object.fromEntries(form)['Body']);
    expect(said).toEqual([...Array(4).fill('Not now.'), 'It is in the console.', 'I have warned.']);
    await own.request(FORGED);
    await own.stop();
    const logs = own.receive.output() + own.reply.output();
    expect(logs).toContain(first);
    for (const told of ['a handler left an error', 'what a handler writes to the console'])
      expect(logs).toContain(told);
    const { authToken, apiKeySecret } = CREDENTIALS;
    for (const canary of [authToken, apiKeySecret, 'a canary', 'whatsapp:+']) {
      expect(logs).not.toContain(canary);
    }
  });
});

describe('a function that is configured wrongly does not start', () => {
  let surroundings: Surroundings;
  beforeAll(async () => {
    surroundings = await startSurroundings(async () => ({ status: 200, headers: {}, body: '' }));
  });
  afterAll(() => surroundings.stop());

  it.each([
    ['receive', 'TWILIO_AUTH_TOKEN'],
    ['reply', 'TWILIO_API_KEY_SECRET'],
  ] as const)(
    '%s refuses a plain credential in %s, and teaches what to do instead',
    async (name, variable) => {
      const attempt = startBundle(name, { ...surroundings.env[name], [variable]: 'canary' });
      await expect(attempt).rejects.toThrow(
        new RegExp(`${variable} is set, .*refused: put it into Secrets Manager`),
      );
      await expect(attempt).rejects.not.toThrow('canary');
    },
  );

  it.each([
    ['receive', { PUBLIC_URL: '' }, 'PUBLIC_URL is not set'],
    ['receive', { TWILIO_ACCOUNT_SID: 'AC1' }, 'TWILIO_ACCOUNT_SID is "AC1": expected AC followed by'],
    ['reply', { TWILIO_API_URL: 'https://example.com' }, 'TWILIO_API_URL is "https://example.com": expected'],
    ['reply', { TABLE_NAME: '' }, 'TABLE_NAME is not set'],
  ] as const)('%s with %o', async (name, wrong, problem) => {
    await expect(startBundle(name, { ...surroundings.env[name], ...wrong })).rejects.toThrow(problem);
  });

  it.each(['receive', 'reply', 'reconcile'] as const)(
    '%s without any settings reports a ConfigError, whatever the minifier calls the class',
    async (name) => {
      await expect(startBundle(name, {})).rejects.toMatchObject({ errorType: 'ConfigError' });
    },
  );
});
