import type { DeadLetter, Stage } from '../../../cli/stage/stage.ts';
import { fixedSecret } from '../../../lib/aws/secret.ts';
import type { QueueMessage } from '../../../lib/ports.ts';
import { createTwilioApi } from '../../../lib/twilio/request.ts';
import { createMemoryQueue } from '../../../local/lambda/memory-queue.ts';
import { type Scene, SERVICE_SID, startScene } from '../../reconcile/scene.ts';

/** A stage in memory with the bot beside it, and time in the test's hands. */
export async function startMemoryStage(settings: Readonly<Record<string, string>> = {}) {
  const scene = await startScene();
  const { bot } = scene;
  const clock = {
    now: () => bot.time.now,
    sleep: async (ms: number) => {
      bot.time.now += ms;
    },
  };
  const queue = createMemoryQueue({ clock });
  scene.hooks.send = queue.send;
  bot.useQueue(queue);
  const environment = {
    TWILIO_CHAT_SERVICE_SID: SERVICE_SID,
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_API_KEY_SID: `SK${'3'.repeat(32)}`,
    TWILIO_API_KEY_SECRET: 'secret',
    PUBLIC_URL: 'https://bot.example.com/hook',
    QUEUE_URL: 'https://sqs.example.com/parley.fifo',
    TABLE_NAME: 'parley',
    ...settings,
  };
  const twilio = createTwilioApi({
    origin: 'https://conversations.twilio.com',
    http: bot.http,
    apiKey: fixedSecret({ sid: `SK${'3'.repeat(32)}`, secret: 'secret' }),
    clock,
    random: () => 0.5,
  });
  const stage: Stage = {
    name: 'local',
    given: { stage: 'local' },
    settings: { receive: environment, reply: environment, reconcile: environment },
    clock,
    random: () => 0.5,
    table: {
      ...bot.memory,
      async *scan() {
        yield* bot.memory.items();
      },
    },
    queue: { send: queue.send, depth: async () => queue.depth() },
    deadLetters: {
      count: async () => queue.deadLetters.length,
      read: async (max) =>
        queue.deadLetters.slice(0, max).map((letter): DeadLetter => ({ ...letter, handle: '' })),
      remove: async ({ id }) => queue.dropDeadLetter(id),
      release: async () => undefined,
    },
    twilio,
    twilioProduct: () => twilio,
    twilioAs: () => twilio,
    requests: () => bot.requests.length,
    metrics: { read: async (queries) => queries.map(() => []) },
    logs: { find: async () => [] },
    reconcile: async (asked) => ({ found: await scene.run({ event: asked }), finished: true }),
    operator: async () => 'ada',
    close: async () => undefined,
  };
  return {
    scene,
    bot,
    queue,
    stage,
    /** What receive puts on the queue for the latest webhook. */
    hear: (conversationSid: string, messageSid: string): Promise<void> =>
      queue.send(messageOf(scene, conversationSid, messageSid)),
    /** Makes a dead letter of it: a hundred deliveries in vain. */
    kill: async (message: QueueMessage): Promise<void> => {
      await queue.send(message);
      for (let delivery = 0; delivery <= 100; delivery += 1) {
        for (const { receiptHandle } of queue.receive()) await queue.postpone(receiptHandle, 0);
      }
    },
    /** Delivers what is visible now, each once. */
    answer: async (): Promise<void> => {
      for (const { receiptHandle, body, receiveCount, messageId, sentAt } of queue.receive()) {
        if (await bot.deliver(body, receiveCount, messageId, sentAt)) queue.delete(receiptHandle);
      }
    },
    messageOf: (conversationSid: string, messageSid: string) => messageOf(scene, conversationSid, messageSid),
  };
}

export type MemoryStage = Awaited<ReturnType<typeof startMemoryStage>>;

function messageOf({ bot }: Scene, groupId: string, messageSid: string): QueueMessage {
  return { groupId, deduplicationId: `onMessageAdded|${messageSid}`, body: bot.envelope() };
}
