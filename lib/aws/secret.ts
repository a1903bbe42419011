import type { Log } from '../log.ts';
import type { Clock, Secret } from '../ports.ts';
import { SecretUnavailableError } from './secret-unavailable-error.ts';

export interface SecretOptions<T> {
  /** Names it in errors; never its value. */
  readonly id: string;
  readonly read: () => Promise<T>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn' | 'count'>;
}

const FRESH_MS = 5 * 60_000;
const REFRESH_EVERY_MS = 30_000;
/** While there never was a good value: a flood of forged requests must not become one of reads. */
const ASK_EVERY_MS = 10_000;

/**
 * Keeps a value for five minutes, asks once however many wait, and lives on the last good value while the other side
 * fails (asking again every 30 s). `refresh` asks at most every 30 s, and while nothing could be read yet everybody is
 * told the last failure for ten seconds, whatever is thrown at us.
 * @throws SecretUnavailableError when there never was a good value.
 */
export function createSecret<T>({ id, read, clock, log }: SecretOptions<T>): Secret<T> {
  let held: { readonly value: T } | undefined;
  let freshUntil = Number.NEGATIVE_INFINITY;
  let nextRefreshAt = Number.NEGATIVE_INFINITY;
  let flight: Promise<T> | undefined;
  let failure: { readonly error: SecretUnavailableError; readonly until: number } | undefined;

  async function readOnce(): Promise<T> {
    try {
      const value = await read();
      held = { value };
      failure = undefined;
      freshUntil = clock.now() + FRESH_MS;
      return value;
    } catch (error) {
      const unavailable = new SecretUnavailableError(id, error);
      log.count('secret_unreadable');
      failure = { error: unavailable, until: clock.now() + ASK_EVERY_MS };
      if (held === undefined) throw unavailable;
      log.warn('a secret cannot be read, the last good value stays', { code: unavailable.code });
      freshUntil = clock.now() + REFRESH_EVERY_MS;
      return held.value;
    } finally {
      flight = undefined;
    }
  }

  const load = (): Promise<T> => {
    if (held === undefined && failure !== undefined && clock.now() < failure.until) {
      return Promise.reject(failure.error);
    }
    flight ??= readOnce();
    return flight;
  };

  return {
    get: async () => (held !== undefined && clock.now() < freshUntil ? held.value : load()),
    refresh: async () => {
      if (held !== undefined && clock.now() < nextRefreshAt) return flight ?? held.value;
      nextRefreshAt = clock.now() + REFRESH_EVERY_MS;
      return load();
    },
    doubt: () => failure?.error,
  };
}

/** A value that never changes, given by hand outside Lambda. */
export function fixedSecret<T>(value: T): Secret<T> {
  return { get: async () => value, refresh: async () => value };
}
