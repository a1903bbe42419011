import type { Log } from '../log.ts';
import type { ApiKey, Clock, HttpClient, HttpRequest, Random, Secret } from '../ports.ts';
import { USER_AGENT } from '../user-agent.ts';
import { classifyResponse, type Expected, requestId } from './classify-response.ts';
import { ConnectionError } from './connection-error.ts';
import { TwilioError, UnauthorizedError } from './twilio-errors.ts';

/** One call of Twilio's API. */
export interface ApiCall<T> {
  readonly method: HttpRequest['method'];
  /** Encoded path and query (resource-path.ts). */
  readonly path: string;
  /** As pairs where a name comes again. */
  readonly form?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  /** Instead of a form, for the products that take JSON. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What comes back; undefined for HTTP 204. */
  readonly expected: Expected<T>;
  /** Milliseconds for all attempts and the waits between them. @default what `createTwilioApi` was given */
  readonly timeoutMs?: number | undefined;
}

export interface TwilioApi {
  /** Scheme and host that answers. */
  readonly origin: string;
  /**
   * 429 and failures before a byte left are tried again within the time left, a 401 once with fresh credentials,
   * and a GET after any passing failure. Everything else is thrown at once, for the caller to find out what happened.
   * @throws TwilioError, ConnectionError, or what the secret throws; `outcomeKnown` says whether Twilio can have acted
   */
  request<T>(call: ApiCall<T>): Promise<T>;
}

export interface TwilioApiOptions {
  readonly origin: string;
  readonly http: HttpClient;
  readonly apiKey: Secret<ApiKey>;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds of a call that does not say it itself. @default 8000 */
  readonly timeoutMs?: number | undefined;
  /** Its lines name the latest answer. */
  readonly log?: Pick<Log, 'carry'>;
}

const DEFAULT_TIMEOUT_MS = 8_000;
const MAX_TRIES = 4;
const BASE_MS = 200;
const CAP_MS = 8_000;
/** An attempt that starts with less than this would only turn a known outcome into an unknown one. */
const SHORTEST_ATTEMPT_MS = 500;

export function createTwilioApi(options: TwilioApiOptions): TwilioApi {
  const { origin, http, apiKey, clock, random, log, timeoutMs: mostMs = DEFAULT_TIMEOUT_MS } = options;

  async function attempt<T>(call: ApiCall<T>, key: ApiKey, timeoutMs: number): Promise<T> {
    log?.carry({ twilioRequestId: undefined });
    const response = await http({
      method: call.method,
      path: call.path,
      headers: { ...baseHeaders(call, key), ...call.headers },
      ...bodyOf(call),
      timeoutMs,
    });
    log?.carry({ twilioRequestId: requestId(response) });
    return classifyResponse(response, call.expected, clock.now());
  }

  /** A 401 was not processed (https://www.twilio.com/docs/api/errors/20003), so fresh credentials may try once. */
  async function authorised<T>(call: ApiCall<T>, timeLeft: () => number): Promise<T> {
    const key = await apiKey.get();
    if (timeLeft() <= 0) throw new ConnectionError('timed_out', origin, false);
    try {
      return await attempt(call, key, timeLeft());
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      const fresh = await apiKey.refresh();
      if (timeLeft() < SHORTEST_ATTEMPT_MS) throw error;
      return attempt(call, fresh, timeLeft());
    }
  }

  return {
    origin,
    request: async (call) => {
      const deadline = clock.now() + (call.timeoutMs ?? mostMs);
      const timeLeft = () => deadline - clock.now();
      for (let tries = 1; ; tries += 1) {
        try {
          return await authorised(call, timeLeft);
        } catch (error) {
          const wait = Math.max(backoff(tries, random), retryAfter(error));
          const inTime = wait + SHORTEST_ATTEMPT_MS <= timeLeft();
          if (tries === MAX_TRIES || !mayRepeat(call, error) || !inTime) throw error;
          await clock.sleep(wait);
        }
      }
    },
  };
}

/** Whether sending it again cannot do anything twice. */
function mayRepeat<T>({ method }: ApiCall<T>, error: unknown): boolean {
  if (!(error instanceof TwilioError || error instanceof ConnectionError)) return false;
  if (!error.retryable || error instanceof UnauthorizedError) return false;
  return error.outcomeKnown || method === 'GET';
}

/** Full jitter: between zero and 200 ms doubled each try, at most 8 s. */
function backoff(tries: number, random: Random): number {
  return Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** (tries - 1)));
}

function retryAfter(error: unknown): number {
  return error instanceof TwilioError ? (error.retryAfterMs ?? 0) : 0;
}

function bodyOf<T>({ form, json }: ApiCall<T>) {
  if (json !== undefined) return { body: JSON.stringify(json) };
  return form && { body: String(new URLSearchParams(form as Record<string, string>)) };
}

function baseHeaders<T>({ form, json }: ApiCall<T>, { sid, secret }: ApiKey): Record<string, string> {
  return {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(`${sid}:${secret}`).toString('base64')}`,
    'user-agent': USER_AGENT,
    ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(json !== undefined && { 'content-type': 'application/json' }),
  };
}
