import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecret, fixedSecret } from '../../lib/aws/secret.ts';
import { SecretUnavailableError } from '../../lib/aws/secret-unavailable-error.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

const CANARY = 'c0ffee00c0ffee00c0ffee00c0ffee00';

/** A secret whose reads are answered by hand, or at once with `next`. */
function setUp() {
  const clock = manualClock();
  const log = silentLog();
  const state = { reads: 0, next: 'v1' as string | Error };
  const secret = createSecret({
    id: 'parley/token',
    clock,
    log,
    read: async () => {
      state.reads += 1;
      if (state.next instanceof Error) throw state.next;
      return state.next;
    },
  });
  return { clock, log, state, secret };
}

describe('a secret', () => {
  it('is read once in five minutes, to the millisecond', async () => {
    const { clock, state, secret } = setUp();
    expect(await secret.get()).toBe('v1');
    state.next = 'v2';
    clock.advance(299_999);
    expect(await secret.get()).toBe('v1');
    expect(state.reads).toBe(1);
    clock.advance(1);
    expect(await secret.get()).toBe('v2');
    expect(state.reads).toBe(2);
  });

  it('is read once for a hundred callers at the same time', async () => {
    const { state, secret } = setUp();
    const values = await Promise.all(
      Array.from({ length: 100 }, (_, i) => (i % 2 ? secret.get() : secret.refresh())),
    );
    expect(new Set(values)).toEqual(new Set(['v1']));
    expect(state.reads).toBe(1);
  });

  it('lives on its last good value while it cannot be read, and asks again every 30 s only', async () => {
    const { clock, log, state, secret } = setUp();
    await secret.get();
    state.next = new Error('down');
    clock.advance(300_000);
    expect(await secret.get()).toBe('v1');
    expect(await secret.get()).toBe('v1');
    expect(state.reads).toBe(2);
    clock.advance(30_000);
    expect(await secret.get()).toBe('v1');
    expect(state.reads).toBe(3);
    state.next = 'v2';
    clock.advance(30_000);
    expect(await secret.get()).toBe('v2');
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'a secret cannot be read, the last good value stays',
        code: 'secret_unavailable',
      }),
    );
    expect(log.lines.filter(({ secret_unreadable }) => secret_unreadable === 1)).toHaveLength(2);
  });

  it('throws when it never had a good value, and asks again after ten seconds', async () => {
    const { clock, state, secret } = setUp();
    state.next = Object.assign(new Error(`refused ${CANARY}`), { name: 'AccessDeniedException' });
    const error = await secret.get().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SecretUnavailableError);
    expect(error).toMatchObject({ code: 'secret_unavailable', retryable: true, outcomeKnown: true });
    expect(String(error)).toContain('parley/token cannot be read: AccessDeniedException');
    expect(inspect(error)).not.toContain(CANARY);
    state.next = 'v1';
    clock.advance(10_000);
    expect(await secret.get()).toBe('v1');
  });

  it('is refreshed at most every 30 s, however many forged webhooks ask for it', async () => {
    const { clock, state, secret } = setUp();
    await secret.get();
    state.next = 'v2';
    expect(await secret.refresh()).toBe('v2');
    for (let i = 0; i < 10_000; i += 1) expect(await secret.refresh()).toBe('v2');
    expect(state.reads).toBe(2);
    clock.advance(29_999);
    await secret.refresh();
    expect(state.reads).toBe(2);
    clock.advance(1);
    state.next = 'v3';
    expect(await secret.refresh()).toBe('v3');
    expect(await secret.get()).toBe('v3');
  });

  it('counts a refresh as fresh: five minutes begin anew', async () => {
    const { clock, state, secret } = setUp();
    await secret.get();
    clock.advance(200_000);
    await secret.refresh();
    clock.advance(200_000);
    await secret.get();
    expect(state.reads).toBe(2);
  });

  it('keeps the last good value when a refresh fails', async () => {
    const { state, secret } = setUp();
    await secret.get();
    state.next = new Error('down');
    expect(await secret.refresh()).toBe('v1');
  });

  it('is in doubt from when it could not be read again until it could', async () => {
    const { clock, state, secret } = setUp();
    await secret.get();
    expect(secret.doubt?.()).toBeUndefined();
    state.next = new Error('down');
    await secret.refresh();
    expect(secret.doubt?.()).toBeInstanceOf(SecretUnavailableError);
    clock.advance(29_999);
    await secret.refresh();
    expect(secret.doubt?.()).toBeInstanceOf(SecretUnavailableError);
    state.next = 'v2';
    clock.advance(1);
    await secret.refresh();
    expect(secret.doubt?.()).toBeUndefined();
  });

  it('is read once in ten seconds while there is no value at all, however many forged webhooks ask for it', async () => {
    const { clock, state, secret } = setUp();
    state.next = new Error('down');
    for (let i = 0; i < 100; i += 1) {
      await expect(secret.get()).rejects.toBeInstanceOf(SecretUnavailableError);
      await expect(secret.refresh()).rejects.toBeInstanceOf(SecretUnavailableError);
    }
    expect(state.reads).toBe(1);
    clock.advance(9_999);
    await expect(secret.get()).rejects.toBeInstanceOf(SecretUnavailableError);
    expect(state.reads).toBe(1);
    clock.advance(1);
    state.next = 'v1';
    expect(await secret.refresh()).toBe('v1');
    expect(await secret.get()).toBe('v1');
    expect(state.reads).toBe(2);
  });

  it('given by hand never changes', async () => {
    const secret = fixedSecret('fixed');
    expect([await secret.get(), await secret.refresh()]).toEqual(['fixed', 'fixed']);
  });
});
