import { createHandler } from '../../functions/receive.ts';
import { readConfig } from '../../lib/config.ts';
import { createLog } from '../../lib/log.ts';
import type { QueueMessage } from '../../lib/ports.ts';
import { answeredEvents } from '../../lib/rules/answered-events.ts';
import { bookOf } from '../rules/support.ts';
import { TOKEN, URL_1 } from '../webhook/requests.ts';

/** The SIDs of the captured webhooks in cut-signed-text.ts. */
const DIGITS = '0123456789abcdef'.repeat(2);
export const ACCOUNT_SID = `AC${DIGITS}`;
export const SERVICE_SIDS = [`IS${DIGITS}`, `IS${'f'.repeat(32)}`] as const;

/** Waits for every event that a rule can answer. */
export const ANSWERS_ALL = bookOf(`version: 1
rules:
  - { id: message, when: { event: onMessageAdded }, then: { text: 'You wrote' } }
  - { id: joined, when: { event: onParticipantAdded }, then: { text: 'Welcome' } }
  - { id: opened, when: { event: onConversationAdded }, then: { text: 'Hello' } }
`);

export const ANSWERED: ReadonlySet<string> = answeredEvents(ANSWERS_ALL);

export interface Received {
  readonly answer: { readonly statusCode: number; readonly body: string };
  /** What this request put on the queue. */
  readonly queued: readonly QueueMessage[];
  /** The dimension of the metric that counted it. */
  readonly reason: string;
}

/** The receive function as it is deployed; only its queue and its tokens are in memory. */
export function createReceiver({ publicUrl = URL_1, token = TOKEN } = {}) {
  let queued: QueueMessage[] = [];
  let lines: string[] = [];
  const config = readConfig('receive', {
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_CHAT_SERVICE_SID: SERVICE_SIDS.join(),
    TWILIO_AUTH_TOKEN: token,
    PUBLIC_URL: publicUrl,
    QUEUE_URL: 'https://sqs.example.com/parley.fifo',
    TABLE_NAME: 'parley',
  });
  const handler = createHandler(config, {
    authTokens: { get: async () => [token], refresh: async () => [token] },
    queue: { send: async (message) => void queued.push(message) },
    clock: { now: () => Date.UTC(2026, 10, 20), sleep: async () => {} },
    log: createLog({ level: 'info', now: () => 0, write: (line) => lines.push(line) }),
    rules: ANSWERS_ALL,
  });
  return async (request: unknown): Promise<Received> => {
    [queued, lines] = [[], []];
    const answer = await handler(request);
    return { answer, queued, reason: JSON.parse(lines[0] ?? '{}').reason };
  };
}
