import { createConversationsService } from '../../emulator/index.ts';
import * as reply from '../../functions/reply.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import type { Called } from '../../lib/handlers/create-caller.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import type { Outside } from '../../lib/handlers/outside.ts';
import type { HttpRequest, HttpResponse, Key, Queue, Store } from '../../lib/ports.ts';
import { sealEnvelope } from '../../lib/queue/envelope.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { compileRules } from '../../lib/rules/compile/compile-rules.ts';
import type { Decision, RuleBook } from '../../lib/rules/types.ts';
import { decodeForm } from '../../lib/webhook/decode-form.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { ownedTable } from '../../local/lambda/owned-table.ts';
import { silentLog } from '../support/silent-log.ts';

const hex = (digit: string) => digit.repeat(32);
const ORIGIN = 'https://conversations.twilio.com';
export const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
  TWILIO_CHAT_SERVICE_SID: `IS${hex('2')}`,
  TWILIO_API_KEY_SID: `SK${hex('3')}`,
  TWILIO_API_KEY_SECRET: 'secret',
  QUEUE_URL: 'https://sqs.example.com/parley.fifo',
  TABLE_NAME: 'parley',
};

export const RULES = `version: 1
rules:
  - { id: silence, when: { keyword: silence }, then: { ignore: true } }
  - { id: one, when: { keyword: [one, again] }, then: { text: only } }
  - { id: two, when: { keyword: two }, then: [{ text: first }, { text: second }] }
  - { id: name, when: { keyword: name }, then: { text: 'hi {{ participant.attributes.name | default: "you" }}' } }
  - { id: echo, when: { pattern: '^echo (?<what>.+)$' }, then: { text: '{{ match.what }}{{ match.what }}' } }
`;

export function book(source: string): RuleBook {
  const compiled = compileRules(source);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.book;
}

const DEFAULT_BOOK = book(RULES);

export type Exchange = (request: HttpRequest, pass: () => Promise<HttpResponse>) => Promise<HttpResponse>;

