import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../lib/ports.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { book, type ReplyHarness, RULES, startReply, withoutService } from './bot-harness.ts';

const MINUTE = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const WITH_WELCOME = `${RULES}  - { id: welcome, when: { event: onParticipantAdded }, then: [{ text: first }, { text: second }] }\n`;

let bot: ReplyHarness;
let conversationSid: string;

async function begin(settings: Record<string, string> = {}): Promise<void> {
  bot = await startReply(settings);
  bot.deploy(book(WITH_WELCOME));
  conversationSid = await bot.startConversation();
}

beforeEach(() => begin());

const write = (body: string) => bot.write(conversationSid, body);

const recordOf = (sid: string) => bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
const answers = (status: number, code: number, headers = {}): HttpResponse => ({
  status,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ code, message: 'no' }),
});
const html = (status: number): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html>no</html>',
});
const bodyOf = ({ body }: HttpRequest) => new URLSearchParams(body).get('Body');

/** @returns at which delivery it was done with. */
async function deliverUntilDone(body = bot.envelope(), everyMs = MINUTE, most = 100): Promise<number> {
  for (let count = 1; count <= most; count += 1) {
    if (await bot.deliver(body, count)) return count;
    bot.time.now += Math.max(everyMs, (bot.postponed.at(-1) ?? 0) * 1_000);
  }
  return Number.POSITIVE_INFINITY;
}

/** Nothing fails any more, and somebody writes again. */
async function nextComes(): Promise<void> {
  bot.hooks.exchange = (_, pass) => pass();
  bot.time.now += 2 * MINUTE;
  await write('silence');
  await deliverUntilDone();
}

const FAILURES: readonly [string, () => Promise<HttpResponse>][] = [
  ['500', async () => answers(500, 20500)],
  ['503 with Retry-After', async () => answers(503, 20503, { 'retry-after': '5' })],
  ['an HTML 403 of a firewall', async () => html(403)],
  ['an HTML 404', async () => html(404)],
  ['a redirect', async () => html(302)],
  ['an unreadable 201', async () => html(201)],
  ['429', async () => answers(429, 20429)],
  ['429 with Retry-After', async () => answers(429, 20429, { 'retry-after': '20' })],
  ['401', async () => answers(401, 20003)],
  ['404', async () => answers(404, 20404)],
  ['50386, a group that is being set up', async () => answers(400, 50386)],
  ['50514, a conflict', async () => answers(409, 50514)],
  ['a lost connection', () => Promise.reject(new ConnectionError('connection_lost', 'x', true))],
  ['no connection', () => Promise.reject(new ConnectionError('connection_refused', 'x', false))],
  ['no answer in time', () => Promise.reject(new ConnectionError('timed_out', 'x', true))],
  ['a defect', () => Promise.reject(new TypeError('x'))],
];

describe.each(FAILURES)('one part of an answer that gets %s each time', (_, failure) => {
  it.each([
    ['first', []],
    ['second', ['first']],
  ])('is set aside after its fifth delivery, once it is settled: the %s', async (part, sent) => {
    const sid = await write('two');
    let posts = 0;
    bot.hooks.exchange = async (request, pass) => {
      if (request.method !== 'POST' || bodyOf(request) !== part) return pass();
      posts += 1;
      return failure();
    };
    expect(await deliverUntilDone()).toBeLessThanOrEqual(6);
    const record = await recordOf(sid);
    expect(record?.finished?.outcome).toBe('quarantined');
    expect(record?.parts.filter(({ state }) => state === 'sent')).toHaveLength(sent.length);
    expect(JSON.stringify(record)).not.toMatch(/first|second/);
    expect(posts).toBeGreaterThanOrEqual(5);
    expect(bot.log.lines.filter((line) => 'outcome_quarantined' in line)).toHaveLength(1);

    const next = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await recordOf(next))?.finished?.outcome).toBe('replied');
  });

  it('is set aside when it is a welcome’s', async () => {
    await bot.service.customer.join({ conversationSid, identity: 'lee' });
    await bot.service.idle();
    const body = bot.envelope();
    bot.hooks.exchange = (request, pass) =>
      request.method === 'POST' && bodyOf(request) === 'second' ? failure() : pass();
    expect(await deliverUntilDone(body)).toBeLessThanOrEqual(6);
    expect(bot.log.lines.filter((line) => 'outcome_quarantined' in line)).toHaveLength(1);
  });
});

