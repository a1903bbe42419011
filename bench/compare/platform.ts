import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';

/** The APIs that the candidates post to, on loopback. */
export interface Platforms {
  readonly url: string;
  /** Messages that were posted so far. */
  posted(): number;
  close(): Promise<void>;
}

const sid = (prefix: string) => prefix + 'a'.repeat(32);

export const SIDS = {
  account: sid('AC'),
  service: sid('IS'),
  conversation: sid('CH'),
} as const;

/** What the candidates find in their environment. Nothing of it is anybody's. */
export const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: SIDS.account,
  TWILIO_AUTH_TOKEN: '0123456789abcdef0123456789abcdef',
  PUBLIC_URL: 'https://bot.example.com/webhook',
  GITHUB_TOKEN: 'a-github-token',
  GITHUB_WEBHOOK_SECRET: 'a-github-secret',
  LINE_CHANNEL_ACCESS_TOKEN: 'a-line-token',
  LINE_CHANNEL_SECRET: 'a-line-secret',
  SLACK_BOT_TOKEN: 'a-slack-token',
  SLACK_SIGNING_SECRET: 'a-slack-secret',
  TELEGRAM_TOKEN: '123456789:a-telegram-token',
  TELEGRAM_SECRET: 'a-telegram-secret',
} as const;

interface Answer {
  readonly path: RegExp;
  readonly status: number;
  readonly body: unknown;
  /** Asked before anything is posted. */
  readonly isQuestion?: boolean;
}

const TELEGRAM_CHAT = { id: 4242, type: 'private', first_name: 'Amara' };

/** The least of each that its library makes do with. */
const ANSWERS: readonly Answer[] = [
  {
    path: /^\/v1\/Services\/\w+\/Conversations\/\w+\/Messages$/,
    status: 201,
    body: { sid: sid('IM'), index: 1, author: 'parley', body: 'Hello! How can I help?', attributes: '{}' },
  },
  {
    path: /^\/2010-04-01\/Accounts\/\w+\/Messages\.json$/,
    status: 201,
    body: { sid: sid('SM'), from: '+15550199000', to: '+15550100001', direction: 'outbound-api' },
  },
  { path: /^\/repos\/.+\/comments$/, status: 201, body: { id: 1, body: 'Hello! How can I help?' } },
  { path: /^\/v2\/bot\/message\/reply$/, status: 200, body: { sentMessages: [{ id: '1' }] } },
  {
    path: /^\/api\/auth\.test$/,
    status: 200,
    body: { ok: true, team_id: 'T1', user_id: 'U1', bot_id: 'B1', url: 'https://example.slack.com/' },
    isQuestion: true,
  },
  {
    path: /^\/api\/chat\.postMessage$/,
    status: 200,
    body: { ok: true, channel: 'C1', ts: '1.1', message: {} },
  },
  {
    path: /^\/bot[^/]+\/sendMessage$/,
    status: 200,
    body: {
      ok: true,
      result: { message_id: 2, date: 1, chat: TELEGRAM_CHAT, text: 'Hello! How can I help?' },
    },
  },
];

export async function startPlatforms(): Promise<Platforms> {
  let posted = 0;
  const answer = async (request: IncomingMessage): Promise<Omit<Answer, 'path'>> => {
    await buffer(request);
    const path = request.url?.split('?')[0] ?? '';
    const found = ANSWERS.find((one) => one.path.test(path));
    if (found === undefined) return { status: 404, body: { message: `nothing is at ${path}` } };
    if (!found.isQuestion) posted += 1;
    return found;
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      const text = JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
  const { origin, close }: LoopbackServer = await listen(server);
  return { url: origin, posted: () => posted, close };
}
