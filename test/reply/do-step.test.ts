import { describe, expect, it } from 'vitest';
import { AttributesUnreadableError } from '../../lib/twilio/attributes-unreadable-error.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { LimitExceededError } from '../../lib/twilio/parameter-errors.ts';
import { NotFoundError, RateLimitedError, RejectedError } from '../../lib/twilio/twilio-errors.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { MAX_AGE_MS, START, sender, text, thrownBy, trying } from './sender-harness.ts';

const tag = { kind: 'tag', attributes: { topic: 'refund' } } as const;
const dana = { kind: 'invite', identity: 'dana' } as const;
const kim = { kind: 'invite', identity: 'kim' } as const;
const lost = () => new ConnectionError('connection_lost', 'x', true);
const rejected = (status: number, twilioCode: number) => new RejectedError({ status, twilioCode }, false);
const notFound = () => new NotFoundError({ status: 404, twilioCode: 20404 });

const TIME = { timeoutMs: 8_000 };
const tagged = ['tag', messageAdded().MessageSid, { topic: 'refund' }, TIME];
const invited = (identity: string) => ['invite', identity, TIME];

describe('steps that are no messages', () => {
  it('are carried out in their order among the messages', async () => {
    const bot = sender([tag, text('one'), dana, text('two'), kim]);
    const record = await bot.send();
    expect(bot.done).toEqual([tagged, 'one', invited('dana'), 'two', invited('kim')]);
    expect(record.finished).toEqual({ outcome: 'replied', at: START + 500 });
    expect(bot.listed).toEqual([]);
  });

  it('do not count among the parts of an answer, which customers see', async () => {
    const bot = sender([tag, text('one'), dana, text('two')]);
    await bot.send();
    const markers = bot.created.map(([, { Attributes }]) => Attributes?.['parley']);
    expect(markers).toMatchObject([{ part: '1/2' }, { part: '2/2' }]);
  });

  it('may be all there is of an answer, which then is replied to', async () => {
    const bot = sender([tag]);
    expect((await bot.send()).finished?.outcome).toBe('replied');
    expect(bot.created).toEqual([]);
  });

  it('leave nothing but their kind in the finished record, of version 2', async () => {
    const bot = sender([tag, dana]);
    expect(await bot.send()).toMatchObject({
      v: 2,
      parts: [
        { step: { kind: 'tag' }, state: 'sent', attempts: 1 },
        { step: { kind: 'invite' }, state: 'sent', attempts: 1 },
      ],
    });
    expect(JSON.stringify((await bot.stored())?.value)).not.toMatch(/refund|dana/);
  });

  it('are frozen in the table before the first of them is done', async () => {
    const bot = sender([tag, text('one')]);
    bot.stepFailures.push(lost());
    await thrownBy(bot.send());
    expect((await bot.stored())?.value).toMatchObject({
      v: 2,
      parts: [
        { step: tag, state: 'sending', attempts: 1 },
        { message: text('one'), state: 'waiting' },
      ],
    });
  });

  it('may be none at all: an answer that only remembers is replied to as well', async () => {
    const bot = sender([]);
    expect((await bot.send()).finished).toEqual({ outcome: 'replied', at: START + 500 });
    expect(bot.done).toEqual([]);
  });
});

describe('a step of which nobody knows what became', () => {
  it('is done again by the next delivery, without a look and without a settle time', async () => {
    const bot = sender([dana, text('one')]);
    bot.stepFailures.push(lost());
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'ambiguous', delayMs: undefined });
    bot.time.now += 1;
    expect((await bot.send()).finished?.outcome).toBe('replied');
    expect(bot.done).toEqual([invited('dana'), invited('dana'), 'one']);
    expect(bot.listed).toEqual([]);
  });

  it('is done again after the process died of it', async () => {
    const bot = sender([text('one'), tag]);
    const died = new Error('died');
    bot.stepFailures.push(died);
    expect(await thrownBy(bot.send())).toBe(died);
    await bot.send();
    expect(bot.done).toEqual(['one', tagged, tagged]);
  });

  it('is not done twice by those who work on one message at once: one of them loses before it', async () => {
    const bot = sender([tag]);
    bot.store.put = async () => false;
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'fenced' });
    expect(bot.done).toEqual([]);
  });
});

