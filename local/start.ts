import { DONE, defineCommand } from '../cli/command.ts';
import { flag } from '../cli/option.ts';
import { runScript } from '../cli/run-script.ts';
import { buildBundles } from './build-bundles.ts';
import { checkBot } from './check-bot.ts';
import { BOT, BUILD, PORT } from './common-options.ts';
import { listenOrFail } from './listen-or-fail.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import type { World } from './world.ts';

/** `npm start`: docs/local-world.md */
export const start = defineCommand({
  name: 'npm start --',
  summary: 'Run the bot, with a Conversations service and a chat page of its own, until Ctrl-C.',
  options: {
    port: PORT,
    json: flag('print one line for scripts: the page, the API, SIDs and credentials'),
    bot: BOT,
    build: BUILD,
  },
  examples: [
    ['npm start', 'the page is at http://127.0.0.1:4000'],
    ['npm start -- --port 4100', 'elsewhere'],
    ['npm start -- --bot bot/samples/reminder', 'another bot'],
    ['npm start -- --port 0 --json', 'for a script, which finds the address in the first line'],
  ],
  exits: { done: 'it ran until it was stopped', failed: 'it could not start' },
  run: async ({ port, json, bot, build }, terminal) => {
    if (bot !== undefined) await checkBot(bot);
    if (build) await buildBundles();
    const { startWorld } = await import('./world.ts');
    const world = await listenOrFail(port, 'npm start --', () =>
      startWorld({ port, environment: process.env, random: Math.random, rulesFolder: bot }),
    );
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    await world.idle();
    stopOnSignal(world.stop, json, terminal);
    const ready = describe(world, String(conversation['sid']));
    terminal.out(json ? JSON.stringify(ready) : welcome(ready));
    return DONE;
  },
});

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

function welcome(ready: Ready): string {
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
  2. In another terminal: npm run say -- "order 12345"
  3. curl -u ${apiKeySid}:${apiKeySecret} ${api}/v1/Services/${serviceSid}/Conversations/${conversationSid}/Messages

Ctrl-C stops it.`;
}

if (import.meta.main) await runScript(start);