describe.each(FAILURES.filter(([name]) => !name.includes('404') && name !== '401'))(
  'a read that gets %s each time',
  (_, failure) => {
    const isRead = ({ method, path }: HttpRequest) => method === 'GET' && path.includes(conversationSid);

    it('sets the message aside that needs it, at its fifth delivery', async () => {
      const sid = await write('name');
      bot.hooks.exchange = (request, pass) => (isRead(request) ? failure() : pass());
      expect(await deliverUntilDone()).toBe(5);
      expect((await recordOf(sid))?.finished?.outcome).toBe('quarantined');
    });

    // Without a list nobody knows whether it was answered, or whether a person has taken over.
    it('leaves a gap unread after five deliveries, and sets the message behind it aside', async () => {
      await write('one');
      await bot.deliver(bot.envelope());
      await write('silence');
      const sid = await write('two');
      bot.hooks.exchange = (request, pass) => (isRead(request) ? failure() : pass());
      // It is the same list that it would need itself.
      expect(await deliverUntilDone()).toBe(5);
      expect((await recordOf(sid))?.finished?.outcome).toBe('quarantined');
      expect(bot.log.lines.filter((line) => 'gap_unread' in line)).toHaveLength(1);
    });

    // It was accounted for with the message behind it, and so neither the next one nor the reconciler looked for it.
    it('leaves what stands in the gap to be found with the next message', async () => {
      await write('one');
      await bot.deliver(bot.envelope());
      const missed = await write('one');
      await write('two');
      bot.hooks.exchange = (request, pass) => (isRead(request) ? failure() : pass());
      await deliverUntilDone();
      bot.hooks.exchange = (_request, pass) => pass();
      bot.time.now += 2 * MINUTE;
      await write('one');
      await deliverUntilDone();
      expect((await recordOf(missed))?.finished?.outcome).toBe('replied');
    });

    it('of a role does not keep what is finished from being noted', async () => {
      await begin({ AGENTS: `RL${'f'.repeat(32)}` });
      await bot.service.customer.join({ conversationSid, identity: 'ana' });
      const { sid } = await bot.service.customer.write({ conversationSid, body: 'one', author: 'ana' });
      await bot.service.idle();
      // What programs post is suppressed without asking who they are, and noted with it.
      const body = bot.envelope().replace(/"Source":"\w+"/, '"Source":"API"');
      bot.hooks.exchange = (request, pass) => (isRead(request) ? failure() : pass());
      expect(await deliverUntilDone(body)).toBe(5);
      expect((await recordOf(String(sid)))?.finished).toMatchObject({ reason: 'api_source' });
      const state = await bot.memory.get<{ accounted: number }>({ pk: conversationSid, sk: 'conversation' });
      expect(state?.value.accounted).toBe(0);
    });
  },
);

describe('a message whose service cannot be found out', () => {
  it('is set aside at its fifth delivery', async () => {
    await begin({ TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` });
    const sid = await write('one');
    const nameless = withoutService(bot.envelope());
    bot.hooks.exchange = async (request, pass) =>
      request.path.includes(conversationSid) ? answers(500, 20500) : pass();
    expect(await deliverUntilDone(nameless)).toBe(5);
    expect((await recordOf(sid))?.finished).toMatchObject({
      outcome: 'quarantined',
      reason: 'server_failure',
    });
    expect(bot.log.lines.filter((line) => 'outcome_quarantined' in line)).toHaveLength(1);
  });

  // Cause: only what was set aside was counted there, and the rest with the next message, if there was one.
  it('is stale at the age limit while Twilio answers nothing, and counted once', async () => {
    await begin({ TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` });
    const sid = await write('one');
    const nameless = withoutService(bot.envelope());
    bot.hooks.exchange = async () => answers(503, 20503);
    expect(await deliverUntilDone(nameless, 5 * MINUTE)).toBeLessThan(16);
    expect((await recordOf(sid))?.finished?.outcome).toBe('stale');
    const counted = () => bot.log.lines.filter((line) => 'outcome_stale' in line).length;
    expect(counted()).toBe(1);
    await bot.deliver(nameless, 20);
    await nextComes();
    expect(counted()).toBe(1);
  });

  it('is not counted again where it had been answered, and comes once more without its service', async () => {
    await begin({ TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` });
    await write('one');
    const body = bot.envelope();
    expect(await bot.deliver(body)).toBe(true);
    bot.hooks.exchange = async () => answers(503, 20503);
    await deliverUntilDone(withoutService(body), 5 * MINUTE);
    expect(bot.log.lines.filter((line) => 'outcome_replied' in line)).toHaveLength(1);
  });

  // Cause: that there was a record was taken for an outcome, so an answer in flight stayed there for good, uncounted.
  it('ends with an answer in flight, too', async () => {
    await begin({ TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` });
    const sid = await write('one');
    const whole = bot.envelope();
    bot.hooks.exchange = async (request, pass) => (request.method === 'POST' ? answers(500, 20500) : pass());
    expect(await bot.deliver(whole)).toBe(false);
    bot.time.now += MINUTE;
    bot.hooks.exchange = async (request, pass) =>
      request.path.includes(conversationSid) ? answers(500, 20500) : pass();
    await deliverUntilDone(withoutService(whole));
    expect((await recordOf(sid))?.finished?.outcome).toBe('quarantined');
    expect(bot.log.lines.filter((line) => 'outcome_quarantined' in line)).toHaveLength(1);
  });
});

