import { describe, expect, it } from 'vitest';
import { RetryError } from '../../lib/retry-error.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { ServerError } from '../../lib/twilio/twilio-errors.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { SETTLE_MS, START, sender, text, thrownBy, unreadable } from './sender-harness.ts';

const one = [text('one')];
const two = [text('one'), text('two')];
/** Four seconds more, for clocks that differ and lists that lag. */
const SETTLED_MS = SETTLE_MS + 4_000;
const lost = () => new ConnectionError('connection_lost', 'x', true);
const refused = () => new ConnectionError('connection_refused', 'x', false);

describe('a POST of which nobody knows what became', () => {
  it('is looked for after one, three and six seconds more, then left until it must be settled', async () => {
    const { failures, listed, stored, send } = sender(one);
    const cause = new ServerError({ status: 500 });
    failures.push(cause);
    expect(await thrownBy(send())).toMatchObject({
      reason: 'ambiguous',
      delayMs: SETTLED_MS - 8_000,
      cause,
    });
    expect(listed).toEqual([1_500, 4_500, 10_500]);
    expect((await stored())?.value.parts).toMatchObject([{ state: 'sending', sendingSince: START + 500 }]);
  });

  it('is looked for only as long as there is time to send it again', async () => {
    for (const [remainingMs, looks] of [
      [10_999, 0],
      [11_000, 1],
      [13_999, 1],
      [14_000, 2],
      [19_999, 2],
      [20_000, 3],
    ] as const) {
      const { failures, listed, time, send } = sender(one);
      time.remainingMs = remainingMs;
      failures.push(lost());
      await thrownBy(send());
      expect(listed, `${remainingMs} ms`).toHaveLength(looks);
    }
  });

  it('is done when it is found, and the next part follows', async () => {
    const bot = sender(two);
    bot.failures.push(lost());
    bot.put(0, 7);
    const record = await bot.send();
    expect(record.parts.map(({ replyIndex }) => replyIndex)).toEqual([7, 11]);
    expect(record.finished?.outcome).toBe('replied');
    expect(bot.created).toHaveLength(2);
  });

  // Five lists that failed within a minute would have been the end of it.
  it('is waited for as long when it cannot be looked for meanwhile', async () => {
    let lists = 0;
    const next = () => {
      lists += 1;
      return Promise.reject(new ServerError({ status: 500 }));
    };
    const list = () => ({ [Symbol.asyncIterator]: () => ({ next }) });
    const { created, failures, time, send } = sender(one, { list });
    failures.push(lost());
    expect(await thrownBy(send())).toMatchObject({ reason: 'ambiguous', delayMs: SETTLED_MS - 8_000 });
    expect(await thrownBy(send())).toMatchObject({ reason: 'settling' });
    expect([lists, created.length]).toEqual([4, 1]);
    time.now = START + 500 + SETTLED_MS;
    expect(await thrownBy(send())).toBeInstanceOf(ServerError);
    expect(created).toHaveLength(1);
  });

  it('is waited for until it can no longer take effect, then posted again', async () => {
    const { created, failures, time, send } = sender(one);
    failures.push(lost());
    await thrownBy(send());
    time.now = START + 500 + SETTLED_MS - 1;
    expect(await thrownBy(send())).toMatchObject({ reason: 'settling', delayMs: 2_001 });
    expect(created).toHaveLength(1);
    time.now += 1;
    expect((await send()).finished?.outcome).toBe('replied');
    expect(created).toHaveLength(2);
  });

  it.each([
    ['nothing', undefined],
    ['a failure', new ServerError({ status: 500 })],
  ])(
    'is waited for where a list was asked for too early, and shows %s when it is time',
    async (_, failure) => {
      const bot = sender(one, {
        // biome-ignore lint/correctness/useYield: it shows nothing.
        list: async function* () {
          bot.time.now += 2_000;
          if (failure !== undefined) throw failure;
        },
      });
      bot.failures.push(lost());
      await thrownBy(bot.send());
      bot.time.now = START + 500 + SETTLED_MS - 1;
      expect(await thrownBy(bot.send())).toMatchObject({ reason: 'settling' });
      expect(bot.created).toHaveLength(1);
    },
  );

  it('is looked for once more after a second one: the first may have been late', async () => {
    const bot = sender(one);
    bot.failures.push(lost());
    await thrownBy(bot.send());
    bot.time.now += SETTLED_MS;
    bot.failures.push(refused());
    await thrownBy(bot.send());
    bot.put(0, 7);
    const record = await bot.send();
    expect(record.parts[0]).toMatchObject({ replySid: 'IM7', replyIndex: 7 });
    expect(bot.log.lines).toMatchObject([
      { duplicate_detected: 1 },
      { message: 'a reply is at Twilio twice', replySid: 'IM11' },
    ]);
    expect(bot.log.lines[0]).not.toHaveProperty('reason');
  });

  it('and is there twice by two stacks is said to be', async () => {
    const bot = sender(one);
    bot.failures.push(lost());
    await thrownBy(bot.send());
    bot.time.now += SETTLED_MS;
    bot.there.push({ ...bot.put(0, 7), sid: 'IM8', index: 8, author: 'other', participant_sid: null });
    expect((await bot.send()).parts[0]).toMatchObject({ replySid: 'IM7' });
    expect(bot.log.lines).toMatchObject([
      { duplicate_detected: 1, reason: 'other_stack' },
      { replySid: 'IM8', reason: 'other_stack' },
    ]);
  });

  it('and is there twice is known to be sent, though the table fails as that is counted', async () => {
    const bot = sender(one);
    bot.failures.push(lost());
    await thrownBy(bot.send());
    bot.time.now += SETTLED_MS;
    bot.put(0, 7);
    bot.put(0, 8);
    const { get } = bot.store;
    bot.store.get = (key) => (key.sk.startsWith('duplicate|') ? Promise.reject(refused()) : get(key));
    await thrownBy(bot.send());
    expect((await bot.stored())?.value.finished?.outcome).toBe('replied');
  });

  it('that was begun twice and is there once is that one', async () => {
    const { failures, log, send, there } = sender(one);
    failures.push(refused());
    await thrownBy(send());
    expect((await send()).parts[0]).toMatchObject({ replySid: 'IM10', replyIndex: 10 });
    expect(there).toHaveLength(1);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['does not show it yet', async function* () {}],
    ['cannot be read', unreadable(lost())],
  ])('is taken for sent when the list %s', async (_, list) => {
    const { failures, send } = sender(one, { list });
    failures.push(refused());
    await thrownBy(send());
    expect((await send()).parts[0]).toMatchObject({ state: 'sent', replyIndex: 10 });
  });

  it('is looked for behind the newest message that there was when it welcomes somebody', async () => {
    for (const newest of [0, 7]) {
      const bot = sender(one, {
        event: participantAdded(),
        create: async () => {
          bot.put(0, newest + 1);
          throw lost();
        },
      });
      bot.put(0, newest);
      expect((await bot.send()).parts[0]).toMatchObject({ replyIndex: newest + 1 });
      expect((await bot.stored())?.value.afterIndex).toBe(newest);
    }
  });

  it('is looked for in all of the conversation when the newest before a welcome could not be read', async () => {
    let lists = 0;
    const bot = sender(one, {
      event: participantAdded(),
      list: async function* () {
        lists += 1;
        if (lists === 1) throw lost();
        yield* bot.there.toReversed();
      },
    });
    bot.put(0, 0);
    bot.failures.push(lost());
    expect((await bot.send()).parts[0]).toMatchObject({ replyIndex: 0 });
  });

  it('is not looked for before the message it answers', async () => {
    const bot = sender(one, { event: messageAdded({ Index: 7 }) });
    bot.failures.push(lost());
    bot.put(0, 7);
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'ambiguous' });
  });
});

