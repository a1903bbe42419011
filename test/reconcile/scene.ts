import * as reconcileFunction from '../../functions/reconcile.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import type { HttpClient, HttpRequest, QueueMessage } from '../../lib/ports.ts';
import type { LookState } from '../../lib/reconcile/look-state.ts';
import { LOOKS_KEY } from '../../lib/record/keys.ts';
import { type ReplyHarness, startReply } from '../reply/bot-harness.ts';

const hex = (digit: string) => digit.repeat(32);

export const SERVICE_SID = `IS${hex('2')}`;
export const WEBHOOK_URL = 'https://bot.example.com/hook';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const SETTINGS = {
  TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
  TWILIO_CHAT_SERVICE_SID: SERVICE_SID,
  TWILIO_API_KEY_SID: `SK${hex('3')}`,
  TWILIO_API_KEY_SECRET: 'secret',
  PUBLIC_URL: WEBHOOK_URL,
  QUEUE_URL: 'https://sqs.example.com/parley.fifo',
  TABLE_NAME: 'parley',
};

export interface RunOptions {
  /** What the function is invoked with. */
  readonly event?: unknown;
  readonly remainingMs?: () => number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly monitor?: HttpClient;
}

/** The reconciler beside the bot of the harness, with the time in the test's hands. */
export async function startScene(
  settings: Readonly<Record<string, string>> = {},
  /** Reply's own, which `bot.deploy` reads again. */
  reply: Record<string, string> = {},
) {
  const bot = await startReply(reply);
  const sent: QueueMessage[] = [];
  const hooks = {
    send: async (message: QueueMessage): Promise<void> => {
      sent.push(message);
    },
    store: {} as Partial<ReplyHarness['memory']>,
  };

  async function run(options: RunOptions = {}): Promise<number> {
    const config = readConfig('reconcile', { ...SETTINGS, ...settings, ...options.settings });
    const handler = reconcileFunction.createHandler(config, {
      apiKey: fixedSecret({ sid: SETTINGS.TWILIO_API_KEY_SID, secret: SETTINGS.TWILIO_API_KEY_SECRET }),
      store: { ...bot.memory, ...hooks.store },
      queue: { send: (message) => hooks.send(message) },
      http: bot.http,
      ...(options.monitor === undefined ? {} : { monitor: options.monitor }),
      clock: { now: () => bot.time.now, sleep: async () => undefined },
      random: () => 0.5,
      log: bot.log,
    });
    const context = { getRemainingTimeInMillis: options.remainingMs ?? (() => 120_000) };
    const { found } = await handler(options.event ?? {}, context);
    return found;
  }

  return {
    bot,
    sent,
    hooks,
    run,
    /** Runs each minute, as the schedule does. @returns how many messages were found. */
    runFor: async (ms: number, options: RunOptions = {}): Promise<number> => {
      let found = 0;
      for (const end = bot.time.now + ms; bot.time.now < end; ) {
        bot.time.now += Math.min(MINUTE, end - bot.time.now);
        found += await run(options);
      }
      return found;
    },
    startConversation: async (): Promise<string> => {
      const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
      await bot.service.idle();
      return String(conversation['sid']);
    },
    /** A customer writes; nobody is told until the webhook is handed on with `hear`. */
    write: async (conversationSid: string, body: string, author?: string): Promise<string> => {
      const message = await bot.service.customer.write({
        conversationSid,
        body,
        ...(author === undefined ? {} : { author }),
      });
      await bot.service.idle();
      return String(message['sid']);
    },
    /** The latest webhook comes, and the bot does what it does. */
    hear: (): Promise<boolean> => bot.deliver(bot.envelope()),
    /** Everything that was put on the queue is answered. */
    answer: async (): Promise<void> => {
      for (const { body } of sent.splice(0)) await bot.deliver(body);
    },
    /** A program posts over REST. */
    post: (conversationSid: string, form: Readonly<Record<string, string>>) =>
      rest('POST', `Services/${SERVICE_SID}/Conversations/${conversationSid}/Messages`, form),
    configure: (form: Readonly<Record<string, string>>, service = true) =>
      rest('POST', `${service ? `Services/${SERVICE_SID}/` : ''}Configuration/Webhooks`, form),
    counted: (metric: string) => bot.log.lines.filter((line) => metric in line).length,
    /** The latest value of a measure. */
    measured: (measure: string) => bot.log.lines.findLast((line) => measure in line)?.[measure],
    state: async (): Promise<LookState | undefined> => (await bot.memory.get<LookState>(LOOKS_KEY))?.value,
    /** What was asked of Twilio since `from` requests were. */
    asked: (from = 0): readonly string[] => bot.requests.slice(from).map(({ path }) => path),
  };

  async function rest(method: HttpRequest['method'], path: string, form: Readonly<Record<string, string>>) {
    const key = Buffer.from(`${SETTINGS.TWILIO_API_KEY_SID}:${SETTINGS.TWILIO_API_KEY_SECRET}`);
    const { body } = await bot.service.handle({
      method,
      url: `https://conversations.twilio.com/v1/${path}`,
      headers: {
        authorization: `Basic ${key.toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    return JSON.parse(Buffer.from(body).toString('utf8'));
  }
}

export type Scene = Awaited<ReturnType<typeof startScene>>;

/** Refused by Twilio, with its error body. */
export const refusal = (status: number, code: number) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ code, message: 'no' }),
});
