import { randomUUID } from 'node:crypto';
import {
  INITIAL_RETRY_TOKENS,
  isThrottlingError,
  isTransientError,
  MAXIMUM_RETRY_DELAY,
  Retry,
} from '@smithy/core/retry';
import { systemClock } from '../clock.ts';
import type { Clock, Random } from '../ports.ts';
import { USER_AGENT } from '../user-agent.ts';
import { AwsError } from './aws-error.ts';
import { type QueryNames, readFailure } from './read-failure.ts';
import { askedToWait, correctedOffset } from './read-headers.ts';
import { createSender, type SendRequest } from './send-request.ts';
import { createSigner, type SignerOptions, type SigningService } from './sign-request.ts';

/** A service of AWS that speaks JSON 1.0. */
export interface AwsService extends SigningService {
  /** As in errors: `SQS`. */
  readonly name: string;
  /** Before the operation in `x-amz-target`: `AmazonSQS`. */
  readonly target: string;
  /** The wait before the second attempt is up to this long, and doubles. */
  readonly retryDelayMs: number;
  /** All told. */
  readonly maxAttempts: number;
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly queryNames?: QueryNames;
  /** Errors of this service after which a second attempt may succeed, beside those of all services. */
  readonly retryable?: readonly string[];
}

/** What differs from Lambda, where the environment says everything. */
export interface AwsOptions
  extends SignerOptions,
    Partial<Pick<AwsService, 'maxAttempts' | 'connectTimeoutMs' | 'answerTimeoutMs'>> {
  /** Instead of the network. */
  readonly send?: SendRequest;
  /** Of signatures and of the waits between attempts. @default the machine's own */
  readonly clock?: Clock;
  readonly random?: Random;
  /** Is told of each request as it is sent. */
  readonly onRequest?: () => void;
}

/** @throws AwsError after the last attempt */
export type CallAws = <Output>(operation: string, input: object) => Promise<Partial<Output>>;

type Failure = Parameters<typeof isTransientError>[0] & { waitMs?: number | undefined };

/** From here on AWS refuses signatures soon, and a failure is counted as one of the clock. */
const SKEWED_MS = 240_000;
/** The SDK waits up to five seconds longer where AWS asks for it; who waits for receive gives up after five. */
const MOST_ASKED_MS = 1_000;

/**
 * Calls one service, and repeats what may succeed the next time by AWS's own rules: the "standard" mode of
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html. The SDK's own clients do the same, and
 * test/contract/ holds both to it; they take twice the processor time, and a longer start.
 */
export function createAwsCaller(service: AwsService, options: AwsOptions = {}): CallAws {
  const { clock = systemClock, random = Math.random, onRequest } = options;
  const { maxAttempts, ...timeouts } = { ...service, ...options };
  const send = options.send ?? createSender(timeouts);
  const sign = createSigner(service, options);
  /** How far AWS's clock is ahead of ours. */
  let offset = 0;
  /** What retries are paid from, so that a service that is down is not asked three times as often for long. */
  let tokens = INITIAL_RETRY_TOKENS;

  async function attempt<Output>(
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Partial<Output>> {
    const before = offset;
    const sentAt = clock.now();
    const request = await sign(headers, body, new Date(sentAt + offset));
    onRequest?.();
    const response = await send(request);
    const now = clock.now();
    offset = correctedOffset(response.headers, offset, sentAt, now);
    try {
      if (response.statusCode >= 300) throw readFailure(response, service.queryNames);
      return Object.assign({}, JSON.parse(response.body || '{}'));
    } catch (error) {
      const isCorrected = offset !== before && Math.abs(offset) >= SKEWED_MS;
      throw Object.assign(error as Failure, {
        $metadata: {
          httpStatusCode: response.statusCode,
          ...(isCorrected && { clockSkewCorrected: true as const }),
        },
        waitMs: askedToWait(response.headers, now),
      });
    }
  }

  return async <Output>(operation: string, input: object) => {
    const body = JSON.stringify(input);
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': USER_AGENT,
      'x-amz-target': `${service.target}.${operation}`,
      ...(service.queryNames && { 'x-amzn-query-mode': 'true' }),
      'amz-sdk-invocation-id': randomUUID(),
    };
    let paid = 1;
    for (let attempts = 1; ; attempts += 1) {
      try {
        const which = { 'amz-sdk-request': `attempt=${attempts}; max=${maxAttempts}` };
        const output = await attempt<Output>({ ...headers, ...which }, body);
        tokens = Math.min(INITIAL_RETRY_TOKENS, tokens + paid);
        return output;
      } catch (error) {
        const failure = error as Failure;
        const isThrottled = isThrottlingError(failure);
        const cost = isThrottled ? Retry.throttlingCost() : Retry.cost();
        const mayHelp = isThrottled || isTransientError(failure) || service.retryable?.includes(failure.name);
        if (!mayHelp || attempts >= maxAttempts || tokens < cost)
          throw new AwsError(`${service.name} ${operation}`, failure, attempts);
        tokens -= cost;
        paid = cost;
        const most = (isThrottled ? Retry.throttlingDelay() : service.retryDelayMs) * 2 ** (attempts - 1);
        const wait = Math.floor(random() * Math.min(most, MAXIMUM_RETRY_DELAY));
        await clock.sleep(Math.max(wait, Math.min(failure.waitMs ?? 0, wait + MOST_ASKED_MS)));
      }
    }
  };
}
