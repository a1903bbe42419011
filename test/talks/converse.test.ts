import { readFile as readFileLater } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { type Context, type Handlers, text } from 'parley';
import { type ConverseOptions, converse } from 'parley/testing';
import { describe, expect, it, vi } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';

// By its name only: the types of the project hold for a bot without handlers too.
const { default: handlers } = (await import(resolve('bot/handlers.ts'))) as { readonly default: Handlers };
const compiled = await loadRules('bot/rules.yaml');
if (!compiled.ok) throw new RulesError(compiled.problems);
const shop = { rules: compiled.book, handlers };
const ORDERS = 'https://shop.example/orders';

describe('a conversation with a bot and its handlers', () => {
  it('asks what is recorded, and says what came of it', async () => {
    const customer = converse(shop, {
      json: {
        [`${ORDERS}/100`]: { state: 'sent', day: 'Monday' },
        [`${ORDERS}/200`]: { state: 'packed', day: 'Monday' },
        [`${ORDERS}/300`]: undefined,
        [`${ORDERS}/400`]: () => ({ status: 503 }),
      },
    });
    expect((await customer.says('order 100')).replies).toEqual([
      { rule: 'order', kind: 'text', text: 'Order 100 is on its way. It comes on Monday.' },
    ]);
    await customer.says('order 200');
    expect(customer.replies).toMatchObject([{ template: 'order_status', variables: { order: '200' } }]);
    await customer.says('order 300');
    expect(customer.replies).toMatchObject([{ text: expect.stringContaining('There is no order 300') }]);
    const { replies, called } = await customer.says('order 400');
    expect(replies).toMatchObject([{ text: expect.stringContaining('We cannot look that up') }]);
    expect(called).toEqual([
      { handler: 'orderStatus', ended: 'thrown', problem: 'The service answered with HTTP 503.' },
    ]);
    expect(customer.decision).toMatchObject({ outcome: 'reply', rule: 'order' });
  });

  it('remembers, waits and taps', async () => {
    const customer = converse(shop, { json: { [`${ORDERS}/555`]: { state: 'packed', day: 'Monday' } } });
    await customer.says('hi');
    expect((await customer.taps('Browse plants')).replies).toMatchObject([{ template: 'plants' }]);
    await expect(customer.taps('Buy')).rejects.toThrow('The bot has offered nothing called "Buy" to tap.');
    await customer.says('where is my order');
    customer.waits('2h');
    await customer.says('555');
    expect(customer.memory).toEqual({ order: '555' });
    customer.waits('31d');
    expect(customer.memory).toEqual({});
    expect(() => customer.waits('soon')).toThrow('"soon" is not a duration.');
  });

  it('has people, files and silence', async () => {
    const customer = converse(shop, { agents: ['dana'] });
    expect((await customer.sends('image/jpeg')).replies).toMatchObject([{ rule: 'photo' }]);
    await customer.agent('dana', 'I take over.');
    expect(await customer.says('hi')).toMatchObject({ replies: [], reason: 'person' });
  });

  it('fails where a handler asks what is not recorded', async () => {
    await expect(converse(shop).says('order 100')).rejects.toThrow(
      `A handler asks ${ORDERS}/100, and no answer is recorded for that. Those there are: none. Write: json: { '${ORDERS}/100': { … } }`,
    );
  });

  it.each([
    ['a URL that is not whole', 'shop.example/orders', {}],
    ['a body that is a form', ORDERS, { body: new URLSearchParams('a=1') }],
    ['a method that is none', ORDERS, { method: 'HEAD' as 'GET' }],
    ['a header of two lines', ORDERS, { headers: { 'x-a': 'b\r\nEvil: 1' } }],
  ])('answers %s no more than a service does', async (_, url, options) => {
    const orderStatus: (typeof handlers)[string] = (__, { json }) => json(url, options);
    const customer = converse({ rules: compiled.book, handlers: { orderStatus } }, { json: { [url]: {} } });
    expect((await customer.says('order 100')).called).toMatchObject([{ ended: 'thrown' }]);
  });

  it('tells a recorded answer how it is asked', async () => {
    const asked: unknown[] = [];
    const answer = (request: object) => {
      asked.push(request);
      return { body: {} };
    };
    const orderStatus: (typeof handlers)[string] = async (_, { json }) => {
      await json(ORDERS);
      await json(ORDERS, { body: { a: 1 } });
      await json(ORDERS, { method: 'patch', body: 'a' });
    };
    await converse({ ...shop, handlers: { orderStatus } }, { json: { [ORDERS]: answer } }).says('order 100');
    expect(asked).toEqual([
      { url: ORDERS, method: 'GET' },
      { url: ORDERS, method: 'POST', body: { a: 1 } },
      { url: ORDERS, method: 'PATCH', body: 'a' },
    ]);
  });

  it('takes the text of a rules file too, and says what is wrong with it', async () => {
    const rules =
      'version: 1\nrules:\n  - { id: a, when: { keyword: a }, then: { call: x, else: { text: b } } }\n';
    const { replies, called } = await converse({ rules }).says('a');
    expect(replies).toMatchObject([{ text: 'b' }]);
    expect(called).toEqual([{ handler: 'x', ended: 'missing' }]);
    expect(() => converse({ rules: 'version: 2' })).toThrow('The rules cannot be used');
  });
});