describe('the rest of half an answer, more than a minute after what it answers', () => {
  const down = () => unreadable(new ServerError({ status: 500 }))();

  /** The first part is sent, and the POST of the second fails so, `at` milliseconds after the message. */
  async function half(failure: unknown, at = 500) {
    let list: (() => AsyncIterable<never>) | undefined;
    const bot = sender(two, { list: () => list?.() ?? listed() });
    const listed = async function* () {
      yield* bot.there.toReversed();
    };
    bot.time.now = START + at;
    bot.failures.push(lost(), failure);
    bot.put(0, 7);
    await thrownBy(bot.send());
    bot.time.now = START + 60_001;
    const breakList = () => {
      list = down;
    };
    return { ...bot, breakList };
  }

  // A table that was set back does not know that it was sent.
  it('is looked for before it is sent', async () => {
    const bot = await half(refused());
    bot.put(1, 8);
    expect((await bot.send()).parts[1]).toMatchObject({ replyIndex: 8 });
    expect(bot.created).toHaveLength(2);
  });

  it('is not sent while it cannot be looked for', async () => {
    const bot = await half(refused());
    bot.breakList();
    expect(await thrownBy(bot.send())).toBeInstanceOf(ServerError);
    expect(bot.created).toHaveLength(2);
  });

  it('is set aside where it may be hidden behind a thousand others', async () => {
    const bot = await half(refused());
    for (let i = 0; i <= 1_000; i += 1) bot.put(2, 8 + i);
    expect((await bot.send()).finished).toMatchObject({
      outcome: 'quarantined',
      reason: 'unknown_outcome',
    });
    expect(bot.created).toHaveLength(2);
  });

  it('is waited for as ever where it may have been sent a moment ago', async () => {
    const bot = await half(lost(), 30_000);
    bot.breakList();
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'settling' });
  });

  it('is not looked for by the delivery that has sent what stands before it', async () => {
    const bot = sender(two);
    bot.time.now = START + 60_001;
    expect((await bot.send()).finished?.outcome).toBe('replied');
    expect(bot.listed).toEqual([]);
  });
});

describe('a list that says to come again', () => {
  it('is no proof that the reply is hidden in it', async () => {
    const wait = new RetryError('stalled', 0);
    const bot = sender(one, { list: unreadable(wait) });
    bot.failures.push(lost());
    await thrownBy(bot.send());
    bot.time.now += SETTLED_MS;
    expect(await thrownBy(bot.send())).toBe(wait);
  });
});

describe('a defect', () => {
  it('is thrown as it is, with the part still in doubt', async () => {
    const { circuit, failures, listed, stored, send } = sender(one);
    const defect = new TypeError('x');
    for (let i = 0; i < 4; i += 1) circuit.failed();
    failures.push(defect);
    expect(await thrownBy(send())).toBe(defect);
    expect((await stored())?.value.parts[0]?.state).toBe('sending');
    expect([listed, circuit.waitMs()]).toEqual([[], 0]);
  });
});
