import type { EventParams } from './event-names.ts';

export interface WebhookTarget {
  readonly level: 'account' | 'service' | 'conversation';
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** How often a timeout, 429, 503 or 504 is tried again. */
  readonly retries: number;
}

/** One webhook on its way to one listener. */
export interface Attempt {
  readonly id: string;
  readonly event: string;
  readonly phase: 'pre' | 'post';
  readonly target: WebhookTarget;
  /** Without RetryCount. */
  readonly params: EventParams;
  /** 0 for the first. */
  readonly number: number;
  readonly idempotencyToken: string;
}
