import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../lib/handlers/build-actions.ts';
import type { Context } from '../../lib/handlers/context.ts';
import { type Asked, createCaller } from '../../lib/handlers/create-caller.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import { createLeftErrors } from '../../lib/handlers/left-errors.ts';
import { OutsideError } from '../../lib/handlers/outside-error.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';

const ASKED: Asked = {
  handler: 'look',
  given: { number: '7' },
  event: messageAdded({ Body: 'order 7' }),
  match: { number: '7' },
  answer: undefined,
  memory: { day: 'Monday' },
  language: 'en',
  now: 1_000,
  templates: {},
  remembers: [],
  goesOn: undefined,
  keywords: [],
  conversation: async () => ({ friendly_name: 'Fern' }),
  participant: async () => ({ identity: 'ada' }),
  history: { list: async () => [], fetch: async () => undefined },
  until: 5_000,
  hasDied: false,
  check: () => undefined,
  fields: { rule: 'order', messageSid: 'IM1' },
};

const leftErrors = createLeftErrors();

/** Calls a handler, in a time that stands still until nothing else goes on. */
function caller(handler: Handlers[string], asked: Partial<Asked> = {}) {
  const time = { now: 0 };
  const log = silentLog();
  const requests: string[] = [];
  const call = createCaller({
    handlers: { look: handler },
    log,
    leftErrors,
    clock: {
      now: () => time.now,
      sleep: async (ms, ends) => {
        await new Promise((resolve) => ms < Number.POSITIVE_INFINITY && setImmediate(resolve));
        if (!ends?.aborted) time.now += ms;
      },
    },
    outside: async (url) => {
      requests.push(url);
      if (url.endsWith('fails')) throw new OutsideError(503);
      return { status: 200, headers: {}, body: '{"day":"Monday"}' };
    },
  });
  return { time, log, requests, call: () => call({ ...ASKED, ...asked }) };
}

