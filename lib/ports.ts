/**
 * The arrows of the picture in CONTRIBUTING.md. Everything that touches time, chance or the outside world comes
 * in through one of these, so the same code runs in Lambda, in the local world and in a seeded simulation.
 */

/** Time. Nothing in lib/ calls `Date.now` or `setTimeout` itself. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** @param ends what may wake it up before */
  sleep(ms: number, ends?: AbortSignal): Promise<void>;
}

/** A number in [0, 1), as `Math.random`. */
export type Random = () => number;

/** A first-in-first-out queue: delivers at least once, in order within a group. */
export interface Queue {
  send(message: QueueMessage): Promise<void>;
}

export interface QueueMessage {
  /** Messages of one group are handed over in order. parley uses the ConversationSid. */
  readonly groupId: string;
  /** A second message with the same id within five minutes is dropped by the queue. At most 128 characters. */
  readonly deduplicationId: string;
  /** Printable ASCII only: SQS refuses some characters (U+FFFE, U+FFFF, most control characters). */
  readonly body: string;
}

/** Where an item lives: `pk` is the partition (one conversation), `sk` the item within it. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item with the version its writer read. `expiresAt` is in seconds since the epoch (DynamoDB TTL). */
export interface Versioned<T> {
  readonly version: number;
  readonly expiresAt: number;
  readonly value: T;
}

/** One key for each of the types in `T`. */
export type KeysOf<T extends readonly unknown[]> = { readonly [I in keyof T]: Key };
/** What stands under each of them. */
export type ItemsOf<T extends readonly unknown[]> = { readonly [I in keyof T]: Versioned<T[I]> | undefined };

/**
 * Items with single-item conditional writes, the one primitive that DynamoDB and memory both do exactly.
 * Whoever read an older version loses the write: that is what fences a zombie (record/message-record.ts).
 */
export interface Store {
  /** A consistent read. */
  get<T>(key: Key): Promise<Versioned<T> | undefined>;
  /** Several consistent reads in one request, in the order of `keys`: at most 100, each another. Not a snapshot. */
  getAll<T extends readonly unknown[]>(keys: KeysOf<T>): Promise<ItemsOf<T>>;
  /**
   * Writes `item` if the stored version is still `expected` (`undefined`: no such item yet).
   * @returns false when somebody else wrote first; nothing is changed then.
   */
  put<T>(key: Key, item: Versioned<T>, expected: number | undefined): Promise<boolean>;
  /**
   * The first `limit` items of a partition that have not expired, with their keys, in the order of `sk`; fewer only
   * where there are no more. A consistent read.
   * @param after the `sk` behind which the list begins, whether or not there is an item of that key. @default the first
   */
  list<T>(pk: string, limit: number, after?: string): Promise<readonly (readonly [Key, Versioned<T>])[]>;
  /** Removes the item if the stored version is still `expected`. An item that is gone already is not an error. */
  remove(key: Key, expected: number): Promise<void>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, starting with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Total time allowed in milliseconds, from the first byte out to the last byte in. */
  readonly timeoutMs: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One HTTP exchange with one fixed origin. Follows no redirects and never retries.
 * @throws ConnectionError (twilio/connection-error.ts), which knows whether any byte may have left.
 */
export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>;

/** A credential that can rotate while we run. */
export interface Secret<T> {
  /** The last good value, from memory when it is fresh enough. */
  get(): Promise<T>;
  /** Asks again because the value was refused; rate-limited, so a flood of forged requests cannot amplify. */
  refresh(): Promise<T>;
  /** Why the last value may not be what it is now, where it could not be read again. Absent where it always is. */
  doubt?(): Error | undefined;
}

/**
 * A key of the account's own that signs webhooks instead of its auth token:
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export interface SharedKey {
  /** `webhooks_sharedkey_…`, which the webhook names. */
  readonly key: string;
  readonly secret: string;
}

/** What may have signed a webhook: an auth token, or a shared key. */
export type SigningKey = string | SharedKey;

/** Every key that may have signed a webhook now: current, pending, previous. */
export type AuthTokens = Secret<readonly SigningKey[]>;

/** Basic authentication for Twilio's REST API. */
export interface ApiKey {
  /** `SK…` (or `AC…` with an auth token, outside Lambda). */
  readonly sid: string;
  readonly secret: string;
}
