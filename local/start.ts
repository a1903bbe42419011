import { readArguments, readPort, startOrQuit, stopOnSignal } from './command-line.ts';
import { startWorld, type World } from './world.ts';

const USAGE = 'Usage: npm start -- [--port 4000] [--json]';

const { values } = readArguments({ port: { type: 'string' }, json: { type: 'boolean' } }, USAGE);
const { json = false } = values;
const port = readPort(values.port, USAGE);
const world = await startOrQuit(port, 'npm start', () =>
  startWorld({ port, environment: process.env, random: Math.random }),
);
const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
await world.idle();
stopOnSignal(world.stop, json);
process.stdout.write(json ? `${JSON.stringify(ready(world))}\n` : welcome(world));

function ready({ url, webhookUrl, identity }: World) {
  return {
    page: `${url}/`,
    api: url,
    webhook: webhookUrl,
    accountSid: identity.accountSid,
    serviceSid: identity.serviceSid,
    conversationSid: conversation['sid'],
    apiKeySid: identity.apiKeySid,
    apiKeySecret: identity.apiKeySecret,
    authToken: identity.authToken,
  };
}

function welcome(world: World): string {
  const { page, api, webhook, accountSid, serviceSid, conversationSid, apiKeySid, apiKeySecret, authToken } =
    ready(world);
  return `parley is running, with a Twilio Conversations service of its own. Nothing leaves this machine.

  page          ${page}
  API           ${api}   (Basic auth: the API key, or the account with its auth token)
  webhook       ${webhook}
  account       ${accountSid}
  service       ${serviceSid}
  conversation  ${String(conversationSid)}
  API key       ${apiKeySid}
  its secret    ${apiKeySecret}
  auth token    ${authToken}

Try:
  1. Open the page and write "hi" or "order 12345" as the customer.
  2. In another terminal: npm run say -- "order 12345"
  3. curl -u ${apiKeySid}:${apiKeySecret} ${api}/v1/Services/${serviceSid}/Conversations/${String(conversationSid)}/Messages

Ctrl-C stops it.
`;
}