describe('a call of a handler', () => {
  it('gives it its values and what it may use', async () => {
    let context: Context | undefined;
    let given: unknown;
    const { call } = caller(async (values, all) => {
      [given, context] = [values, all];
      const order = await all.json('https://shop.example/7');
      const [conversation, participant] = [await all.conversation(), await all.participant()];
      return text(
        `${order.day} ${conversation?.friendly_name} ${participant?.identity} ${all.remainingMs()}`,
      );
    });
    expect(await call()).toEqual({
      handler: 'look',
      ended: 'returned',
      ms: 0,
      actions: [{ kind: 'text', Body: ['Monday Fern ada 5000'], split: false }],
    });
    expect(given).toEqual({ number: '7' });
    expect(context).toMatchObject({
      match: { number: '7' },
      memory: { day: 'Monday' },
      language: 'en',
      now: 1_000,
      key: messageAdded().MessageSid,
      event: ASKED.event,
    });
  });

  it('gives it a copy, so that what it changes stays its own', async () => {
    const { call } = caller((given, { event, match, memory }) => {
      for (const each of [given, event, match, memory])
        for (const name of Object.keys(each)) Object.assign(each, { [name]: 'changed' });
    });
    const before = structuredClone(ASKED.event);
    await call();
    expect([ASKED.event, ASKED.given, ASKED.match, ASKED.memory]).toEqual([
      before,
      { number: '7' },
      { number: '7' },
      { day: 'Monday' },
    ]);
  });

  it('has a key where there is no message', async () => {
    let key = '';
    const { call } = caller(
      (_, context) => {
        key = context.key;
      },
      { event: participantAdded() },
    );
    await call();
    expect(key).toMatch(/^onParticipantAdded\|MB/);
  });

  it('ends when the time is over, and what still goes on is nobody’s any more', async () => {
    let context: Context | undefined;
    let wasAborted = false;
    const { call, requests, log } = caller((_, all) => {
      context = all;
      all.signal.addEventListener('abort', () => {
        wasAborted = true;
      });
      return new Promise(() => undefined);
    });
    expect(await call()).toEqual({ handler: 'look', ended: 'late', ms: 5_000 });
    expect([wasAborted, context?.remainingMs()]).toEqual([true, 0]);
    await expect(context?.json('https://shop.example/7')).rejects.toMatchObject({ code: 'over' });
    await expect(context?.history.list()).rejects.toMatchObject({ code: 'over' });
    context?.log({ count: 1 });
    expect(requests).toEqual([]);
    expect(log.lines.filter(({ message }) => message === 'a handler says')).toEqual([]);
  });

  it('does not mind what a late handler throws', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { call } = caller(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    expect((await call()).ended).toBe('late');
    fail(new Error('too late'));
  });

  it('does not end the process over a request that nobody awaits', async () => {
    const left: unknown[] = [];
    const listen = (error: unknown) => left.push(error);
    process.prependListener('unhandledRejection', listen);
    const { call } = caller(async (_, { json, request }) => {
      const both = [json('https://shop.example/fails'), request('https://shop.example/fails')];
      await both[0];
      await both[1];
    });
    expect((await call()).ended).toBe('thrown');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', listen);
    expect(left).toEqual([]);
  });

  it('is not made when the time is over already', async () => {
    let isCalled = false;
    const { call } = caller(
      () => {
        isCalled = true;
      },
      { until: 0 },
    );
    expect(await call()).toEqual({ handler: 'look', ended: 'late', ms: 0 });
    expect(isCalled).toBe(false);
  });

  it('logs the code of an error of ours, and of no other', async () => {
    const ours = caller((_, { json }) => json('https://shop.example/fails'));
    expect(await ours.call()).toMatchObject({
      ended: 'thrown',
      problem: 'The service answered with HTTP 503.',
    });
    const relabelled = caller((_, { json }) =>
      json('https://shop.example/fails').catch((error: object) => {
        throw Object.assign(error, { code: 'words' });
      }),
    );
    await relabelled.call();
    const returned = caller(async (_, { json }) => {
      const error = await json('https://shop.example/fails').catch((one: object) => one);
      Object.assign(error, { code: 'words' });
      return {
        get kind() {
          throw error;
        },
      };
    });
    await returned.call();
    expect(JSON.stringify(returned.log.lines)).not.toContain('words');
    const again = caller(async (_, { json }) => {
      const error = await json('https://shop.example/fails').catch((one: object) => one);
      Object.assign(error, { code: 'words' });
      const toJSON = () => {
        throw error;
      };
      await json('https://shop.example/fails', { body: { toJSON } });
    });
    await again.call();
    expect(JSON.stringify(again.log.lines)).not.toContain('words');
    const other = caller(() => Promise.reject(Object.assign(new Error('words'), { code: 'words' })));
    await other.call();
    const codes = [ours, relabelled, other].map(({ log }) =>
      log.lines.find(({ outcome }) => outcome === 'thrown'),
    );
    expect(codes.map((line) => line?.['code'])).toEqual(['http_503', 'http_503', 'defect']);
  });

  it('logs small numbers of what a handler says, and nothing else', async () => {
    const { call, log } = caller((_, context) => {
      context.log({ status: 200, ms: 12.4, count: 3 });
      context.log({ status: 15_550_100_001, ms: Number.NaN, count: 'words', words: 'words' } as never);
    });
    await call();
    const said = log.lines.filter(({ message }) => message === 'a handler says');
    const fields = { handler: 'look', rule: 'order', messageSid: 'IM1' };
    expect(said.map(({ time: _, level: __, message: ___, ...rest }) => rest)).toEqual([
      { ...fields, status: 200, ms: 12, count: 3 },
      fields,
    ]);
  });

  it.each<[what: string, thrown: unknown]>([
    ['nothing', undefined],
    ['a text', 'words'],
    [
      'what cannot be shown',
      {
        toString: () => {
          throw new Error('words');
        },
      },
    ],
    [
      'an error that cannot be read',
      new Proxy(new Error('words'), {
        get: () => {
          throw new Error('words');
        },
      }),
    ],
  ])('survives %s that is thrown, and says no word of it', async (_, thrown) => {
    const { call, log } = caller(() => {
      throw thrown;
    });
    expect((await call()).ended).toBe('thrown');
    expect(JSON.stringify(log.lines)).not.toContain('words');
  });
});

