import { globSync, readFileSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import * as receive from '../functions/receive.ts';
import * as reconcile from '../functions/reconcile.ts';
import * as reply from '../functions/reply.ts';
import { parseApiKey, parseSigningKeys } from '../lib/aws/parse-secret.ts';
import { fixedSecret } from '../lib/aws/secret.ts';
import { readConfig } from '../lib/config.ts';
import type { HttpClient, QueueMessage } from '../lib/ports.ts';
import { webhookEvents } from '../lib/rules/answered-events.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import { toLambdaEvent } from '../local/lambda/lambda-event.ts';
import { createMemoryStore } from '../local/lambda/memory-store.ts';
import { sqsRecord } from '../local/lambda/sqs-record.ts';
import { sumOf, watchingItems } from './alarms/fixed-sum.ts';
import { readCurlWords } from './emulator/run-curl.ts';
import { basic, startService, type TestService } from './emulator/start-service.ts';
import { bookOf } from './rules/support.ts';
import {
  DEPLOYING,
  isDeployment,
  optionOf,
  typeDeployingPage,
  typeStageFiles,
} from './support/deploying-page.ts';
import { readImportGraph } from './support/import-graph.ts';
import { silentLog } from './support/silent-log.ts';

const PAGE = readFileSync(DEPLOYING, 'utf8');
const calls = typeDeployingPage();
const env = calls.at(-1)?.exported ?? {};
const secrets = new Map(
  calls
    .filter(({ words }) => words[1] === 'create-secret')
    .map((call) => [optionOf(call, '--name'), optionOf(call, '--secret-string')]),
);

/** The four hosts of Twilio's that one service answers for (docs/local-service.md). */
const TWILIO = /^https:\/\/(?:conversations|content)\.twilio\.com\//;

interface Twilio {
  readonly service: TestService;
  /** Reads over REST as the account. */
  readonly get: (path: string) => Promise<Record<string, unknown>>;
  /** The shipped rules with the SIDs of the templates put in. */
  readonly book: RuleBook;
}

/** Sends what the page sends with curl, and does by hand what it says between the commands. */
async function followAtTwilio(): Promise<Twilio> {
  const service = startService({
    accountSid: env['TWILIO_ACCOUNT_SID'] ?? '',
    authToken: env['TWILIO_AUTH_TOKEN'] ?? '',
    serviceSid: env['TWILIO_CHAT_SERVICE_SID'] ?? '',
    apiKeySid: env['TWILIO_API_KEY_SID'] ?? '',
    apiKeySecret: env['TWILIO_API_KEY_SECRET'] ?? '',
  });
  let rules = readFileSync('bot/rules.yaml', 'utf8');
  let created: readonly (readonly [shown: string, sid: string])[] = [];
  for (const call of calls.filter(({ program }) => program === 'curl')) {
    const { url, body, ...request } = readCurlWords(call.words);
    expect(url).toMatch(TWILIO);
    const path = created.reduce((given, [shown, sid]) => given.replace(shown, sid), url.replace(TWILIO, '/'));
    const answer = await service.handle({ ...request, url: path, body: Buffer.from(body) });
    const resource = JSON.parse(Buffer.from(answer.body).toString('utf8'));
    expect([200, 201], JSON.stringify(resource)).toContain(answer.status);
    if (!path.endsWith('/Content')) continue;
    const shown = env[`${resource.friendly_name.toUpperCase()}_SID`];
    if (shown !== undefined) created = [...created, [shown, resource.sid]];
    rules = rules.replace(
      new RegExp(`^(  ${resource.friendly_name}: \\{ sid: )HXa0*\\d\\b`, 'm'),
      `$1${resource.sid}`,
    );
  }
  const authorization = basic(env['TWILIO_ACCOUNT_SID'] ?? '', env['TWILIO_AUTH_TOKEN'] ?? '');
  const get = async (path: string) => (await service.rest('GET', path, {}, { authorization })).body;
  expect(rules).not.toContain('HXa000');
  return { service, book: bookOf(rules), get };
}

/** Receive and reply with what the stage's file holds when `npm run deploy` is called, and the secrets that were made. */
function deploy(
  { service, book }: Twilio,
  stageFile: Readonly<Record<string, string>>,
  requests: { method: string; path: string }[],
) {
  const known = { QUEUE_URL: 'https://sqs.example.com/parley.fifo', TABLE_NAME: 'parley' };
  // Credentials come from the secrets in Lambda; here they are given by hand.
  const byHand = { TWILIO_AUTH_TOKEN_SECRET_ID: 'by hand', TWILIO_API_KEY_SECRET_ID: 'by hand' };
  const settings = { PUBLIC_URL: env['WEBHOOK_URL'] ?? '', ...stageFile, ...known, ...byHand };
  const { clock } = service;
  const store = createMemoryStore({ clock });
  const http: HttpClient = async ({ method, path, headers, body }) => {
    requests.push({ method, path });
    const answer = await service.handle({ method, url: path, headers, body: Buffer.from(body ?? '') });
    return { ...answer, body: Buffer.from(answer.body).toString('utf8') };
  };
  const log = silentLog();
  const outside = { clock, log, rules: book };
  const apiKey = fixedSecret(parseApiKey(secrets.get('parley/prod/twilio-api-key') ?? ''));
  const toTwilio = { ...outside, apiKey, http, random: () => 0.5 };
  const answer = reply.createHandler(readConfig('reply', settings), {
    ...toTwilio,
    store,
    postpone: async () => undefined,
  });
  const take = async ({ body, deduplicationId, groupId }: QueueMessage) => {
    const attributes = {
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(clock.now()),
      SenderId: 'receive',
      SentTimestamp: String(clock.now()),
      MessageGroupId: groupId,
    };
    const record = sqsRecord({ messageId: deduplicationId, receiptHandle: 'r', body, attributes });
    const event: SQSEvent = { Records: [record] };
    const { batchItemFailures } = await answer(event, { getRemainingTimeInMillis: () => 30_000 });
    expect(batchItemFailures).toEqual([]);
  };
  const waiting: QueueMessage[] = [];
  const queue = { send: async (message: QueueMessage) => void waiting.push(message) };
  const look = reconcile.createHandler(readConfig('reconcile', settings), { ...toTwilio, store, queue });
  const accept = receive.createHandler(readConfig('receive', settings), {
    ...outside,
    authTokens: fixedSecret(parseSigningKeys(secrets.get('parley/prod/twilio-auth-token') ?? '')),
    queue,
  });
  const statuses: number[] = [];
  service.answer(async (webhook) => {
    expect(webhook.url).toBe(settings.PUBLIC_URL);
    const { statusCode } = await accept(toLambdaEvent(webhook, clock.now()));
    statuses.push(statusCode);
    return { status: statusCode, headers: {}, body: '' };
  });
  return {
    log,
    statuses,
    /** A run of the reconciler. */
    look: () => look({}, { getRemainingTimeInMillis: () => 120_000 }),
    /** A customer writes to the number, and everything that comes of it happens. */
    write: async (from: string, to: string, body: string) => {
      const message = await service.customer.receive({ from, to, body });
      await service.idle();
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await take(next);
      await clockOn(service);
      return String(message['conversation_sid']);
    },
  };
}

/** Until every receipt has come. */
const clockOn = (service: TestService) => service.clock.advance(5_000);

describe('docs/deploying.md', () => {
  const [dryRun, live] = typeStageFiles();
  const whatsapp = 'whatsapp:+15550100001';
  const number = 'whatsapp:+15550100000';
  const requests: { method: string; path: string }[] = [];
  let twilio: Twilio;
  let bot: ReturnType<typeof deploy>;
  const messagesIn = async (conversationSid: string) => {
    const path = `/v1/Services/${twilio.service.serviceSid}/Conversations/${conversationSid}/Messages`;
    return (await twilio.get(path))['messages'] as Record<string, unknown>[];
  };
  beforeAll(async () => {
    twilio = await followAtTwilio();
  });

  it('has a file of settings for each deployment', () => {
    expect(calls.filter(isDeployment)).toHaveLength(typeStageFiles().length);
  });

  it('exports everything before it is used, and each program is called as it stands there', () => {
    expect(calls.map(({ program, words }) => [program, ...words.slice(0, 2)].join(' '))).toEqual([
      ...Array(2).fill('aws secretsmanager create-secret'),
      ...Array(6).fill('curl -X POST'),
      'npx parley rules',
      ...Array(2).fill('curl -X POST'),
      'npm ci',
      'npm run deploy',
      'npx serverless info',
      ...Array(3).fill('curl -X POST'),
      ...Array(2).fill('npx serverless logs'),
      'npm run deploy',
      ...Array(2).fill('npx parley rollback'),
      'aws secretsmanager list-secret-version-ids',
      'aws secretsmanager update-secret-version-stage',
      'npx parley recover',
    ]);
  });

  it('makes every template that the rules name, and has its SID put in', async () => {
    const templates = Object.entries(twilio.book.templates);
    expect(templates).toHaveLength(6);
    for (const [name, { sid }] of templates) {
      expect(await twilio.get(`/v1/Content/${String(sid)}`)).toMatchObject({ friendly_name: name });
    }
  });

  it('has the webhook called for exactly the events that the shipped rules wait for, and receipts', async () => {
    const path = `/v1/Services/${twilio.service.serviceSid}/Configuration/Webhooks`;
    const { filters, pre_webhook_url } = await twilio.get(path);
    expect(new Set(filters as string[])).toEqual(new Set(webhookEvents(twilio.book)));
    expect(pre_webhook_url).toBeNull();
  });

  it('decides and sends nothing after the first deployment', async () => {
    bot = deploy(twilio, dryRun ?? expect.fail('no deployment'), requests);
    const conversationSid = await bot.write(whatsapp, number, 'hi');
    expect(bot.statuses).toEqual([200, 200]);
    expect(await messagesIn(conversationSid)).toHaveLength(1);
  });

  it('answers on WhatsApp and by SMS after the second, in the configured service', async () => {
    bot = deploy(twilio, live ?? expect.fail('one deployment'), requests);
    for (const [from, to] of [
      [whatsapp, number],
      ['+15550100002', '+15550100000'],
    ] as const) {
      for (const text of ['hi', 'plants', 'thanks']) {
        const conversationSid = await bot.write(from, to, text);
        const said = await messagesIn(conversationSid);
        expect(said.at(-1), text).toMatchObject({ author: 'parley', delivery: { failed: 'none' } });
      }
    }
  });

  it('has approved what WhatsApp takes only approved', async () => {
    for (const [text, name] of [
      ['monstera', 'plant'],
      ['refund', 'returns'],
    ] as const) {
      const said = (await messagesIn(await bot.write(whatsapp, number, text))).at(-1);
      expect(said).toMatchObject({ author: 'parley', delivery: { failed: 'none' } });
      const { whatsapp: approval } = await twilio.get(
        `/v1/Content/${said?.['content_sid']}/ApprovalRequests`,
      );
      expect(approval).toMatchObject({ name, status: 'approved' });
    }
  });

  it('leads the webhook to this stack, as the reconciler sees it', async () => {
    await bot.look();
    expect(JSON.stringify(bot.log.lines)).toContain('reconcile_alive');
    expect(JSON.stringify(bot.log.lines)).not.toContain('other_stack');
    expect(requests).toContainEqual(expect.objectContaining({ path: expect.stringMatching(/Webhooks$/) }));
  });

  it('says what it costs to be watched', () => {
    expect(PAGE).toContain(`at most ${sumOf(watchingItems()).toFixed(2)} |`);
  });

  it('names every request that a restricted API key has to allow', () => {
    const rows = [...PAGE.matchAll(/^\| `(\w+) (?:https:\/\/monitor\.twilio\.com)?(\/v1\/\S+)` \|/gm)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    const shapes = requests.map(({ method, path }) =>
      `${method} ${path.replace(/\?.*/, '')}`.replaceAll(/\b([A-Z]{2})[0-9a-f]{32}/g, '{$1}'),
    );
    expect(shapes.length).toBeGreaterThan(5);
    expect(rows).toEqual(expect.arrayContaining(shapes));
    // What this walk does not come to needs its row as well: one for each request in the files of the functions, but for
    // two that list conversations, the one to delete a message, which nobody makes, those that only commands make (one
    // of conversations, one of webhooks), and one that asks for two webhooks.
    const sources = reachedByFunctions().filter((file) => file.startsWith('lib/twilio/'));
    const made = sources.map((file) => readFileSync(file, 'utf8').match(/\bapi\.request\(/g)?.length ?? 0);
    expect(rows).toHaveLength(made.reduce((sum, count) => sum + count) - 1 - 1 - 2 + 1);
  });
});

function reachedByFunctions(): readonly string[] {
  const graph = readImportGraph(['functions/*.ts', 'lib/**/*.ts']);
  const reached = new Set(globSync('functions/*.ts'));
  for (const file of reached) for (const target of graph.get(file) ?? []) reached.add(target);
  return [...reached];
}
