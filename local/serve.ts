import { readFile, writeFile } from 'node:fs/promises';
import { messageOf, quit, readArguments, readPort, startOrQuit, stopOnSignal } from './command-line.ts';
import { chooseIdentity } from './identity.ts';
import { machineClock } from './machine-clock.ts';
import { createConversationsService } from './service/create-service.ts';
import { deliverOverHttp } from './service/http-deliver.ts';
import { listen } from './service/http-listener.ts';

const USAGE = 'Usage: npm run world -- [--port 4000] [--webhook URL] [--state FILE] [--json]';

/** The Conversations service alone, for a client or a bot of any kind: docs/local-service.md */
const { values } = readArguments(
  {
    port: { type: 'string' },
    webhook: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
  },
  USAGE,
);
const { webhook, state, json = false } = values;
if (webhook !== undefined && !URL.canParse(webhook)) {
  quit(`--webhook is "${webhook}"; an absolute URL is wanted.\n${USAGE}`);
}
const port = readPort(values.port, USAGE);
const identity = chooseIdentity(process.env, Math.random);
const service = createConversationsService({
  ...identity,
  clock: machineClock,
  random: Math.random,
  deliver: deliverOverHttp,
});
if (state !== undefined) await load(state);
if (webhook !== undefined)
  service.configureWebhooks({ PostWebhookUrl: webhook, Filters: ['onMessageAdded'] });
const server = await startOrQuit(port, 'npm run world', () => listen(service, { port }));

const ready = {
  api: server.url,
  control: `${server.url}/control`,
  ...identity,
  serviceSid: service.serviceSid,
};
process.stdout.write(json ? `${JSON.stringify(ready)}\n` : welcome());
stopOnSignal(async () => {
  if (state !== undefined) await writeFile(state, service.save());
  await server.close();
}, json);

/** A file that is not there yet is made when the service stops. */
async function load(file: string): Promise<void> {
  try {
    service.load(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    quit(`${file} cannot be loaded: ${messageOf(error)}`);
  }
}

function welcome(): string {
  return `A Twilio Conversations service is running. Nothing leaves this machine.

  API           ${ready.api}
  control       ${ready.control}   (docs/local-service.md)
  account       ${ready.accountSid}
  service       ${ready.serviceSid}
  API key       ${ready.apiKeySid}
  its secret    ${ready.apiKeySecret}
  auth token    ${ready.authToken}

Ctrl-C stops it.
`;
}