describe('a step that Twilio does not take yet', () => {
  it('comes again when Twilio says so, and what follows waits for it', async () => {
    const bot = sender([dana, text('one')]);
    const cause = new RateLimitedError({ status: 429 }, 90_000);
    bot.stepFailures.push(cause);
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'rate_limited', delayMs: 90_000, cause });
    expect((await bot.stored())?.value.parts[0]).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'retry_after', delayMs: 90_000 });
    bot.time.now += 90_000;
    await bot.send();
    expect(bot.done).toEqual([invited('dana'), invited('dana'), 'one']);
  });

  it('comes again while its resource may only not be shown yet', async () => {
    const bot = sender([tag]);
    const cause = notFound();
    bot.stepFailures.push(cause);
    expect(await thrownBy(bot.send(trying()))).toMatchObject({ reason: 'not_found', delayMs: 2_000, cause });
    expect((await bot.send()).finished?.outcome).toBe('replied');
  });

  it('waits while there is no time left for it, and while Twilio is down', async () => {
    const late = sender([tag]);
    late.time.remainingMs = 9_999;
    expect(await thrownBy(late.send())).toMatchObject({ reason: 'no_time_left' });
    const down = sender([tag]);
    for (let i = 0; i < 5; i += 1) down.circuit.failed();
    expect(await thrownBy(down.send())).toMatchObject({ reason: 'twilio_down', delayMs: 30_000 });
    expect([late.done, down.done]).toEqual([[], []]);
  });

  it('waits when what was asked before it took the time it had', async () => {
    const bot = sender([tag]);
    const tooLate = async () => {
      bot.time.remainingMs = 9_999;
      return undefined;
    };
    expect(await thrownBy(bot.send({ tooLate }))).toMatchObject({ reason: 'no_time_left' });
    expect(bot.done).toEqual([]);
  });

  it('is given back when saving took so long that a button may have been pressed', async () => {
    const latest = async () => 'live' as const;
    const bot = sender([tag], { modes: { latest, isOutdated: () => true } });
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'stalled' });
    expect(bot.done).toEqual([]);
    expect((await bot.stored())?.value.parts[0]).toMatchObject({ state: 'waiting' });
  });

  it('is given back when saving took all the time it had', async () => {
    const bot = sender([tag]);
    const { put } = bot.store;
    bot.store.put = async (...args) => {
      bot.time.now += 8_000;
      return put(...args);
    };
    expect(await thrownBy(bot.send())).toMatchObject({ reason: 'stalled', delayMs: 0 });
    expect((await bot.stored())?.value.parts[0]?.state).toBe('waiting');
    expect(bot.done).toEqual([]);
  });
});

describe('a step that is refused for good', () => {
  it.each([
    ['an invitation to a full conversation', dana, rejected(403, 50417), 'rejected:50417'],
    ['an identity that Twilio does not take', dana, rejected(400, 50205), 'rejected:50205'],
    ['an identity that it does not find', dana, notFound(), 'not_found:20404'],
    [
      'a tag that is too long',
      tag,
      new LimitExceededError('Attributes', 4096, 5000, 'bytes'),
      'limit_exceeded',
    ],
    ['a tag on what cannot be tagged', tag, new AttributesUnreadableError(), 'attributes_unreadable'],
  ])('is recorded and counted, and the answer goes on: %s', async (_, step, error, code) => {
    const bot = sender([step, text('one')]);
    bot.stepFailures.push(error);
    const record = await bot.send();
    expect(record.finished?.outcome).toBe('replied');
    expect(record.parts).toMatchObject([{ step: { kind: step.kind }, refused: code }, { state: 'sent' }]);
    expect(bot.log.lines).toMatchObject([
      { step_refused: 1, reason: step.kind },
      {
        message: 'a step of an answer was refused',
        conversationSid: messageAdded().ConversationSid,
        rule: 'rule',
        part: 1,
        code,
      },
    ]);
    expect(JSON.stringify(bot.log.lines)).not.toMatch(/dana|refund/);
  });

  it('is the end of an answer whose last step it was', async () => {
    const bot = sender([text('one'), dana]);
    bot.stepFailures.push(rejected(403, 50417));
    expect((await bot.send()).finished?.outcome).toBe('replied');
  });

  it('says that Twilio is up', async () => {
    const bot = sender([dana]);
    for (let i = 0; i < 4; i += 1) bot.circuit.failed();
    bot.stepFailures.push(rejected(403, 50417));
    await bot.send();
    bot.circuit.failed();
    expect(bot.circuit.waitMs()).toBe(0);
  });

  it('is a tag on an event that is not a message', async () => {
    const bot = sender([tag, text('welcome')], { event: participantAdded() });
    expect((await bot.send()).parts).toMatchObject([{ refused: 'nothing_to_tag' }, { state: 'sent' }]);
  });

  it('is one that failed in five deliveries while Twilio answers all else', async () => {
    const bot = sender([tag, text('one')]);
    bot.stepFailures.push(lost());
    const record = await bot.send(trying({ fails: async () => true }));
    expect(record.parts).toMatchObject([{ refused: 'connection_lost' }, { state: 'sent' }]);
  });
});