describe('while Twilio answers nothing at all', () => {
  const down = () => {
    bot.hooks.exchange = async () => answers(503, 20503);
  };
  const stateOf = (record: MessageRecord | undefined) => record?.finished?.outcome ?? 'in flight';

  it('a message waits, and ends at the age limit', async () => {
    const written = bot.time.now;
    const sid = await write('one');
    down();
    for (let count = 1; bot.time.now <= written + 60 * MINUTE; count += 1) {
      expect(await bot.deliver(bot.envelope(), count)).toBe(false);
      expect(stateOf(await recordOf(sid))).toBe('in flight');
      bot.time.now += 2 * MINUTE;
    }
    // Nobody knows what became of its last POST.
    expect(await bot.deliver(bot.envelope(), 32)).toBe(true);
    expect(stateOf(await recordOf(sid))).toBe('quarantined');
  });

  it('a message that surely was not sent is stale at the age limit', async () => {
    const sid = await write('one');
    bot.hooks.exchange = () => Promise.reject(new ConnectionError('connection_refused', 'x', false));
    const done = await deliverUntilDone(bot.envelope(), 5 * MINUTE);
    expect(done).toBeGreaterThan(11);
    expect(done).toBeLessThan(16);
    expect(stateOf(await recordOf(sid))).toBe('stale');
  });

  it('half an answer waits, and is set aside at the age limit', async () => {
    const sid = await write('two');
    bot.hooks.exchange = async (request, pass) =>
      bodyOf(request) === 'first' ? pass() : answers(503, 20503);
    const done = await deliverUntilDone(bot.envelope(), 5 * MINUTE);
    expect(done).toBeGreaterThan(11);
    expect(done).toBeLessThan(16);
    expect(await recordOf(sid)).toMatchObject({
      parts: [{ state: 'sent' }, {}],
      finished: { outcome: 'quarantined' },
    });
  });

  it('a message that needs a read is stale at the age limit', async () => {
    const sid = await write('name');
    down();
    const done = await deliverUntilDone(bot.envelope(), 5 * MINUTE);
    expect(done).toBeGreaterThan(11);
    expect(done).toBeLessThan(16);
    expect((await recordOf(sid))?.finished?.outcome).toBe('stale');
  });

  // What failed in an outage of an hour is no reason to give up at the first failure after it.
  it('nothing is counted against a message: when Twilio is well again it has its five tries', async () => {
    const sid = await write('one');
    down();
    for (let count = 1; count <= 20; count += 1) {
      await bot.deliver(bot.envelope(), count);
      bot.time.now += MINUTE;
    }
    let posts = 0;
    bot.hooks.exchange = async (request, pass) => {
      if (request.method === 'POST') posts += 1;
      return request.method === 'POST' && posts < 5 ? answers(500, 20500) : pass();
    };
    for (let count = 21; count <= 26 && !(await bot.deliver(bot.envelope(), count)); count += 1) {
      bot.time.now += MINUTE;
    }
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
  });
});

describe('a message that Twilio does not show yet', () => {
  // It was set aside at its first failure: the four deliveries that it waited had been counted as such.
  it('has its five tries after that', async () => {
    const sid = await write('one');
    const body = bot.envelope(0, true);
    let [reads, fetched] = [0, false];
    bot.hooks.exchange = async (request, pass) => {
      if (request.method !== 'GET' || !request.path.includes('/Messages/IM')) return pass();
      reads += 1;
      if (reads <= 4) return answers(404, 20404);
      if (reads <= 4 + 2 * 4) return answers(500, 20500);
      fetched = true;
      return pass();
    };
    expect(await deliverUntilDone(body)).toBeLessThan(10);
    expect(fetched).toBe(true);
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
  });
});

