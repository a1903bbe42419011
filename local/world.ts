import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../bot/rules.generated.ts';
import {
  type ConversationsService,
  createConversationsService,
  deliverOverHttp,
  listen,
  type Timeline,
} from '../emulator/index.ts';
import { explainReason } from '../lib/guards/guards.ts';
import type { Clock, Random, SigningKey } from '../lib/ports.ts';
import type { MessageRecord } from '../lib/record/message-record.ts';
import { answeredEvents } from '../lib/rules/answered-events.ts';
import type { Problem } from '../lib/rules/compile/problem.ts';
import { QUIET_AFTER_PERSON_MS, type RuleBook } from '../lib/rules/types.ts';
import { botEnvironment } from './bot/bot-environment.ts';
import type { BotStep } from './bot/bot-step.ts';
import { followRules } from './bot/follow-rules.ts';
import { putTemplates } from './bot/put-templates.ts';
import { type Bot, startBot } from './bot/start-bot.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import { machineClock } from './machine-clock.ts';
import { createPage, type Page } from './page/create-page.ts';

export interface WorldOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Fixes the account's values (identity.ts) and the bot's settings (lib/config.ts) where it has them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly random: Random;
  /** Another folder with `rules.yaml` and `templates/` than bot/, whose compiled rules are in the bundle. */
  readonly rulesFolder?: string | undefined;
}

/** Twilio's side and the packaged bot, together on one port of this machine. */
export interface World {
  readonly service: ConversationsService;
  readonly identity: Identity;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  readonly webhookUrl: string;
  /** Those that run now. */
  rules(): RuleBook;
  /** Resolves when no webhook is under way and the bot is at rest. What waits in the queue does not count. */
  idle(): Promise<void>;
  /** @returns ends the subscription */
  watch(watcher: (step: BotStep) => void): () => void;
  stop(): Promise<void>;
}

export type { BotStep };

const WEBHOOK_PATH = '/webhook';
const BOT_FOLDER = fileURLToPath(new URL('../bot', import.meta.url));
const RULES_FILE = 'bot/rules.yaml';

/**
 * Starts everything. The bot is the bundle that goes to Lambda; only its queue and store are in memory.
 * @throws ConfigError, or what listening throws when the port is in use
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { port, environment, random, rulesFolder = BOT_FOLDER } = options;
  const shown = rulesFolder === BOT_FOLDER ? RULES_FILE : join(rulesFolder, 'rules.yaml');
  const identity = chooseIdentity(environment, random);
  const service = createConversationsService({
    ...identity,
    clock: machineClock,
    random,
    deliver: deliverOverHttp,
  });
  await putTemplates(service, BOT_FOLDER, rules);

  let bot: Bot | undefined;
  const page = createPage({ service, botAuthor: environment['BOT_AUTHOR'] || 'parley' });
  const server = await listen(service, {
    port,
    other: (request, response) => void serve(request, response, bot, page),
  });
  const webhookUrl = `${server.url}${WEBHOOK_PATH}`;
  const watchers = new Set<(step: BotStep) => void>();
  const tell = (step: BotStep) => {
    page.tell(step);
    for (const watcher of watchers) watcher(step);
  };
  const worldClock = clockOf(service.timeline);
  bot = startBot({
    environment: botEnvironment(environment, identity, server.url, webhookUrl),
    authTokens: { get: async () => signingKeys(service), refresh: async () => signingKeys(service) },
    clock: worldClock,
    random,
    writeLog: (line) => tell({ kind: 'log', line }),
    onReceived: (received) => tell({ kind: 'received', ...received }),
    onDecision: (event, decision) => tell({ kind: 'decision', event, decision }),
    onFinished: (event, record) => tell({ kind: 'finished', event, record, why: whyNot(record) }),
    onQueue: tell,
    onHandedBack: tell,
    onNoted: tell,
  });

  let running: RuleBook = rules;
  const tellRules = (problems: readonly Problem[], notes: readonly Problem[]) => {
    page.tell({ kind: 'rules', file: shown, problems, notes, ...describeRules(running) });
  };
  const followed = followRules({
    folder: rulesFolder,
    shown,
    onBroken: tellRules,
    onGood: async (book, notes) => {
      await putTemplates(service, rulesFolder, book);
      bot.useRules(book);
      service.configureWebhooks({ PostWebhookUrl: webhookUrl, Filters: [...answeredEvents(book)] });
      running = book;
      tellRules([], notes);
    },
  });
  service.configureWebhooks({ PostWebhookUrl: webhookUrl, Filters: [...answeredEvents(rules)] });
  tellRules([], []);
  if (options.rulesFolder !== undefined) await followed.read();

  return {
    service,
    identity,
    url: server.url,
    webhookUrl,
    rules: () => running,
    idle: async () => {
      await service.idle();
      await bot.idle();
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    stop: async () => {
      followed.close();
      await bot.stop();
      await server.close();
    },
  };
}

function describeRules({ rules: all, quietAfterPersonMs = QUIET_AFTER_PERSON_MS }: RuleBook) {
  const waits = all.flatMap(({ id, waits }) => (waits === undefined ? [] : [[id, waits] as const]));
  return { running: all.map(({ id }) => id), waits: Object.fromEntries(waits), quietAfterPersonMs };
}

/** The bot lives in the world's time, so that a moved clock moves both. */
function clockOf(timeline: Timeline): Clock {
  return {
    now: timeline.now,
    sleep: (ms) => new Promise((resolve) => timeline.after(ms, resolve)),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  bot: Bot | undefined,
  page: Page,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname !== WEBHOOK_PATH || bot === undefined) {
    page.handle(request, response);
    return;
  }
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    const answer = await bot.receive({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: Object.fromEntries(headers),
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch {
    // As API Gateway answers when the function behind it fails.
    response.writeHead(502).end();
  }
}

function whyNot({ finished }: MessageRecord): string | undefined {
  return finished === undefined || finished.outcome === 'replied'
    ? undefined
    : explainReason(finished.reason ?? finished.outcome);
}

/** What may sign a webhook now. */
function signingKeys({ authTokens, settings }: ConversationsService): readonly SigningKey[] {
  return settings.sharedKey === null ? authTokens : [...authTokens, settings.sharedKey];
}
