import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { notes, rules } from '../bot/rules.generated.ts';
import {
  type ConversationsService,
  createConversationsService,
  deliverOverHttp,
  listen,
  type Timeline,
  writeStateFile,
} from '../emulator/index.ts';
import { readConfig } from '../lib/config.ts';
import { explainReason } from '../lib/guards/guards.ts';
import type { Handlers } from '../lib/handlers/define-handlers.ts';
import { createLeftErrors } from '../lib/handlers/left-errors.ts';
import type { Clock, Random, SigningKey } from '../lib/ports.ts';
import type { MessageRecord } from '../lib/record/message-record.ts';
import { webhookEvents } from '../lib/rules/answered-events.ts';
import { formatProblem, type Problem } from '../lib/rules/compile/problem.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import { FUNCTION_NAMES } from '../lib/settings.ts';
import { answerWebhook } from './answer-webhook.ts';
import { botEnvironment } from './bot/bot-environment.ts';
import type { BotStep } from './bot/bot-step.ts';
import { followRules } from './bot/follow-rules.ts';
import type { LeftByFile } from './bot/load-module.ts';
import { loadServices } from './bot/load-services.ts';
import { putTemplates } from './bot/put-templates.ts';
import { type StandIns, standInServices } from './bot/stand-in-services.ts';
import { type Bot, startBot } from './bot/start-bot.ts';
import { namesOf } from './host.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import type { StoredItem } from './lambda/memory-store.ts';
import { machineClock } from './machine-clock.ts';
import { keepLog } from './operator/keep-log.ts';
import type { Operated } from './operator/operator-calls.ts';
import { OPERATOR_PATH, serveOperator } from './operator/serve-operator.ts';
import { createPage } from './page/create-page.ts';
import { describeRules } from './page/describe-rules.ts';
import type { RulesRead } from './page/page-event.ts';
import { readState } from './read-state.ts';
import { readBot, saveWorld } from './world-state.ts';

export interface WorldOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Which address of this machine to listen on. @default 127.0.0.1 */
  readonly host?: string;
  /** Fixes the account's values (identity.ts) and the bot's settings (lib/config.ts) where it has them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly random: Random;
  /** Another folder with `rules.yaml` and `templates/` than bot/, whose compiled rules are in the bundle. */
  readonly rulesFolder?: string | undefined;
  /**
   * The rules in the bundle are not those of their file, which is broken. Until it is good there is no bot, and the
   * page says what is wrong; so it is with another folder's.
   */
  readonly rulesAreBroken?: boolean;
  /** A file to read what the world knows from, and to write it to in the end. */
  readonly state?: string | undefined;
}

/** Twilio's side and the packaged bot, together on one port of this machine. */
export interface World {
  readonly service: ConversationsService;
  readonly identity: Identity;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  readonly webhookUrl: string;
  /** Those that run now; none until their file is good. */
  rules(): RuleBook | undefined;
  /** What is wrong with their file. */
  problems(): readonly Problem[];
  /** From now on a reset comes back to what there is now. */
  keepAsStart(): void;
  /** Resolves when no webhook is under way and the bot is at rest. What waits in the queue does not count. */
  idle(): Promise<void>;
  /** @returns ends the subscription */
  watch(watcher: (step: BotStep) => void): () => void;
  /** Hears of it when the bot's files were read anew. */
  watchRules(watcher: (read: RulesRead) => void): () => void;
  stop(): Promise<void>;
}

export type { BotStep };

const WEBHOOK_PATH = '/webhook';
const BOT_FOLDER = fileURLToPath(new URL('../bot', import.meta.url));
const RULES_FILE = 'bot/rules.yaml';