describe('an answer with steps that became too old', () => {
  it('is not begun', async () => {
    const bot = sender([tag, text('one')]);
    bot.time.now = START + MAX_AGE_MS + 1;
    expect((await bot.send()).finished?.outcome).toBe('stale');
    expect(bot.done).toEqual([]);
  });

  it('says nothing although a step of it was done', async () => {
    const bot = sender([tag, text('one')]);
    bot.failures.push(new ConnectionError('connection_refused', 'x', false));
    await thrownBy(bot.send());
    bot.time.now = START + MAX_AGE_MS + 1;
    expect((await bot.send()).finished?.outcome).toBe('stale');
    expect(bot.done).toEqual([tagged, 'one']);
  });

  it('is completed where something was said, but for what Twilio does not answer', async () => {
    const bot = sender([text('one'), dana]);
    bot.stepFailures.push(lost());
    await thrownBy(bot.send());
    bot.time.now = START + MAX_AGE_MS + 1;
    for (let i = 0; i < 5; i += 1) bot.circuit.failed();
    const record = await bot.send();
    expect(record.finished?.outcome).toBe('replied');
    expect(record.parts[1]).toMatchObject({ refused: 'twilio_down' });
  });

  it('is asked about before its first step, and before its first message', async () => {
    const asked: unknown[] = [];
    const bot = sender([tag, text('one')]);
    const tooLate = async () => {
      asked.push(bot.done.length);
      return undefined;
    };
    await bot.send({ tooLate });
    expect(asked).toEqual([0, 1]);

    const over = sender([tag, text('one')]);
    const record = await over.send({ tooLate: async () => ({ outcome: 'suppressed', reason: 'person' }) });
    expect(record.finished).toMatchObject({ outcome: 'suppressed', reason: 'person' });
    expect(over.done).toEqual([]);
  });

  it('is set aside where somebody else has begun it', async () => {
    const bot = sender([tag]);
    const record = await bot.send({
      tooLate: async () => ({ outcome: 'quarantined', reason: 'half_answered' }),
    });
    expect(record.finished).toMatchObject({ outcome: 'quarantined', reason: 'half_answered' });
  });
});

describe('the circuit', () => {
  it.each([
    ['a lost connection', lost, 30_000],
    ['a request too many', () => new RateLimitedError({ status: 429 }, undefined), 0],
    ['a conflict', () => new RejectedError({ status: 409, twilioCode: 50514 }, true), 0],
  ])(
    'counts what shows that Twilio is down: after %s as the fifth it waits %i ms',
    async (_, failure, ms) => {
      const bot = sender([tag]);
      for (let i = 0; i < 4; i += 1) bot.circuit.failed();
      bot.stepFailures.push(failure());
      await thrownBy(bot.send());
      expect(bot.circuit.waitMs()).toBe(ms);
    },
  );

  it('is closed by a step that is done', async () => {
    const bot = sender([tag]);
    for (let i = 0; i < 4; i += 1) bot.circuit.failed();
    await bot.send();
    bot.circuit.failed();
    expect(bot.circuit.waitMs()).toBe(0);
  });
});
