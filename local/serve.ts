import { createConversationsService } from '../emulator/create-service.ts';
import { deliverOverHttp } from '../emulator/http-deliver.ts';
import { listen } from '../emulator/http-listener.ts';
import { readStateFile, writeStateFile } from '../emulator/state-file.ts';
import { messageOf, quit, readArguments, readPort, startOrQuit, stopOnSignal } from './command-line.ts';
import { chooseIdentity } from './identity.ts';
import { machineClock } from './machine-clock.ts';
import { createPage } from './page/create-page.ts';

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
if (state !== undefined) {
  await readStateFile(service, state).catch((error) =>
    quit(`${state} cannot be loaded: ${messageOf(error)}`),
  );
}
if (webhook !== undefined)
  service.configureWebhooks({ PostWebhookUrl: webhook, Filters: ['onMessageAdded'] });
const page = createPage({ service });
const server = await startOrQuit(port, 'npm run world', () => listen(service, { port, other: page.handle }));

const ready = {
  page: `${server.url}/`,
  api: server.url,
  control: `${server.url}/control`,
  ...identity,
  serviceSid: service.serviceSid,
};
stopOnSignal(async () => {
  if (state !== undefined) await writeStateFile(service, state);
  await server.close();
}, json);
process.stdout.write(json ? `${JSON.stringify(ready)}\n` : welcome());

function welcome(): string {
  return `A Twilio Conversations service is running. Nothing leaves this machine.

  page          ${ready.page}
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
