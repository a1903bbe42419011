import { describe, expect, it } from 'vitest';
import { BotError } from '../../lib/errors.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { RateLimited, Rejected, ServerFailure, Unauthorized } from '../../lib/twilio/twilio-error.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { MAX_AGE_MS, SETTLE_MS, START, sender, text, thrownBy } from './sender-harness.ts';

const one = [text('one')];
const two = [text('one'), text('two')];
const lost = () => new ConnectionError('connection_lost', 'x', true);
const refused = () => new ConnectionError('connection_refused', 'x', false);
const limited = (ms?: number) => new RateLimited({ status: 429 }, ms);

class Malformed extends BotError {
  readonly code = 'malformed';
}

describe('a part', () => {
  it.each([
    ['text', text('hi'), { Body: 'hi' }],
    [
      'template',
      { kind: 'template', template: 't', ContentSid: 'HX1', ContentVariables: { 1: 'x' } } as const,
      { ContentSid: 'HX1', ContentVariables: { 1: 'x' } },
    ],
    ['media', { kind: 'media', MediaSid: 'ME1' } as const, { MediaSid: 'ME1' }],
    [
      'media with a caption',
      { kind: 'media', MediaSid: 'ME1', Body: 'look' } as const,
      { MediaSid: 'ME1', Body: 'look' },
    ],
  ])('that is %s is posted as such, under our name and with its marker', async (_, message, params) => {
    const { created, send } = sender([message], { webhookEnabled: true });
    await send();
    const parley = { v: 1, in_reply_to: messageAdded().MessageSid, part: '1/1' };
    expect(created.map(([, posted]) => posted)).toStrictEqual([
      { Author: 'parley', Attributes: { parley }, ...params },
    ]);
    expect(created[0]?.[2]).toEqual({ webhookEnabled: true, timeoutMs: 8_000 });
  });

  it('is saved before and after it is posted, for thirty days', async () => {
    const { send, stored, listed } = sender(one);
    const record = await send();
    expect(record.finished).toEqual({ outcome: 'replied', at: START + 500 });
    expect(await stored()).toEqual({
      version: 2,
      expiresAt: START / 1000 + 30 * 86_400,
      value: record,
    });
    expect(listed).toEqual([]);
  });

  it('has less time for its POST when saving took some', async () => {
    const bot = sender(one);
    const { put } = bot.store;
    bot.store.put = async (...args) => {
      bot.time.now += 3_000;
      return put(...args);
    };
    await bot.send();
    expect(bot.created[0]?.[2].timeoutMs).toBe(5_000);
  });

  it('that became too old while it waited is not sent, but half an answer is completed', async () => {
    const waiting = sender(two);
    waiting.time.now = START + MAX_AGE_MS + 1;
    expect((await waiting.send()).finished).toEqual({ outcome: 'stale', at: START + MAX_AGE_MS + 1 });
    expect(waiting.created).toEqual([]);

    const begun = sender(two);
    begun.failures.push(lost());
    await thrownBy(begun.send());
    begun.put(0, 10);
    begun.time.now = START + MAX_AGE_MS + 1;
    expect((await begun.send()).finished?.outcome).toBe('replied');
  });

  it('exactly as old as is allowed is sent', async () => {
    const bot = sender(one);
    bot.time.now = START + MAX_AGE_MS;
    expect((await bot.send()).finished?.outcome).toBe('replied');
  });
});

describe('the sending of parts is put off', () => {
  it('when there is no time left for it', async () => {
    const { time, created, stored, send } = sender(one);
    time.remainingMs = 9_999;
    expect(await thrownBy(send())).toMatchObject({ code: 'retry', reason: 'no_time_left', delayMs: 0 });
    expect([created, await stored()]).toEqual([[], undefined]);
  });

  it('while Twilio is down, as long as it is taken for that', async () => {
    const { circuit, created, send } = sender(one);
    for (let i = 0; i < 5; i += 1) circuit.failed();
    expect(await thrownBy(send())).toMatchObject({ reason: 'twilio_down', delayMs: 30_000 });
    expect(created).toEqual([]);
  });

  it('when somebody else wrote first', async () => {
    const bot = sender(one);
    bot.store.put = async () => false;
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'fenced', delayMs: 1_000 });
    expect(bot.created).toEqual([]);
  });

  it('when saving took all the time the POST had: then the part is given back', async () => {
    const bot = sender(one);
    const { put } = bot.store;
    bot.store.put = async (...args) => {
      bot.time.now += 8_000;
      return put(...args);
    };
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'stalled', delayMs: 0 });
    expect((await bot.stored())?.value.parts).toEqual([
      { message: text('one'), state: 'waiting', attempts: 1 },
    ]);
    expect(bot.created).toEqual([]);
  });

  it('when Twilio says so, for as long as it says', async () => {
    for (const ms of [undefined, 90_000]) {
      const { failures, stored, send } = sender(one);
      const cause = limited(ms);
      failures.push(cause);
      expect(await thrownBy(send())).toMatchObject({ reason: 'rate_limited', delayMs: ms, cause });
      expect((await stored())?.value.parts[0]?.state).toBe('waiting');
    }
  });

  it('for as long as Twilio says although that cannot be saved', async () => {
    const bot = sender(one);
    const { put } = bot.store;
    bot.store.put = (key, item, expected) =>
      expected === undefined ? put(key, item, expected) : Promise.reject(new Error('table'));
    bot.failures.push(limited(90_000));
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'rate_limited', delayMs: 90_000 });
    expect((await bot.stored())?.value.parts[0]?.state).toBe('sending');
  });

  it('without a time of its own when the failure says nothing of one', async () => {
    const { failures, send } = sender(one);
    failures.push(new Unauthorized({ status: 401 }));
    expect(await thrownBy(send())).toMatchObject({ reason: 'unauthorized', delayMs: undefined });
  });
});

