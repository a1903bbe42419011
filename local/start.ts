import { parseArgs } from 'node:util';
import { startWorld, type World } from './world.ts';

const USAGE = 'Usage: npm start -- [--port 4000] [--json]';
const DEFAULT_PORT = 4000;

const { port, json } = readArguments();
const world = await start(port);
const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
await world.idle();
process.stdout.write(json ? `${JSON.stringify(ready(world))}\n` : welcome(world));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void world.stop().then(() => {
      if (!json) process.stdout.write('\nStopped.\n');
      process.exit(0);
    });
  });
}

function readArguments(): { port: number; json: boolean } {
  try {
    const options = { port: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { port = String(DEFAULT_PORT), json = false } = parseArgs({ options }).values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new Error(`--port is "${port}"; a number from 0 to 65535 is wanted.`);
    }
    return { port: Number(port), json };
  } catch (error) {
    return quit(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

async function start(port: number): Promise<World> {
  try {
    return await startWorld({ port, environment: process.env, random: Math.random });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return quit(
        `Port ${port} is in use. Stop what listens there, or choose another: npm start -- --port ${port + 1}`,
      );
    }
    return quit(error instanceof Error ? error.message : String(error));
  }
}

function quit(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

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