/** A conversation with a bot whose only handler is this one; `order 100` calls it. */
function calling(orderStatus: Handlers[string], options: ConverseOptions = {}) {
  return converse({ ...shop, handlers: { orderStatus } }, options);
}

const never = () => new Promise<never>(() => undefined);

/** What never comes to an end, or comes too late; no second of the machine's time may pass with any of it. */
const LATE: Readonly<Record<string, (context: Context) => unknown>> = {
  'never returns': never,
  'waits for a service that never answers': ({ json }) => json(ORDERS),
  'waits for a service that takes long': ({ request }) => request(`${ORDERS}/slow`),
  'asks again and again': async ({ json, remainingMs }) => {
    while (remainingMs() >= 0) await json(`${ORDERS}/second`);
  },
  'waits for a timer': () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  'waits for a timer that keeps nothing alive': () => pause(6_000, undefined, { ref: false }),
  'waits for the last of many timers': async () => {
    for (;;) await pause(1_000);
  },
  'waits for an interval to end': () => new Promise(() => setInterval(() => undefined, 500)),
  'waits for a moment of its own time': async () => {
    const until = Date.now() + 10_000;
    while (Date.now() < until) await pause(400);
  },
  'ends when its signal says so': ({ signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', resolve)),
};

describe('the time of a conversation', () => {
  const json = {
    [ORDERS]: never,
    [`${ORDERS}/second`]: () => ({ after: '1s' }),
    [`${ORDERS}/slow`]: () => ({ status: 200, after: '1m' }),
  };

  // It was the machine's: two seconds each.
  it.each(Object.entries(LATE))(
    'passes while a handler waits, so that one is late that %s',
    async (_, wait) => {
      const customer = calling((__, context) => wait(context), { json });
      const { replies, called } = await customer.says('order 100');
      expect(called).toEqual([{ handler: 'orderStatus', ended: 'late' }]);
      expect(replies).toMatchObject([{ text: expect.stringContaining('We cannot look that up') }]);
    },
  );

  it('is what a handler has left', async () => {
    const left: number[] = [];
    const customer = calling(
      async (_, context) => {
        const tell = () => left.push(context.remainingMs());
        tell();
        await context.json(`${ORDERS}/second`);
        tell();
        await pause(1_500);
        tell();
        customer.waits('2s');
        tell();
      },
      { json },
    );
    expect((await customer.says('order 100')).called).toMatchObject([{ ended: 'returned' }]);
    expect(left).toEqual([5_000, 4_000, 2_500, 500]);
  });

  it('is over when the test says so', async () => {
    const customer = calling(
      (_, context) => {
        customer.waits('6s');
        return context.json(ORDERS);
      },
      { json },
    );
    expect((await customer.says('order 100')).called).toMatchObject([{ ended: 'late' }]);
  });

  it('is that of Date, and nowhere else', async () => {
    const times: unknown[] = [];
    const before = [Date, Math.random];
    const customer = calling(async (_, { now }) => {
      const date = new Date();
      times.push(now, Date.now(), date.getTime(), date instanceof Date, new Date(5).getTime());
      times.push(Date() === date.toString());
    });
    await customer.says('order 100');
    const at = Date.UTC(2026, 0, 5, 10, 0, 20);
    expect(times).toEqual([at, at, at, true, 5, true]);
    expect([Date, Math.random]).toEqual(before);
  });

  it('is that of performance too, and nowhere else', async () => {
    const took: number[] = [];
    const customer = calling(async () => {
      const start = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      took.push(performance.now() - start);
    });
    await customer.says('order 100');
    expect([took, Object.keys(performance)]).toEqual([[2_000], []]);
  });

  it('does not pass while a handler does something', async () => {
    const customer = calling(async (_, { remainingMs }) => {
      await readFile('package.json');
      for (let turn = 0; turn < 50; turn += 1) await nextTurn();
      return text(`${remainingMs()} left`);
    });
    expect((await customer.says('order 100')).replies).toMatchObject([{ text: '5000 left' }]);
    const both = calling(
      async (_, { json, remainingMs }) => {
        await readFile('package.json');
        readFileLater('package.json', () => undefined);
        await json(ORDERS);
        return text(`${remainingMs()} left`);
      },
      { json: { [ORDERS]: () => ({ after: '3s' }) }, patienceMs: 60_000 },
    );
    expect((await both.says('order 100')).replies).toMatchObject([{ text: '2000 left' }]);
    const reading = calling(
      async () => {
        await readFile('package.json');
        await never();
      },
      { patienceMs: 0 },
    );
    expect((await reading.says('order 100')).called).toMatchObject([{ ended: 'late' }]);
  });

  it('passes for each conversation by itself', async () => {
    const slow = async (ms: number) => {
      const customer = calling(async (_, { remainingMs }) => {
        await pause(ms);
        return text(`${remainingMs()} left`);
      });
      return (await customer.says('order 100')).replies[0];
    };
    expect(await Promise.all([slow(1_000), slow(2_000), slow(3_000)])).toMatchObject([
      { text: '4000 left' },
      { text: '3000 left' },
      { text: '2000 left' },
    ]);
  });

  it('has timers that can be cleared', async () => {
    const customer = calling(async (_, { remainingMs }) => {
      clearTimeout(setTimeout(() => expect.fail('it was cleared'), 1_000));
      await pause(2_000);
      return text(`${remainingMs()} left`);
    });
    expect((await customer.says('order 100')).replies).toMatchObject([{ text: '3000 left' }]);
  });

  it('needs durations that are some', async () => {
    const customer = calling((_, { request }) => request(ORDERS), {
      json: { [ORDERS]: () => ({ after: 'soon' }) },
    });
    await expect(customer.says('order 100')).rejects.toThrow(
      `The answer of ${ORDERS} comes after "soon", which is not a duration.`,
    );
  });
});

describe('the chance of a conversation', () => {
  const draw = async (options: ConverseOptions = {}) => {
    const drawn: number[] = [];
    const customer = calling(() => {
      drawn.push(Math.random(), Math.random());
    }, options);
    await customer.says('order 100');
    await customer.says('order 100');
    expect(new Set(drawn).size).toBe(4);
    expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
    return drawn;
  };

  it('is the same in each run, and another one with another seed', async () => {
    const drawn = await draw();
    expect(await draw()).toEqual(drawn);
    expect(await draw({ seed: 1 })).toEqual(drawn);
    expect(await draw({ seed: 2 })).not.toEqual(drawn);
  });

  it('is that of crypto, and nowhere else', async () => {
    const drawn: string[][] = [];
    for (const seed of [1, 1, 2])
      await calling(
        () => {
          drawn.push([crypto.randomUUID(), String(crypto.getRandomValues(new Uint16Array(4)))]);
        },
        { seed },
      ).says('order 100');
    expect(drawn[1]).toEqual(drawn[0]);
    expect(drawn[2]).not.toEqual(drawn[0]);
    for (const [uuid] of drawn)
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(Object.keys(crypto)).toEqual([]);
    expect(crypto.randomUUID()).not.toBe(crypto.randomUUID());
  });

  it('is what a test has put in its place', async () => {
    using random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const drawn: number[] = [];
    await calling(() => {
      drawn.push(Math.random());
    }).says('order 100');
    expect([drawn, random.mock.calls.length]).toEqual([[0.5], 1]);
  });
});

describe('what was said in a conversation', () => {
  // It was empty.
  it('is what a handler lists and fetches, the newest first, as Twilio does', async () => {
    const seen: unknown[] = [];
    const customer = calling(
      async (_, { history, key }) => {
        const listed = await history.list();
        const newest = await history.fetch(key);
        const other = await history.fetch(`IM${'f'.repeat(32)}`);
        seen.push(listed, await history.list(1), newest, other);
        return text('Looked.');
      },
      { agents: ['dana'] },
    );
    await customer.says('hi');
    await customer.sends('image/jpeg');
    await customer.says('order 100');
    const [listed, one, newest, other] = seen as [Record<string, unknown>[], unknown[], object, unknown];
    expect(listed.map(({ index, author, body }) => [index, author, body])).toEqual([
      [4, 'whatsapp:+15550100001', 'order 100'],
      [3, 'parley', expect.any(String)],
      [2, 'whatsapp:+15550100001', null],
      [1, 'parley', null],
      [0, 'whatsapp:+15550100001', 'hi'],
    ]);
    expect(listed[0]).toEqual({
      sid: `IM${'4'.padStart(32, '0')}`,
      index: 4,
      author: 'whatsapp:+15550100001',
      body: 'order 100',
      participant_sid: expect.stringMatching(/^MB/),
      date_created: '2026-01-05T10:01:00Z',
      attributes: '{}',
    });
    expect(JSON.parse(String(listed[1]?.['attributes']))).toEqual({
      parley: { v: 1, in_reply_to: listed[2]?.['sid'], part: '1/1' },
    });
    expect(one).toEqual([listed[0]]);
    expect([newest, other]).toEqual([listed[0], undefined]);
    await customer.says('order 100');
    expect(seen[4]).toMatchObject([
      { index: 6 },
      { index: 5, author: 'parley', body: 'Looked.' },
      { index: 4 },
      {},
      {},
      {},
      {},
    ]);
  });

  it('holds what your people wrote and what was tagged, and no message that has another name', async () => {
    let listed: unknown;
    const rules = `version: 1
quiet_after_person: 0s
rules:
  - { id: tagged, when: { keyword: help }, then: [{ tag: { topic: help } }, { text: Soon. }] }
  - { id: look, when: { keyword: look }, then: { call: look, else: { text: No. } } }
`;
    const look: Handlers[string] = async (_, { history }) => {
      listed = await history.list();
      await history.fetch('no SID');
    };
    const customer = converse({ rules, handlers: { look } }, { agents: ['dana'], channel: 'chat' });
    await customer.says('help');
    await customer.agent('dana', 'I am here.');
    customer.waits('1d');
    const { called } = await customer.says('look');
    expect(listed).toMatchObject([
      { body: 'look', author: 'customer' },
      { body: 'I am here.', author: 'dana', participant_sid: expect.stringMatching(/^MB/) },
      { body: 'Soon.', author: 'parley', participant_sid: null },
      { body: 'help', attributes: '{"topic":"help"}' },
    ]);
    expect(called).toMatchObject([
      { ended: 'thrown', problem: expect.stringContaining('is "no SID": expected IM followed by 32') },
    ]);
  });
});

it('an error that a handler leaves ends its call, as in Lambda', async () => {
  const customer = calling(async () => {
    void Promise.resolve().then(() => {
      throw new Error('left');
    });
    await never();
  });
  expect((await customer.says('order 100')).called).toEqual([
    { handler: 'orderStatus', ended: 'thrown', problem: 'Error: left' },
  ]);
});