/** The reply function between the local Conversations service and memory, with time in the test's hands. */
export async function startReply(settings: Record<string, string> = {}) {
  const time = { now: Date.UTC(2026, 0, 1), remainingMs: 30_000 };
  const clock = {
    now: () => time.now,
    sleep: async (ms: number, ends?: AbortSignal) => {
      // What may be woken up sleeps until nothing else goes on.
      if (ends !== undefined) await new Promise((resolve) => setImmediate(resolve));
      if (!ends?.aborted) time.now += ms;
    },
  };
  const log = silentLog();
  const memory = createMemoryStore({ clock, items: ownedTable(ENVIRONMENT.TABLE_NAME) });
  const hooks: { exchange: Exchange; store: Partial<Store> } = { exchange: (_, pass) => pass(), store: {} };
  let seed = 0;
  const random = () => {
    seed += 1;
    return (Math.imul(seed, 2654435761) >>> 0) / 2 ** 32;
  };
  const webhooks: string[] = [];
  const service = createConversationsService({
    // Timers of the service must not run by themselves.
    clock: { now: clock.now, sleep: () => new Promise(() => undefined) },
    random,
    accountSid: ENVIRONMENT.TWILIO_ACCOUNT_SID,
    serviceSid: ENVIRONMENT.TWILIO_CHAT_SERVICE_SID,
    authToken: hex('4'),
    apiKeySid: ENVIRONMENT.TWILIO_API_KEY_SID,
    apiKeySecret: ENVIRONMENT.TWILIO_API_KEY_SECRET,
    deliver: async ({ body }) => {
      webhooks.push(body);
      return { status: 200, headers: {}, body: '' };
    },
  });
  service.configureWebhooks({
    PostWebhookUrl: 'https://bot.example.com/hook',
    Filters: ['onMessageAdded', 'onParticipantAdded'],
  });
  const requests: HttpRequest[] = [];
  const http = (request: HttpRequest) => {
    requests.push(request);
    return hooks.exchange(request, async () => {
      const { status, headers, body } = await service.handle({
        method: request.method,
        url: `${ORIGIN}${request.path}`,
        headers: request.headers,
        body: Buffer.from(request.body ?? ''),
      });
      return { status, headers, body: Buffer.from(body).toString('utf8') };
    });
  };
  const store: Store = {
    get: (key) => (hooks.store.get ?? memory.get)(key) as never,
    // What a test does to one read it does to several.
    getAll: (keys) => Promise.all(keys.map((key) => store.get(key))) as never,
    put: (key, item, expected) => (hooks.store.put ?? memory.put)(key, item, expected),
    list: memory.list,
    remove: memory.remove,
  };
  const postponed: number[] = [];
  let deliveries = 0;
  let queue: Pick<Queue, 'send'> | undefined;
  let onDecision: reply.ReplyOutside['onDecision'];
  const called: (readonly Called[])[] = [];
  let latest = DEFAULT_BOOK;
  let own: { readonly handlers?: Handlers; readonly outside?: Outside } = {};
  const start = (rules: RuleBook) =>
    reply.createHandler(readConfig('reply', { ...ENVIRONMENT, ...settings }), {
      apiKey: fixedSecret({ sid: ENVIRONMENT.TWILIO_API_KEY_SID, secret: ENVIRONMENT.TWILIO_API_KEY_SECRET }),
      store,
      postpone: async (_, seconds) => {
        postponed.push(seconds);
      },
      queue,
      onDecision,
      onSettled: (_event, _decision, calls) => called.push(calls),
      http,
      clock,
      random: () => 0.5,
      log,
      rules,
      ...own,
    });
  let handler = start(latest);

  return {
    time,
    service,
    http,
    requests,
    postponed,
    log,
    memory,
    hooks,
    /** The calls of each event whose answer was made, as whoever watches is told of them. */
    called,
    /** Deploys other rules, as a new Lambda container would have them. */
    deploy: (rules: RuleBook, handlers: Handlers = {}, outside?: Outside) => {
      latest = rules;
      own = { handlers, ...(outside && { outside }) };
      handler = start(rules);
    },
    /** Gives reply the queue, where it puts behind the others what lets them pass. */
    useQueue: (given: Pick<Queue, 'send'>) => {
      queue = given;
      handler = start(latest);
    },
    /** @returns what is decided from now on. */
    watch: (): readonly Decision[] => {
      const decided: Decision[] = [];
      onDecision = (_, decision) => decided.push(decision);
      handler = start(latest);
      return decided;
    },
    /** @returns the SID of a new conversation on WhatsApp. */
    startConversation: async (): Promise<string> => {
      const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
      return String(conversation['sid']);
    },
    /**
     * Writes as the conversation's customer, or as `author`, and waits for the webhook.
     * @returns the message's SID.
     */
    write: async (conversationSid: string, body: string, author?: string): Promise<string> => {
      const by = author === undefined ? {} : { author };
      const { sid } = await service.customer.write({ conversationSid, body, ...by });
      await service.idle();
      return String(sid);
    },
    /** What receive would have put on the queue for the latest webhook, or the one that many before it. */
    envelope: (back = 0, doubtful = false) => {
      const params = decodeForm(Buffer.from(webhooks.at(-1 - back) ?? ''));
      if (params === undefined) throw new Error('no webhook');
      const service = ['ChatServiceSid', [ENVIRONMENT.TWILIO_CHAT_SERVICE_SID]] as const;
      return sealEnvelope(new Map([...params, service]), time.now, doubtful);
    },
    /** Hands one queue message over; true when it is done with. */
    deliver: async (
      body: string,
      receiveCount = 1,
      messageId = `m${deliveries + 1}`,
      sentAt?: number,
      deduplicationId?: string,
    ): Promise<boolean> => {
      deliveries += 1;
      const record = {
        messageId,
        receiptHandle: `r${deliveries}`,
        body,
        attributes: {
          ApproximateReceiveCount: String(receiveCount),
          MessageGroupId: 'g',
          ...(sentAt === undefined ? {} : { SentTimestamp: String(sentAt) }),
          ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
        },
      };
      const event = { Records: [record] } as never;
      const context = { getRemainingTimeInMillis: () => time.remainingMs, awsRequestId: 'lambda-1' };
      const result = await handler(event, context);
      return result.batchItemFailures.length === 0;
    },
    record: async (key: Key) => (await memory.get<MessageRecord>(key))?.value,
    creates: () => requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/Messages')),
  };
}

/** The same webhook as one that names no service, of several. @param body what stands on the queue */
export function withoutService(body: string): string {
  return body.replace(/"ChatServiceSid":"IS\w{32}",?/, '');
}

export type ReplyHarness = Awaited<ReturnType<typeof startReply>>;
