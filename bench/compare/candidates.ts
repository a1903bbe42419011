/** Whose webhook a candidate is given, and whose API it answers with. */
export type Platform = 'conversations' | 'messaging' | 'github' | 'line' | 'slack' | 'telegram';

export interface Candidate {
  readonly name: string;
  /** Its handler, from the root of the project. */
  readonly file: string;
  readonly platform: Platform;
  /** Posts a message for each event, to the platform's stand-in. */
  readonly posts: boolean;
  /** Of bench/peers/package.json, where it is another bot library. */
  readonly package?: string;
  /** Is told apart from others by the names of its classes, which bundling shortens. */
  readonly keepsNames?: boolean;
  /** Needs what AWS has: it goes where its function is built, and is measured with the local stand-ins. */
  readonly function?: 'receive' | 'reply';
}

/** The first is what the others are compared with. */
export const EMPTY = 'empty';
/** Receive's steady processor time is compared with it. */
export const NO_LESS = 'base64, HMAC and form parsing';
/** Both functions, one after the other: worked out from their figures. */
export const WHOLE = 'parley: receive, then reply';
export const RECEIVE = 'parley: receive';
export const REPLY = 'parley: reply';

const peer = (file: string) => `bench/peers/handlers/${file}`;

/** In the order of the table, and in which they are measured. */
export const CANDIDATES: readonly Candidate[] = [
  { name: EMPTY, file: 'bench/empty/index.cjs', posts: false, platform: 'conversations' },
  { name: NO_LESS, file: peer('base64-hmac-form.mjs'), posts: false, platform: 'conversations' },
  { name: 'HMAC and a raw socket', file: peer('hmac-socket.mjs'), posts: true, platform: 'conversations' },
  {
    name: 'zod/mini and node:https',
    file: peer('zod-mini-https.mjs'),
    posts: true,
    platform: 'conversations',
  },
  {
    name: "undici's parts, checked by hand",
    file: peer('undici-parts.mjs'),
    posts: true,
    platform: 'conversations',
  },
  { name: 'parley without AWS', file: peer('parley-alone.ts'), posts: true, platform: 'conversations' },
  { name: 'LINE SDK', file: peer('line.mjs'), posts: true, platform: 'line', package: '@line/bot-sdk' },
  {
    name: 'octokit webhooks',
    file: peer('octokit.mjs'),
    posts: true,
    platform: 'github',
    package: '@octokit/webhooks',
  },
  {
    name: 'grammY',
    file: peer('grammy.mjs'),
    posts: true,
    platform: 'telegram',
    package: 'grammy',
    keepsNames: true,
  },
  { name: 'telegraf', file: peer('telegraf.mjs'), posts: true, platform: 'telegram', package: 'telegraf' },
  {
    name: 'Chat SDK, Twilio adapter',
    file: peer('chat.mjs'),
    posts: true,
    platform: 'messaging',
    package: 'chat',
  },
  { name: 'probot', file: peer('probot.mjs'), posts: true, platform: 'github', package: 'probot' },
  { name: 'Bolt', file: peer('bolt.mjs'), posts: true, platform: 'slack', package: '@slack/bolt' },
  { name: 'twilio SDK', file: peer('twilio.mjs'), posts: true, platform: 'conversations', package: 'twilio' },
  {
    name: RECEIVE,
    file: 'functions/receive.ts',
    posts: false,
    platform: 'conversations',
    function: 'receive',
  },
  { name: REPLY, file: 'functions/reply.ts', posts: false, platform: 'conversations', function: 'reply' },
];
