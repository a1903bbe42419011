import { describe, expect, it } from 'vitest';
import { BotError } from '../../lib/errors.ts';
import { RetryError } from '../../lib/retry-error.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import {
  NotFoundError,
  RateLimitedError,
  RejectedError,
  ServerError,
  UnauthorizedError,
} from '../../lib/twilio/twilio-errors.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { MAX_AGE_MS, START, sender, text, thrownBy, trying, unreadable } from './sender-harness.ts';

const one = [text('one')];
const two = [text('one'), text('two')];
const lost = () => new ConnectionError('connection_lost', 'x', true);
const refused = () => new ConnectionError('connection_refused', 'x', false);
const limited = (ms?: number) => new RateLimitedError({ status: 429 }, ms);

class Malformed extends BotError {
  override readonly name = 'Malformed' as const;
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

  it('names the event in its marker where it welcomes somebody', async () => {
    const { created, send } = sender(one, { event: participantAdded() });
    await send();
    const { ParticipantSid } = participantAdded();
    expect(created[0]?.[1].Attributes).toEqual({
      parley: { v: 1, in_reply_to: ParticipantSid, part: '1/1', event: 'event' },
    });
  });

  it('begins a matter of its own once the one before it is sent', async () => {
    let advanced = 0;
    const advance = () => {
      advanced += 1;
    };
    await sender(two).send(trying({ advance }));
    expect(advanced).toBe(1);
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

  it('when there is no time left, which leaves the probe of an open circuit to others', async () => {
    const { circuit, time, send } = sender(one);
    for (let i = 0; i < 5; i += 1) circuit.failed();
    time.now += 30_000;
    time.remainingMs = 9_999;
    expect(await thrownBy(send())).toMatchObject({ reason: 'no_time_left' });
    expect(circuit.waitMs()).toBe(0);
  });

  it('when what was asked before took the time that there was', async () => {
    const { time, created, send } = sender(one);
    const tooLate = async () => {
      time.remainingMs = 9_999;
      return undefined;
    };
    expect(await thrownBy(send({ tooLate }))).toMatchObject({ reason: 'no_time_left' });
    expect(created).toEqual([]);
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
      const part = (await stored())?.value.parts[0];
      expect([part?.state, part?.notBefore]).toEqual(['waiting', ms && START + 500 + ms]);
    }
  });

  it('for as long as Twilio says of a later message, however soon the queue brings it again', async () => {
    const answers = [undefined, limited(90_000)];
    const bot = sender(two, {
      create: async () => {
        const cause = answers.shift();
        if (cause !== undefined) throw cause;
        return bot.put(bot.there.length, 10 + bot.there.length);
      },
    });
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'rate_limited' });
    bot.time.now += 10_000;
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'retry_after', delayMs: 80_000 });
    expect(bot.there).toHaveLength(1);
    bot.time.now += 80_000;
    expect((await bot.send()).finished?.outcome).toBe('replied');
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
    failures.push(new UnauthorizedError({ status: 401 }));
    expect(await thrownBy(send())).toMatchObject({ reason: 'unauthorized', delayMs: undefined });
  });
});

describe('what is looked for before a plan that waited is sent', () => {
  it.each([
    ['opens the circuit where Twilio fails, five times', new ServerError({ status: 500 }), true],
    ['leaves it alone where Twilio asks to wait', limited(), false],
    ['leaves it alone where a list lags', new RetryError('list_lags', 2_000), false],
    ['leaves it alone where it is none of Twilio’s', new Malformed('x'), false],
    ['leaves it alone where it is no error of ours', new TypeError('x'), false],
  ])('sends nothing while it cannot be read, and %s', async (_, error, opens) => {
    const bot = sender(one);
    for (let times = 0; times < 5; times += 1)
      expect(await thrownBy(bot.send({ tooLate: () => Promise.reject(error) }))).toBe(error);
    expect(bot.created).toEqual([]);
    expect(bot.circuit.waitMs() > 0).toBe(opens);
  });
});

it('a mode that grew old while an answer goes on keeps nothing of the rest back', async () => {
  let mode: 'live' | 'off' = 'live';
  const bot = sender(two, { modes: { latest: async () => mode, isOutdated: () => mode === 'off' } });
  const { put } = bot.store;
  let puts = 0;
  bot.store.put = (...args) => {
    puts += 1;
    // The first part is saved as sent.
    if (puts === 2) mode = 'off';
    return put(...args);
  };
  expect((await bot.send()).finished?.outcome).toBe('replied');
  expect(bot.created).toHaveLength(2);
});

describe('a refusal for good', () => {
  it.each([
    [
      'with Twilio’s number',
      new RejectedError({ status: 400, twilioCode: 50504 }, false),
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

  it.each([
    ['in the last try', trying({ isLast: true })],
    ['where nothing was tried before', {}],
  ])('is what Twilio does not find, %s', async (_, claim) => {
    const { failures, send } = sender(one);
    failures.push(new NotFoundError({ status: 404, twilioCode: 20404 }));
    expect((await send(claim)).finished).toMatchObject({ reason: 'not_found:20404' });
  });

  it('is not believed while an earlier POST, which may be its reason, cannot be looked for', async () => {
    const down = new ServerError({ status: 500 });
    const { failures, send, stored } = sender(one, { list: unreadable(down) });
    failures.push(refused(), new RejectedError({ status: 400, twilioCode: 50508 }, false));
    await thrownBy(send());
    expect(await thrownBy(send())).toBe(down);
    expect((await stored())?.value.parts[0]?.state).toBe('sending');
  });

  it('says that Twilio is up', async () => {
    const { circuit, failures, send } = sender(one);
    for (let i = 0; i < 4; i += 1) circuit.failed();
    failures.push(new RejectedError({ status: 400 }, false));
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
