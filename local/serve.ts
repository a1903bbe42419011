import { DONE, defineCommand } from '../cli/command.ts';
import { flag } from '../cli/option.ts';
import { runScript } from '../cli/run-script.ts';
import { PORT, SEED, STATE, WEBHOOK } from './common-options.ts';
import { localEnvironment } from './environment/local-environment.ts';
import { exec } from './exec.ts';
import { HOST, warningOf } from './host.ts';
import { IDENTITY_SETTINGS } from './identity.ts';
import { listenOrFail } from './listen-or-fail.ts';
import { showSecrets } from './show-secrets.ts';
import type { RunningService } from './start-service.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** `npm run world`: the Conversations service alone, for a client or a bot of any kind. docs/local-service.md */
export const world = defineCommand({
  name: 'npm run world --',
  summary: 'Run the Conversations service and its page without a bot, until Ctrl-C.',
  options: {
    port: PORT,
    webhook: WEBHOOK,
    host: HOST,
    state: STATE,
    seed: SEED,
    json: flag('print one line for scripts: the page, the API, SIDs and credentials'),
  },
  subcommands: [exec],
  examples: [
    ['npm run world', 'the page is at http://127.0.0.1:4000'],
    ['npm run world -- --webhook http://127.0.0.1:3000/webhook', 'for a bot of any kind'],
    ['npm run world -- --state world.json', 'the same conversations next time'],
    ['npm run world -- --seed docs/seed.yaml', 'with services, conversations and templates in it'],
    ['npm run world -- exec -- npm test', 'a fresh one for a command, with its address in the environment'],
  ],
  exits: { done: 'it ran until it was stopped', failed: 'it could not start' },
  run: async ({ port, host, webhook, state, seed, json }, terminal) => {
    const environment = await localEnvironment(IDENTITY_SETTINGS, terminal);
    const { startService } = await import('./start-service.ts');
    const running = await listenOrFail({ port, host }, 'npm run world --', () =>
      startService({ port, host, webhook, state, seed, environment }),
    );
    stopOnSignal(running.stop, json, terminal);
    const warning = warningOf(host, Number(new URL(running.url).port));
    if (warning !== undefined) terminal.err(warning);
    const ready = describe(running);
    terminal.out(json ? JSON.stringify(ready) : welcome({ ...ready, ...showSecrets(ready, environment) }));
    return DONE;
  },
});

type Ready = ReturnType<typeof describe>;

function describe({ url, stop: _stop, ...identity }: RunningService) {
  return { page: `${url}/`, api: url, control: `${url}/control`, ...identity };
}

function welcome(ready: Ready): string {
  const { page, api, control, accountSid, serviceSid, apiKeySid, apiKeySecret, authToken } = ready;
  return `A Twilio Conversations service is running. Nothing leaves this machine.

  page          ${page}
  API           ${api}
  control       ${control}   (docs/local-service.md)
  account       ${accountSid}
  service       ${serviceSid}
  API key       ${apiKeySid}
  its secret    ${apiKeySecret}
  auth token    ${authToken}

Ctrl-C stops it.`;
}

if (import.meta.main) await runScript(world);
