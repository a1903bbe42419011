import { describe, expect, it } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import type { Store } from '../../lib/ports.ts';
import { saveNext, triesKey } from '../../lib/record/keys.ts';
import { countFailure, markTry, NO_TRIES, type Tries } from '../../lib/record/tries.ts';
import { openTry } from '../../lib/reply/open-try.ts';
import { RetryError } from '../../lib/retry-error.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { RejectedError } from '../../lib/twilio/twilio-errors.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';

const START = Date.UTC(2026, 10, 20, 22, 30);
const DAY = 86_400_000;
const RECORD = { pk: 'CH1', sk: 'onMessageAdded|IM1' };
const KEY = triesKey(RECORD);
const lost = () => new ConnectionError('connection_lost', 'x', true);
const table = () => new AwsError('DynamoDB PutItem', new Error());
const failed = (failures: number): Tries => ({ ...NO_TRIES, failures });

/** Tries of one event, whose table and whose Twilio are in the test's hands. */
function event() {
  const time = { now: START, remainingMs: 30_000 };
  const clock = { now: () => time.now };
  const memory = createMemoryStore({ clock });
  const hooks: { put: Store['put'] } = { put: memory.put };
  const told = { asked: 0, succeeded: 0, puts: 0 };
  const twilio = { answers: true };
  const ports = {
    store: {
      get: memory.get,
      put: (...given: Parameters<Store['put']>) => {
        told.puts += 1;
        return hooks.put(...given);
      },
    },
    clock,
    circuit: {
      succeeded: () => {
        told.succeeded += 1;
      },
    },
    answersAtAll: async () => {
      told.asked += 1;
      return twilio.answers;
    },
    isOfTable: (error: unknown) => error instanceof AwsError,
  };
  return {
    time,
    hooks,
    told,
    twilio,
    memory,
    stored: () => memory.get<Tries>(KEY),
    /** Another process writes the next version. */
    write: async (value: Tries) => {
      const expected = (await memory.get(KEY))?.version;
      await saveNext({ store: memory, clock }, { key: KEY, value, lifetime: 'record' }, expected);
    },
    deliver: (receiveCount: number) => {
      const delivery = { body: '', receiveCount, remainingMs: () => time.remainingMs };
      return openTry(ports, { record: RECORD, until: START + 60_000, delivery, found: false });
    },
  };
}

describe('a try', () => {
  it('before the third delivery goes by the count of the queue, and is the first again once a part was sent', async () => {
    const tries = await event().deliver(2);
    expect(tries.number).toBe(2);
    tries.advance();
    expect(tries.number).toBe(1);
  });

  it('counts anew what failed after a part was sent, so that the fifth failure is not its end', async () => {
    const one = event();
    await one.write(failed(4));
    const tries = await one.deliver(5);
    expect(tries.isLast).toBe(true);
    tries.advance();
    expect(tries.isLast).toBe(false);
    expect(await tries.fails(lost())).toBe(false);
    expect((await one.stored())?.value.failures).toBe(1);
  });

  it('is remembered as long as a record is', async () => {
    const one = event();
    await (await one.deliver(1)).fails(lost());
    one.time.now += 29 * DAY;
    expect(await one.stored()).toBeDefined();
    one.time.now += 2 * DAY;
    expect(await one.stored()).toBeUndefined();
  });

  it('is not deadly where the process that found the third mark lived to take it off', async () => {
    const one = event();
    await one.write({ ...markTry(NO_TRIES), deaths: 2 });
    const tries = await one.deliver(6);
    expect(tries.isDeadly).toBe(true);
    await tries.fails(table());
    expect((await one.deliver(7)).isDeadly).toBe(false);
  });
});

describe('a mark', () => {
  it.each(['took it off', 'counted a failure'])(
    'is set again for what goes on after the process %s',
    async (how) => {
      const one = event();
      const tries = await one.deliver(3);
      await tries.mark();
      await (how === 'took it off' ? tries.unmark() : tries.fails(new TypeError('x')));
      expect((await one.stored())?.value.working).toBeUndefined();
      await tries.mark();
      expect((await one.stored())?.value.working).toBe(true);
    },
  );

  it('of a call is saved once, however often the handler is called', async () => {
    const one = event();
    const tries = await one.deliver(2);
    for (let call = 1; call <= 2; call += 1) expect(await tries.markCall('look')).toBe(true);
    expect(one.told.puts).toBe(1);
    await tries.markCall('price');
    expect((await one.stored())?.value.calling).toBe('price');
  });

  it('is not set over the one of another process, which keeps it, and the queue brings the message again', async () => {
    const one = event();
    const tries = await one.deliver(3);
    await one.write(markTry(NO_TRIES));
    await expect(tries.mark()).rejects.toMatchObject({ reason: 'fenced', delayMs: 1_000 });
    expect(await one.stored()).toMatchObject({ version: 1, value: { working: true } });
  });

  // Whose of them it is, the version tells.
  it.each([
    ['marked it after a failure', [failed(1), markTry(failed(1))]],
    ['counted a failure', [failed(1)]],
  ])('that the table failed to take leaves alone what another process wrote that %s', async (_, values) => {
    const one = event();
    const tries = await one.deliver(3);
    one.hooks.put = async () => {
      one.hooks.put = one.memory.put;
      for (const value of values) await one.write(value);
      throw table();
    };
    await expect(tries.mark()).rejects.toThrow(AwsError);
    expect(await one.stored()).toMatchObject({ version: values.length, value: values.at(-1) });
  });
});