/** Goes wrong where nobody awaits it, once `now` has come. */
const LEAVES: Readonly<Record<string, (now: Promise<void>, context: Context) => void>> = {
  'a promise of its own made of a request': (now, { json }) => {
    void json('https://shop.example/7')
      .then(() => now)
      .then(fail);
  },
  'a promise that is rejected': (now) => {
    void now.then(() => Promise.reject(new Error('words')));
  },
  'a promise that is rejected with nothing': (now) => {
    void now.then(() => Promise.reject(undefined));
  },
  'an async function': async (now) => {
    await now;
    fail();
  },
  'one of several promises': (now) => {
    void Promise.all([now.then(fail), now.then(fail)]);
  },
  'a timer': (now) => {
    void now.then(() => setTimeout(fail, 0));
  },
  'a timer of a timer': (now) => {
    void now.then(() => setTimeout(() => setTimeout(fail, 0), 0));
  },
  'an interval': (now) => {
    void now.then(() => {
      const interval = setInterval(() => {
        clearInterval(interval);
        fail();
      }, 0);
    });
  },
  setImmediate: (now) => {
    void now.then(() => setImmediate(fail));
  },
  nextTick: (now) => {
    void now.then(() => process.nextTick(fail));
  },
  'a microtask': (now) => {
    void now.then(() => queueMicrotask(fail));
  },
  'an emitter without a listener': (now) => {
    const emitter = new EventEmitter();
    void now.then(() => setImmediate(() => emitter.emit('error', new Error('words'))));
  },
  'a listener of an event target': (now) => {
    const target = new EventTarget();
    target.addEventListener('asked', fail);
    void now.then(() => target.dispatchEvent(new Event('asked')));
  },
};

function fail(): never {
  throw new Error('words');
}

// They ended the process, after the answer was posted too.
describe('an error that a handler leaves where nobody awaits it', () => {
  let letGo: () => void;
  beforeAll(() => {
    letGo = leftErrors.hold(process);
  });
  afterAll(() => letGo());

  const LEFT = 'a handler left an error that nobody awaited';
  const messagesOf = ({ lines }: ReturnType<typeof silentLog>) =>
    lines.flatMap(({ message }) => message ?? []);
  /** Until it was left. */
  const settled = async (log: ReturnType<typeof silentLog>) => {
    while (!messagesOf(log).includes(LEFT)) await new Promise((resolve) => setImmediate(resolve));
  };

  it.each(Object.entries(LEAVES))('changes nothing of a call that was late: %s', async (_, leave) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { call, log } = caller((__, context) => {
      leave(promise, context);
      return new Promise(() => undefined);
    });
    expect(await call()).toEqual({ handler: 'look', ended: 'late', ms: 5_000 });
    resolve();
    await settled(log);
    expect(messagesOf(log)).toEqual(['a handler was called', LEFT]);
    expect(log.lines.at(-1)).toMatchObject({ handler: 'look', rule: 'order', code: 'defect' });
    expect(JSON.stringify(log.lines)).not.toContain('words');
  });

  it.each(Object.entries(LEAVES))('ends a call that still goes on: %s', async (_, leave) => {
    const { call, log } = caller(
      (__, context) => {
        leave(Promise.resolve(), context);
        return new Promise(() => undefined);
      },
      { until: Number.POSITIVE_INFINITY },
    );
    expect(await call()).toMatchObject({ ended: 'thrown' });
    expect(messagesOf(log)).toEqual(['a handler was called']);
    expect(log.lines.at(-1)).toMatchObject({ outcome: 'thrown', code: 'defect' });
  });

  it('changes nothing where it is thrown by who listens to the signal, or by what was returned', async () => {
    const signalled = caller((_, { signal }) => {
      signal.addEventListener('abort', fail);
    });
    expect((await signalled.call()).ended).toBe('returned');
    await settled(signalled.log);
    const returned = caller(() => ({
      get kind() {
        setImmediate(fail);
        return 'text';
      },
    }));
    expect((await returned.call()).ended).toBe('malformed');
    await settled(returned.log);
  });

  it('is logged once of a call, however often it comes', async () => {
    const { call, log } = caller(() => {
      let times = 0;
      const interval = setInterval(() => {
        times += 1;
        if (times === 3) {
          clearInterval(interval);
          log.info('the last');
        }
        fail();
      }, 0);
    });
    await call();
    while (!messagesOf(log).includes('the last')) await new Promise((resolve) => setImmediate(resolve));
    expect(messagesOf(log)).toEqual(['a handler was called', LEFT, 'the last']);
  });
});
