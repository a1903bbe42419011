import { createConversationsService, type ServiceOptions } from '../../emulator/create-service.ts';
import type { Told } from '../../emulator/happenings.ts';
import type { WebhookRequest, WebhookResponse } from '../../emulator/webhooks/deliver.ts';
import type { Clock } from '../../lib/ports.ts';

export const ACCOUNT_SID = `AC${'a'.repeat(32)}`;
export const AUTH_TOKEN = 'local-auth-token';
export const API_KEY_SID = `SK${'b'.repeat(32)}`;
export const API_KEY_SECRET = 'local-api-key-secret';
export const HOOK = 'http://127.0.0.1:4999/hook';

/** A clock that stands still until it is moved, and then wakes its sleepers in order. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function createTestClock(start = Date.parse('2026-11-20T10:00:00.123Z')): TestClock {
  let now = start;
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ at: now + ms, wake });
      }),
    advance: async (ms) => {
      const end = now + ms;
      for (;;) {
        await settle();
        const [next] = sleepers.toSorted((a, b) => a.at - b.at);
        if (next === undefined || next.at > end) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything that waits for nothing but promises go on. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Mulberry32: small, seeded, good enough to make SIDs. */
export function createRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Hook = (webhook: WebhookRequest) => Promise<WebhookResponse> | WebhookResponse;

export interface TestService extends ReturnType<typeof createConversationsService> {
  readonly clock: TestClock;
  /** Basic authorization with the account's token. */
  readonly authorization: string;
  /** Every webhook that was sent, in order. */
  readonly sent: WebhookRequest[];
  readonly told: Told[];
  /** Answers webhooks from now on; 200 and nothing until it is set. */
  answer(hook: Hook): void;
  /** With the account's token and a form, as REST takes it. */
  rest(method: string, path: string, form?: Form, headers?: Record<string, string>): Promise<RestAnswer>;
  /** The same with a JSON body, as the Content API and the control interface take it. */
  json(method: string, path: string, value?: unknown, headers?: Record<string, string>): Promise<RestAnswer>;
}

export type Form = Readonly<Record<string, string | readonly string[]>>;

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever JSON came
  readonly body: any;
}

const encoder = new TextEncoder();

/**
 * A service in process, with a clock that stands still and webhooks that are kept instead of sent.
 *
 * @example
 * ```ts
 * import { eventsOf, HOOK, startService } from './test/emulator/start-service.ts';
 *
 * const service = startService({ settings: { readAfterMs: null } });
 * service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded'] });
 * await service.rest('POST', '/v1/Conversations', { FriendlyName: 'orders' });
 * await service.clock.advance(1000);
 * const names: string[] = eventsOf(service);
 * ```
 */
export function startService(options: Partial<ServiceOptions> = {}): TestService {
  const clock = createTestClock();
  const sent: WebhookRequest[] = [];
  const told: Told[] = [];
  let hook: Hook = () => ({ status: 200, headers: {}, body: '' });
  const service = createConversationsService({
    clock,
    random: createRandom(),
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    apiKeySid: API_KEY_SID,
    apiKeySecret: API_KEY_SECRET,
    deliver: async (webhook) => {
      sent.push(webhook);
      return hook(webhook);
    },
    ...options,
  });
  service.subscribe((happening) => told.push(happening));
  async function call(
    method: string,
    url: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<RestAnswer> {
    const response = await service.handle({
      method,
      url,
      headers: { authorization: basic(ACCOUNT_SID, AUTH_TOKEN), ...headers },
      body: encoder.encode(body),
    });
    const text = new TextDecoder().decode(response.body);
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
  return Object.assign(service, {
    clock,
    authorization: basic(ACCOUNT_SID, AUTH_TOKEN),
    sent,
    told,
    answer: (next: Hook) => {
      hook = next;
    },
    rest: (method: string, path: string, form: Form = {}, headers: Record<string, string> = {}) =>
      call(method, path, encodeForm(form), headers),
    json: (method: string, path: string, value?: unknown, headers: Record<string, string> = {}) =>
      call(method, path, value === undefined ? '' : JSON.stringify(value), {
        'content-type': 'application/json',
        ...headers,
      }),
  });
}

export function encodeForm(form: Form): string {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((item) => [name, item] as [string, string]),
  );
  return new URLSearchParams(pairs).toString();
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The parameters of a webhook, wherever they travel. */
export function paramsOf(webhook: WebhookRequest): Record<string, string> {
  const text = webhook.method === 'POST' ? webhook.body : new URL(webhook.url).search;
  return Object.fromEntries(new URLSearchParams(text));
}

/** The parameters of the newest webhook; none before the first. */
export function lastParams(service: TestService): Record<string, string> {
  const webhook = service.sent.at(-1);
  return webhook === undefined ? {} : paramsOf(webhook);
}

/** The service's sent events by name, for `expect`. */
export function eventsOf(service: TestService): string[] {
  return service.sent.map((webhook) => paramsOf(webhook)['EventType'] ?? '');
}