describe('what a try waits for', () => {
  it.each([
    'settling',
    'half_answered',
    'catching_up',
    'twilio_down',
    'retry_after',
    'stalled',
    'fenced',
    'conversation_changed',
    'newer_record',
  ])('counts nothing, and leaves nothing in the table: %s', async (reason) => {
    const one = event();
    expect(await (await one.deliver(1)).fails(new RetryError(reason))).toBe(false);
    expect(one.told.puts).toBe(0);
  });

  it.each([
    ['the table', table()],
    ['Twilio', lost()],
  ])('leaves nothing either where it is %s', async (_, error) => {
    const one = event();
    one.twilio.answers = false;
    expect(await (await one.deliver(1)).fails(error)).toBe(false);
    expect(one.told.puts).toBe(0);
  });

  it('has the mark taken off', async () => {
    const one = event();
    const tries = await one.deliver(3);
    await tries.mark();
    await tries.fails(new RetryError('settling'));
    expect((await one.stored())?.value).toStrictEqual(NO_TRIES);
  });

  it('is Twilio, up to the last moment in which an answer may begin', async () => {
    const one = event();
    one.twilio.answers = false;
    one.time.now = START + 60_000;
    expect(await (await one.deliver(1)).fails(lost())).toBe(false);
    one.time.now += 1;
    expect(await (await one.deliver(2)).fails(lost())).toBe(true);
  });

  it.each([
    [4_999, 0],
    [5_000, 1],
  ])(
    'is asked whether it answers only where there is time for that: %d ms are left',
    async (remainingMs, asked) => {
      const one = event();
      one.time.remainingMs = remainingMs;
      await (await one.deliver(1)).fails(lost());
      expect(one.told.asked).toBe(asked);
    },
  );
});

describe('a delivery that runs out of time', () => {
  it.each([
    ['counts nothing where it had too little from the beginning', 9_999, undefined],
    ['is a failure where it had enough', 10_000, failed(1)],
  ])('%s', async (_, remainingMs, value) => {
    const one = event();
    one.time.remainingMs = remainingMs;
    const tries = await one.deliver(1);
    one.time.remainingMs = 1_000;
    expect(await tries.fails(new RetryError('no_time_left'))).toBe(false);
    expect((await one.stored())?.value).toStrictEqual(value);
  });

  it('counts its patience all the same, where that is why it ends', async () => {
    const one = event();
    one.time.remainingMs = 9_999;
    expect(await (await one.deliver(1)).fails(new RetryError('read_lags'))).toBe(false);
    expect((await one.stored())?.value).toStrictEqual({ ...NO_TRIES, patience: 1 });
  });
});

describe('a failure', () => {
  // Cause: what another process had written meanwhile passed for the count that could not be saved.
  it('that could not be counted because another process wrote meanwhile is no end', async () => {
    const one = event();
    await one.write(failed(4));
    const tries = await one.deliver(5);
    await one.write(markTry(failed(0)));
    expect(await tries.fails(lost())).toBe(false);
  });

  it('that Twilio itself answered with is its own, and nothing is asked for that', async () => {
    const one = event();
    one.twilio.answers = false;
    const tries = await one.deliver(1);
    await tries.fails(new RejectedError({ status: 409, twilioCode: 50514 }, true));
    expect(one.told.asked).toBe(0);
    expect((await one.stored())?.value.failures).toBe(1);
  });

  it.each([
    ['not the first one, which Twilio may have caused', 0, lost(), 0],
    ['not the fifth one where none had to do with Twilio', 4, new TypeError('x'), 0],
    ['the fifth one, which passed for one of Twilio', 4, lost(), 1],
  ])('lets others send again once it is over: %s', async (_, before, error, succeeded) => {
    const one = event();
    await one.write(failed(before));
    expect(await (await one.deliver(5)).fails(error)).toBe(before === 4);
    expect(one.told.succeeded).toBe(succeeded);
  });

  it('is counted although the table fails once before anything was written', async () => {
    const one = event();
    one.hooks.put = async () => {
      one.hooks.put = one.memory.put;
      throw table();
    };
    await (await one.deliver(1)).fails(lost());
    expect((await one.stored())?.value.failures).toBe(1);
  });

  it('is the end as the fifth although the table wrote it and failed to say so', async () => {
    const one = event();
    await one.write(failed(4));
    one.hooks.put = async (...given) => {
      one.hooks.put = one.memory.put;
      await one.memory.put(...given);
      throw table();
    };
    expect(await (await one.deliver(5)).fails(lost())).toBe(true);
    expect(await one.stored()).toMatchObject({ version: 2, value: { failures: 5 } });
  });

  it('is no end while it cannot be counted, though reading fails each time', async () => {
    const one = event();
    await one.write(countFailure(NO_TRIES, false));
    one.hooks.put = () => Promise.reject(table());
    const tries = await one.deliver(3);
    tries.readingFailed();
    expect(await tries.fails(lost())).toBe(false);
  });
});