describe('a refusal for good', () => {
  it.each([
    [
      'with Twilio’s number',
      new Rejected({ status: 400, twilioCode: 50504 }, false),
      'rejected:50504',
      'rejected',
    ],
    ['without one', new Malformed('x'), 'malformed', 'malformed'],
  ])('sets the answer aside %s', async (_, error, reason, counted) => {
    const { failures, log, send } = sender(two);
    failures.push(error);
    const { finished } = await send();
    expect(finished).toEqual({ outcome: 'quarantined', reason, at: START + 500 });
    expect(log.lines).toMatchObject([{ reply_refused: 1, reason: counted }]);
  });

  it('says that Twilio is up', async () => {
    const { circuit, failures, send } = sender(one);
    for (let i = 0; i < 4; i += 1) circuit.failed();
    failures.push(new Rejected({ status: 400 }, false));
    await send();
    circuit.failed();
    expect(circuit.waitMs()).toBe(0);
  });
});

describe('the circuit', () => {
  it.each([
    ['a connection refused', refused, 30_000],
    ['a lost connection', lost, 30_000],
    ['a request too many', limited, 0],
  ])(
    'counts what shows that Twilio is down: after %s as the fifth it waits %i ms',
    async (_, failure, ms) => {
      const { circuit, failures, time, send } = sender(one);
      time.remainingMs = 10_000;
      for (let i = 0; i < 4; i += 1) circuit.failed();
      failures.push(failure());
      await thrownBy(send());
      expect(circuit.waitMs()).toBe(ms);
    },
  );

  it('is closed by a success', async () => {
    const { circuit, send } = sender(one);
    for (let i = 0; i < 4; i += 1) circuit.failed();
    await send();
    circuit.failed();
    expect(circuit.waitMs()).toBe(0);
  });
});

describe('a POST of which nobody knows what became', () => {
  it('is looked for after one, three and six seconds more, then left until it must be settled', async () => {
    const { failures, listed, stored, send } = sender(one);
    const cause = new ServerFailure({ status: 500 });
    failures.push(cause);
    expect(await thrownBy(send())).toMatchObject({ reason: 'ambiguous', delayMs: SETTLE_MS, cause });
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

  it('is waited for until it can no longer take effect, then posted again', async () => {
    const { created, failures, time, send } = sender(one);
    failures.push(lost());
    await thrownBy(send());
    time.now = START + 500 + SETTLE_MS - 1;
    expect(await thrownBy(send())).toMatchObject({ reason: 'settling', delayMs: 1 });
    expect(created).toHaveLength(1);
    time.now += 1;
    expect((await send()).finished?.outcome).toBe('replied');
    expect(created).toHaveLength(2);
  });

  it('is looked for once more after a second one: the first may have been late', async () => {
    const bot = sender(one);
    bot.failures.push(lost());
    await thrownBy(bot.send());
    bot.time.now += SETTLE_MS;
    bot.failures.push(refused());
    await thrownBy(bot.send());
    bot.put(0, 7);
    const record = await bot.send();
    expect(record.parts[0]).toMatchObject({ replySid: 'IM7', replyIndex: 7 });
    expect(bot.log.lines).toMatchObject([
      { duplicate_detected: 1 },
      { message: 'a reply is at Twilio twice', replySid: 'IM11' },
    ]);
  });

  it('that was begun twice and is there once is that one', async () => {
    const { failures, log, send, there } = sender(one);
    failures.push(refused());
    await thrownBy(send());
    expect((await send()).parts[0]).toMatchObject({ replySid: 'IM10', replyIndex: 10 });
    expect(there).toHaveLength(1);
    expect(log.lines).toEqual([]);
  });

  it('is taken for sent when the list does not show it yet', async () => {
    const list = async function* () {};
    const { failures, send } = sender(one, { list });
    failures.push(refused());
    await thrownBy(send());
    expect((await send()).parts[0]).toMatchObject({ state: 'sent', replyIndex: 10 });
  });

  it('is looked for from the first message on when it welcomes somebody', async () => {
    const bot = sender(one, { event: participantAdded() });
    bot.failures.push(lost());
    bot.put(0, 0);
    expect((await bot.send()).parts[0]).toMatchObject({ replyIndex: 0 });
  });

  it('is not looked for before the message it answers', async () => {
    const bot = sender(one, { event: messageAdded({ Index: 7 }) });
    bot.failures.push(lost());
    bot.put(0, 7);
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'ambiguous' });
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
