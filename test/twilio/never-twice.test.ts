import { expect, it, vi } from 'vitest';
import { createHttpClient } from '../../lib/twilio/http-client.ts';
import { manualClock } from '../contract/manual-clock.ts';

/** undici's client at its worst: it loses the connection and puts the request, already sent, on a new one. */
const { FakeClient, starts } = vi.hoisted(() => {
  const started: { aborted: boolean }[] = [];
  class Fake {
    async destroy() {}
    dispatch(_options: unknown, handler: Record<string, (...args: unknown[]) => void>) {
      for (const _ of ['first', 'again']) {
        const start = { aborted: false };
        started.push(start);
        handler['onRequestStart']?.({
          abort: (reason: unknown) => {
            start.aborted = true;
            handler['onResponseError']?.({}, reason);
          },
        });
      }
    }
  }
  return { FakeClient: Fake, starts: started };
});
vi.mock('undici/lib/dispatcher/client.js', () => ({ default: FakeClient }));

it('a request that the HTTP library would send a second time is stopped before its bytes leave', async () => {
  const { send } = createHttpClient({ origin: 'http://127.0.0.1:1', clock: manualClock() });
  await expect(send({ method: 'POST', path: '/', headers: {}, timeoutMs: 5_000 })).rejects.toMatchObject({
    code: 'connection_lost',
    outcomeKnown: false,
  });
  expect(starts).toEqual([{ aborted: false }, { aborted: true }]);
});