/**
 * Starts everything. The bot is the bundle that goes to Lambda; only its queue and store are in memory.
 * @throws ConfigError, CommandError for a state that cannot be loaded, or what listening throws when the port is in use
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { port, host = '127.0.0.1', environment, random, rulesFolder = BOT_FOLDER, state } = options;
  const shown = rulesFolder === BOT_FOLDER ? RULES_FILE : join(rulesFolder, 'rules.yaml');
  const identity = chooseIdentity(environment, random);
  const service = createConversationsService({
    ...identity,
    clock: machineClock,
    random,
    deliver: deliverOverHttp,
  });
  /** What the next bot finds in its table; whoever loads a world says it, and else it is what was there at the start. */
  let items: readonly StoredItem[] = [];
  const load = (text: string) => {
    const known = readBot(text);
    const before = items;
    items = known;
    try {
      service.load(text);
    } catch (error) {
      items = before;
      throw error;
    }
  };
  if (state !== undefined) await readState({ load }, state);
  let startItems = items;

  let bot: Bot | undefined;
  const save = () => saveWorld(service, bot?.items() ?? items);
  const page = createPage({
    service,
    world: { save, load },
    botAuthor: environment['BOT_AUTHOR'] || 'parley',
    beside: [
      { method: 'POST', path: WEBHOOK_PATH, about: "the bot's webhook" },
      { method: 'POST', path: `${OPERATOR_PATH}:call`, about: 'for npx parley with --stage local' },
    ],
  });
  const server = await listen(service, {
    port,
    host,
    hostNames: namesOf(host),
    other: (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (bot === undefined) page.handle(request, response);
      else if (pathname === WEBHOOK_PATH) void answerWebhook(request, response, bot);
      else if (pathname.startsWith(OPERATOR_PATH)) void serveOperator(operated(bot), request, response);
      else page.handle(request, response);
    },
  });
  const webhookUrl = `${server.url}${WEBHOOK_PATH}`;
  const watchers = new Set<(step: BotStep) => void>();
  const rulesWatchers = new Set<(read: RulesRead) => void>();
  const worldClock = clockOf(service.timeline);
  const environmentNow = () =>
    botEnvironment(
      environment,
      // The page and its faults rotate the token that signs.
      { ...identity, serviceSid: service.serviceSid, authToken: service.authTokens[0] ?? identity.authToken },
      server.url,
      webhookUrl,
    );
  for (const name of FUNCTION_NAMES) readConfig(name, environmentNow());
  const log = keepLog();
  const operated = (running: Bot): Operated => ({
    ...running,
    log,
    now: worldClock.now,
    settings: { receive: environmentNow(), reply: environmentNow(), reconcile: environmentNow() },
  });
  let services: StandIns = {};
  const leftErrors = createLeftErrors();
  const letGo = leftErrors.hold(process);

  let bots = 0;
  function newBot(): Bot {
    bots += 1;
    const mine = bots;
    const tell = (step: BotStep) => {
      // What an earlier one still does is of a world that is gone.
      if (mine !== bots) return;
      page.tell(step);
      for (const watcher of watchers) watcher(step);
    };
    const begun = items;
    items = startItems;
    return startBot({
      environment: environmentNow(),
      authTokens: { get: async () => signingKeys(service), refresh: async () => signingKeys(service) },
      clock: worldClock,
      random,
      items: begun,
      writeLog: (line, name) => {
        log.add({ at: worldClock.now(), function: name, line });
        tell({ kind: 'log', line });
      },
      onReceived: (received) => tell({ kind: 'received', ...received }),
      onDecision: (event, decision) => tell({ kind: 'decision', event, decision }),
      onSettled: (event, _, called) => {
        for (const { handler, ended, ms } of called) tell({ kind: 'called', event, handler, ended, ms });
      },
      outside: standInServices(worldClock, () => services),
      leftErrors,
      onFinished: (event, record) => tell({ kind: 'finished', event, record, why: whyNot(record) }),
      onQueue: tell,
      onHandedBack: tell,
      onNoted: tell,
      onLook: tell,
    });
  }

  let running: RuleBook | undefined;
  let wrong: readonly Problem[] = [];
  let noted: readonly Problem[] = [];
  let described = await describeRules(undefined, '');
  const tellRules = (problems: readonly Problem[], notes: readonly Problem[]) => {
    wrong = problems;
    noted = notes;
    const read = { kind: 'rules', file: shown, problems, notes, ...described } as const;
    page.tell(read);
    for (const watcher of rulesWatchers) watcher(read);
  };
  let answering: Handlers = {};
  function run(book: RuleBook, handlers: Handlers): void {
    service.configureWebhooks({ PostWebhookUrl: webhookUrl, Filters: [...webhookEvents(book)] });
    bot ??= newBot();
    bot.useRules(book, handlers);
    running = book;
    answering = handlers;
  }
  const endOfLoads = service.subscribe(({ kind }) => {
    if (kind !== 'loaded' || running === undefined) return;
    // Another state took the place of everything: what the bot knew is of conversations that are gone.
    void bot?.stop();
    bot = undefined;
    run(running, answering);
    void putTemplates(service, rulesFolder, running).catch(() => undefined);
  });
  const left: LeftByFile = {
    leftErrors,
    onLeft: (problem) => {
      const isKnown = noted.some((one) => formatProblem(one) === formatProblem(problem));
      if (!isKnown) tellRules(wrong, [...noted, problem]);
    },
  };
  const followed = followRules({
    ...(rulesFolder === BOT_FOLDER && { project: dirname(BOT_FOLDER) }),
    left,
    folder: rulesFolder,
    shown,
    onBroken: tellRules,
    onGood: async ({ book, handlers }, notes) => {
      await putTemplates(service, rulesFolder, book);
      services = await loadServices(rulesFolder, dirname(shown), left);
      described = await describeRules(book, join(rulesFolder, 'rules.yaml'));
      run(book, handlers);
      tellRules([], notes);
    },
  });
  await (options.rulesFolder === undefined && !options.rulesAreBroken
    ? followed.take(rules, notes)
    : followed.read());

  const keepAsStart = () => {
    startItems = bot?.items() ?? items;
    items = startItems;
    service.keepAsStart();
  };
  keepAsStart();
  return {
    service,
    identity: { ...identity, serviceSid: service.serviceSid },
    url: server.url,
    webhookUrl,
    rules: () => running,
    problems: () => wrong,
    keepAsStart,
    idle: async () => {
      await service.idle();
      await bot?.idle();
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    watchRules: (watcher) => {
      rulesWatchers.add(watcher);
      return () => rulesWatchers.delete(watcher);
    },
    stop: async () => {
      followed.close();
      endOfLoads();
      if (state !== undefined) await writeStateFile({ save }, state);
      await bot?.stop();
      await server.close();
      letGo();
    },
  };
}

/** The bot lives in the world's time, so that a moved clock moves both. */
function clockOf(timeline: Timeline): Clock {
  return {
    now: timeline.now,
    sleep: (ms) => new Promise((resolve) => timeline.after(ms, resolve)),
  };
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