describe('a gap that cannot be read for a while', () => {
  it('takes none of the tries of the message behind it', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    await write('silence');
    const sid = await write('two');
    let [lists, posts] = [0, 0];
    bot.hooks.exchange = async (request, pass) => {
      const isList = request.method === 'GET' && request.path.includes('/Messages');
      if (isList && posts === 0) lists += 1;
      if (isList && posts === 0 && lists <= 16) return answers(500, 20500);
      if (request.method === 'POST') posts += 1;
      return request.method === 'POST' && posts <= 4 ? answers(409, 50514) : pass();
    };
    await deliverUntilDone();
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
  });

  // What stood there was accounted for with the message behind it, and nobody looked for it any more.
  it('that kills the process each time is left unread, and what stands there to be found', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const missed = await write('one');
    const sid = await write('two');
    const body = bot.envelope();
    for (let count = 1; count <= 5; count += 1) {
      const died = new Promise((resolve) => {
        bot.hooks.exchange = () => {
          resolve('died');
          return new Promise(() => undefined);
        };
      });
      await Promise.race([bot.deliver(body, count), died]);
      bot.time.now += 3 * MINUTE;
    }
    bot.hooks.exchange = (_, pass) => pass();
    expect(await bot.deliver(body, 6)).toBe(true);
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ gap_unread: 1, reason: 'process_died' }));
    await nextComes();
    expect((await recordOf(missed))?.finished?.outcome).toBe('replied');
  });
});

describe('a message that kills the process behind a gap that could not be read', () => {
  it('leaves what stands there to be found', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const missed = await write('one');
    const sid = await write('name');
    const body = bot.envelope();
    for (let count = 1; (await recordOf(sid))?.finished === undefined && count <= 12; count += 1) {
      const died = new Promise((resolve) => {
        bot.hooks.exchange = async (request, pass) => {
          if (request.method === 'GET' && request.path.includes('/Messages')) return answers(500, 20500);
          if (request.method !== 'GET' || !request.path.includes('/Participants')) return pass();
          resolve('died');
          return new Promise(() => undefined);
        };
      });
      await Promise.race([bot.deliver(body, count), died]);
      bot.time.now += MINUTE;
    }
    expect((await recordOf(sid))?.finished).toMatchObject({ reason: 'process_died' });
    await nextComes();
    expect((await recordOf(missed))?.finished?.outcome).toBeDefined();
  });
});

describe('a gap that may not be read', () => {
  // A key without the right to list: once it has it, nobody looked for what stood there.
  it('leaves what stands there to be found, once it may', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const missed = await write('one');
    await write('silence');
    bot.hooks.exchange = async (request, pass) =>
      request.method === 'GET' && request.path.includes('/Messages') ? answers(403, 20403) : pass();
    await deliverUntilDone();
    expect(await recordOf(missed)).toBeUndefined();
    await nextComes();
    expect((await recordOf(missed))?.finished?.outcome).toBe('replied');
  });
});

describe('a message behind one that fails each time', () => {
  it('has its own five deliveries, although no webhook told of the first', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const lost = await write('two');
    bot.time.now += MINUTE + 1;
    const next = await write('again');
    let nexts = 0;
    bot.hooks.exchange = async (request, pass) => {
      if (request.method !== 'POST') return pass();
      if (bodyOf(request) === 'second') return answers(500, 20500);
      if (bodyOf(request) === 'only') nexts += 1;
      // It fails three times by itself, which is none of the other's deliveries.
      return bodyOf(request) === 'only' && nexts <= 3 ? answers(500, 20500) : pass();
    };
    expect(await deliverUntilDone()).toBeLessThanOrEqual(10);
    expect((await recordOf(lost))?.finished?.outcome).toBe('quarantined');
    expect((await recordOf(next))?.finished?.outcome).toBe('replied');
  });

  it('is decided in the delivery that sets the first aside', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const lost = await write('two');
    bot.time.now += MINUTE + 1;
    const next = await write('again');
    bot.hooks.exchange = async (request, pass) =>
      request.method === 'POST' && bodyOf(request) === 'first' ? answers(409, 50514) : pass();
    expect(await deliverUntilDone()).toBe(5);
    expect((await recordOf(lost))?.finished).toMatchObject({
      outcome: 'quarantined',
      reason: 'rejected:50514',
    });
    expect((await recordOf(next))?.finished?.outcome).toBe('replied');
  });
});

describe('what Twilio says to wait for', () => {
  it.each([
    ['404, once', 1, answers(404, 20404)],
    ['50386, three times', 3, answers(400, 50386)],
    ['50514, three times', 3, answers(409, 50514)],
    ['50074 as a 403', 3, answers(403, 50074)],
  ])('is waited for: %s', async (_, times, response) => {
    const sid = await write('one');
    let left = times;
    bot.hooks.exchange = async (request, pass) => {
      if (request.method !== 'POST' || left === 0) return pass();
      left -= 1;
      return response;
    };
    expect(await deliverUntilDone(bot.envelope(), 2_000)).toBeLessThan(5);
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
  });

  it('is not media that was sent already: an earlier POST of it took effect after all', async () => {
    const sid = await write('one');
    let posts = 0;
    bot.hooks.exchange = async (request, pass) => {
      if (request.method !== 'POST') return pass();
      posts += 1;
      if (posts === 1) return answers(500, 20500);
      await pass();
      return answers(400, 50508);
    };
    expect(await deliverUntilDone()).toBe(2);
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
  });
});
