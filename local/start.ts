import { DONE, defineCommand, type Terminal } from '../cli/command.ts';
import { flag } from '../cli/option.ts';
import { runScript } from '../cli/run-script.ts';
import { RulesError } from '../lib/rules/compile/rules-error.ts';
import { WORLD_SETTINGS } from './bot/bot-environment.ts';
import { buildBundles } from './build-bundles.ts';
import { requireBot } from './check-bot.ts';
import { BOT, BUILD, PORT, STATE } from './common-options.ts';
import { localEnvironment } from './environment/local-environment.ts';
import { HOST, warningOf } from './host.ts';
import { printLines } from './lines/print-lines.ts';
import { listenOrFail } from './listen-or-fail.ts';
import { openPage } from './open-page.ts';
import { showSecrets } from './show-secrets.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import type { World } from './world.ts';

/** `npm start`: docs/local-world.md */
export const start = defineCommand({
  name: 'npm start --',
  summary: 'Run the bot, with a Conversations service and a chat page of its own, until Ctrl-C.',
  options: {
    port: PORT,
    host: HOST,
    state: STATE,
    open: flag('open the page in the browser'),
    quiet: flag('print no line for each message, webhook, decision and reload'),
    json: flag('print one line for scripts, and no more: the page, the API, SIDs and credentials'),
    bot: BOT,
    build: BUILD,
  },
  examples: [
    ['npm start', 'the page is at http://127.0.0.1:4000'],
    ['npm start -- --open', 'and is opened'],
    ['npm start -- --port 4100', 'elsewhere'],
    ['npm start -- --state world.json', 'the same conversations next time'],
    ['npm start -- --bot bot/samples/reminder', 'another bot'],
    ['npm start -- --quiet', 'without a line for each message'],
    ['npm start -- --port 0 --json', 'for a script, which finds the address in the first line'],
  ],
  exits: { done: 'it ran until it was stopped', failed: 'it could not start' },
  run: async ({ port, host, state, open, quiet, json, bot, build }, terminal) => {
    if (bot !== undefined) await requireBot(bot);
    const environment = await localEnvironment(WORLD_SETTINGS, terminal);
    const rulesAreBroken = build && (await buildBundles({ rulesMayBeBroken: true }));
    const { startWorld } = await import('./world.ts');
    const world = await listenOrFail({ port, host }, 'npm start --', () =>
      startWorld({
        port,
        host,
        state,
        environment,
        random: Math.random,
        rulesFolder: bot,
        rulesAreBroken,
      }),
    );
    const conversationSid = await anyConversation(world);
    await world.idle();
    world.keepAsStart();
    stopOnSignal(world.stop, json, terminal);
    const ready = describe(world, conversationSid);
    terminal.out(
      json ? JSON.stringify(ready) : welcome({ ...ready, ...showSecrets(ready, environment) }, port, quiet),
    );
    tellTroubles(world, host, terminal);
    if (!json && !quiet) printLines(world, terminal, Boolean(environment['LOG_LEVEL']));
    if (open) openPage(ready.page, terminal.err);
    return DONE;
  },
});

/** The newest one that is there, from a state; else a new one, so that the page is not empty. */
async function anyConversation({ service }: World): Promise<string> {
  const known = service.since(0).findLast(({ kind }) => kind === 'conversation');
  if (known?.kind === 'conversation') return String(known.resource['sid']);
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  return String(conversation['sid']);
}

function tellTroubles(world: World, host: string, { err }: Terminal): void {
  const warning = warningOf(host, Number(new URL(world.url).port));
  if (warning !== undefined) err(`\n${warning}`);
  const problems = world.problems();
  if (problems.length === 0) return;
  err(
    `\n${new RulesError(problems).message}\nUntil they are good, nobody is answered. The page shows this too.`,
  );
}

type Ready = ReturnType<typeof describe>;

function describe({ url, webhookUrl, identity }: World, conversationSid: string) {
  return {
    page: `${url}/`,
    api: url,
    webhook: webhookUrl,
    accountSid: identity.accountSid,
    serviceSid: identity.serviceSid,
    conversationSid,
    apiKeySid: identity.apiKeySid,
    apiKeySecret: identity.apiKeySecret,
    authToken: identity.authToken,
  };
}

function welcome(ready: Ready, port: number, quiet: boolean): string {
  const coming = quiet ? '' : 'Below comes a line for each message, webhook, decision and reload. ';
  const elsewhere = port === PORT.initial ? '' : ` --port ${new URL(ready.api).port}`;
  const { page, api, webhook, accountSid, serviceSid, conversationSid, apiKeySid, apiKeySecret, authToken } =
    ready;
  return `parley is running, with a Twilio Conversations service of its own. Nothing leaves this machine.

  page          ${page}
  API           ${api}   (Basic auth: the API key, or the account with its auth token)
  webhook       ${webhook}
  account       ${accountSid}
  service       ${serviceSid}
  conversation  ${conversationSid}
  API key       ${apiKeySid}
  its secret    ${apiKeySecret}
  auth token    ${authToken}

Try:
  1. Open the page and write "hi" or "order 12345" as the customer.
  2. In another terminal: npm run say -- "order 12345"${elsewhere}
  3. curl -u ${apiKeySid}:${apiKeySecret} ${api}/v1/Services/${serviceSid}/Conversations/${conversationSid}/Messages

${coming}Ctrl-C stops it.`;
}

if (import.meta.main) await runScript(start);
