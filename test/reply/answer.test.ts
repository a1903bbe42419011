import { beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import type { MessageAdded } from '../../lib/event/event-types.ts';
import { text } from '../../lib/handlers/build-actions.ts';
import { replay } from '../../lib/queue/again.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { finish, type MessageRecord, planRecord, startPart } from '../../lib/record/message-record.ts';
import { sidSource } from '../../lib/sid.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { book, type Exchange, type ReplyHarness, RULES, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

async function begin(settings: Record<string, string> = {}): Promise<void> {
  bot = await startReply(settings);
  conversationSid = await bot.startConversation();
}

beforeEach(() => begin());

const write = (body: string, author?: string) => bot.write(conversationSid, body, author);

/** What customers see of the bot, in order. */
function replies(): readonly Record<string, unknown>[] {
  return bot.service
    .since(0)
    .flatMap((each) => (each.kind === 'message' && each.change === 'added' ? [each.resource] : []))
    .filter(({ author }) => author === 'parley');
}

const bodies = () => replies().map(({ body }) => body);
const record = (sid: string): Promise<MessageRecord | undefined> =>
  bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
const isPost: (request: { method: string }) => boolean = ({ method }) => method === 'POST';
const fail = (sent: boolean) => Promise.reject(new ConnectionError('connection_lost', 'x', sent));

/** Does `how` to the n-th POST and nothing to the rest. */
function onPost(n: number, how: Exchange): void {
  let posts = 0;
  bot.hooks.exchange = (request, pass) => {
    if (isPost(request)) posts += 1;
    return isPost(request) && posts === n ? how(request, pass) : pass();
  };
}

describe('a message', () => {
  it('is answered once, under the bot’s name, with the marker and without a webhook', async () => {
    const sid = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(replies()).toMatchObject([
      {
        author: 'parley',
        body: 'only',
        attributes: JSON.stringify({ parley: { v: 1, in_reply_to: sid, part: '1/1' } }),
      },
    ]);
    expect(bot.requests).toHaveLength(1);
    expect(bot.creates()[0]?.headers['x-twilio-webhook-enabled']).toBe('false');
    expect(await record(sid)).toMatchObject({ v: 1, rule: 'one', finished: { outcome: 'replied' } });
  });

  it('is answered once however often the queue delivers it', async () => {
    await write('one');
    for (let i = 1; i <= 3; i += 1) expect(await bot.deliver(bot.envelope(), i)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });

  it('leaves no words of the customer or the bot in its finished record', async () => {
    const sid = await write('echo canary');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['canarycanary']);
    expect(JSON.stringify(await record(sid))).not.toContain('canary');
    expect(JSON.stringify(bot.log.lines)).not.toContain('canary');
  });

  it.each([
    ['silence', { outcome: 'suppressed', reason: 'ignored' }],
    ['something else', { outcome: 'no_rule' }],
    ['STOP', { outcome: 'suppressed', reason: 'stop_word' }],
  ])('"%s" ends as %j without a request to Twilio', async (body, finished) => {
    const sid = await write(body);
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bot.requests).toEqual([]);
    expect((await record(sid))?.finished).toMatchObject(finished);
  });

  it('older than the reply age is recorded as stale, not answered', async () => {
    const sid = await write('one');
    const envelope = bot.envelope();
    bot.time.now += 3_600_001;
    expect(await bot.deliver(envelope)).toBe(true);
    expect((await record(sid))?.finished?.outcome).toBe('stale');
    expect(bot.requests).toEqual([]);
  });

  it('exactly as old as the reply age is still answered', async () => {
    await write('one');
    const envelope = bot.envelope();
    bot.time.now += 3_600_000;
    await bot.deliver(envelope);
    expect(bodies()).toEqual(['only']);
  });

  it.each([
    ['off', 'off'],
    ['dry-run', 'dry_run'],
  ])('is only recorded in mode %s', async (BOT_MODE, reason) => {
    await begin({ BOT_MODE });
    const sid = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bot.requests).toEqual([]);
    expect((await record(sid))?.finished).toMatchObject({ outcome: 'suppressed', reason });
  });

  it('asks nothing of Twilio in mode dry-run, though it was delivered before', async () => {
    await begin({ BOT_MODE: 'dry-run' });
    await write('one');
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bot.requests).toEqual([]);
  });

  it('that no rule answers is written down with when it came, once', async () => {
    const sid = await write('something else');
    const receivedAt = bot.time.now;
    for (const count of [1, 2]) await bot.deliver(bot.envelope(), count);
    expect(await bot.memory.get({ pk: conversationSid, sk: `onMessageAdded|${sid}` })).toMatchObject({
      version: 1,
      value: { eventType: 'onMessageAdded', receivedAt, finished: { outcome: 'no_rule' } },
    });
  });

  it('reads the participant only for a rule that names it', async () => {
    await write('name');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['hi you']);
    expect(bot.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('reads no participant where the message has none, or where a rule names the conversation alone', async () => {
    await write('name');
    await bot.deliver(bot.envelope().replace(/"ParticipantSid":"MB\w+",?/, ''));
    expect(bodies()).toEqual(['hi you']);
    const text = '{{ conversation.friendly_name | default: "here" }}';
    bot.deploy(
      book(`version: 1\nrules: [{ id: where, when: { keyword: where }, then: { text: '${text}' } }]\n`),
    );
    await write('where');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['hi you', 'here']);
    expect(bot.requests.filter(({ path }) => path.includes('/Participants'))).toEqual([]);
  });

  it('says what is read of the participant', async () => {
    const attributes = '{"name":"Kim"}';
    await bot.service.customer.join({ conversationSid, identity: 'kim', attributes });
    await write('name', 'kim');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['hi Kim']);
  });

  it('keeps BOT_WEBHOOK_ENABLED=true from making a loop: its echo is suppressed', async () => {
    await begin({ BOT_WEBHOOK_ENABLED: 'true' });
    await write('one');
    await bot.deliver(bot.envelope());
    await bot.service.idle();
    expect(bot.creates()[0]?.headers['x-twilio-webhook-enabled']).toBe('true');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bodies()).toEqual(['only']);
    const echo = await record(String(replies()[0]?.['sid']));
    expect(echo?.finished).toMatchObject({ outcome: 'suppressed', reason: 'own_author' });
  });
});

describe('people of the business', () => {
  it.each(['agent-ana', '*-ana', 'agent-*', 'ag*-a*a', `RL${'0'.repeat(32)}, agent-ana`])(
    'named by AGENTS=%s are not answered',
    async (AGENTS) => {
      await begin({ AGENTS });
      await bot.service.customer.join({ conversationSid, identity: 'agent-ana' });
      const sid = await write('one', 'agent-ana');
      await bot.deliver(bot.envelope());
      expect(replies()).toEqual([]);
      expect((await record(sid))?.finished).toMatchObject({
        outcome: 'suppressed',
        reason: 'not_a_customer',
      });
    },
  );

  it.each(['agent', 'agent-', '*agent', 'gent*', 'agent-ana-*-x', ''])(
    'are not made of those whom AGENTS=%s does not name',
    async (AGENTS) => {
      await begin({ AGENTS });
      await bot.service.customer.join({ conversationSid, identity: 'agent-ana' });
      await write('one', 'agent-ana');
      await bot.deliver(bot.envelope());
      expect(bodies()).toEqual(['only']);
    },
  );

  it('are not welcomed as customers when they join', async () => {
    const greeting = `${RULES}  - { id: joined, when: { event: onParticipantAdded }, then: { text: welcome } }\n`;
    for (const [AGENTS, said] of [
      ['agent-*', []],
      ['boss', ['welcome']],
    ] as const) {
      await begin({ AGENTS });
      bot.deploy(book(greeting));
      await bot.service.customer.join({ conversationSid, identity: 'agent-ana' });
      await bot.service.idle();
      expect(await bot.deliver(bot.envelope())).toBe(true);
      expect(bodies()).toEqual(said);
    }
  });

  it('by role, of whom a rule asks as well, are read once', async () => {
    await begin({ AGENTS: `RL${'f'.repeat(32)}` });
    await bot.service.customer.join({ conversationSid, identity: 'kim' });
    await write('name', 'kim');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['hi you']);
    expect(bot.requests.filter(({ path }) => path.includes('/Participants/'))).toHaveLength(1);
  });

  it('may be told by their role, which is read from Twilio', async () => {
    await begin({ AGENTS: `RL${'f'.repeat(32)}` });
    bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (!request.path.includes('/Participants/')) return response;
      return {
        ...response,
        body: JSON.stringify({ ...JSON.parse(response.body), role_sid: `RL${'f'.repeat(32)}` }),
      };
    };
    await bot.service.customer.join({ conversationSid, identity: 'ana' });
    for (const body of ['one', 'again']) {
      const sid = await write(body, 'ana');
      await bot.deliver(bot.envelope());
      expect((await record(sid))?.finished).toMatchObject({ reason: 'not_a_customer' });
    }
    expect(replies()).toEqual([]);
    expect(bot.requests.filter(({ path }) => path.includes('/Participants/'))).toHaveLength(1);
  });

  it('may be those whose participant Twilio does not show yet, which is waited for four times', async () => {
    await begin({ AGENTS: `RL${'f'.repeat(32)}` });
    await bot.service.customer.join({ conversationSid, identity: 'kim' });
    await write('one', 'kim');
    const missing = { status: 404, headers: { 'content-type': 'application/json' }, body: '{"code":20404}' };
    bot.hooks.exchange = async (request, pass) =>
      request.path.includes('/Participants/') ? missing : pass();
    for (let count = 1; count <= 4; count += 1) expect(await bot.deliver(bot.envelope(), count)).toBe(false);
    expect(bot.postponed).toEqual([2, 2, 2, 2]);
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ reply_retried: 1, reason: 'read_lags' }));
    expect(await bot.deliver(bot.envelope(), 5)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });
});

describe('an ambiguous send', () => {
  it('that took effect is found within the invocation and not sent again', async () => {
    onPost(1, async (_, pass) => {
      await pass();
      return fail(true);
    });
    const sid = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bodies()).toEqual(['only']);
    expect((await record(sid))?.finished?.outcome).toBe('replied');
  });

  it.each([
    [
      'HTTP 500',
      async () => ({ status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":20500}' }),
    ],
    ['a lost connection', () => fail(true)],
    ['an unreadable 201', async () => ({ status: 201, headers: {}, body: '<html>' })],
  ] as [string, Exchange][])(
    'by %s that took no effect is sent again only after the settle time',
    async (_, how) => {
      onPost(1, how);
      await write('one');
      const started = bot.time.now;
      expect(await bot.deliver(bot.envelope())).toBe(false);
      expect(bot.creates()).toHaveLength(1);
      // 45 s, four for clocks and lists, of which ten went by while it was looked for, and two to be late enough.
      expect(bot.postponed).toEqual([41]);

      bot.time.now = started + 48_000;
      expect(await bot.deliver(bot.envelope(), 2)).toBe(false);
      expect(bot.creates()).toHaveLength(1);
      expect(bot.postponed.at(-1)).toBe(3);

      bot.time.now = started + 49_000;
      expect(await bot.deliver(bot.envelope(), 3)).toBe(true);
      expect(bodies()).toEqual(['only']);
    },
  );

  it('that takes effect late, within the settle time, is found and not sent again', async () => {
    let late: (() => Promise<unknown>) | undefined;
    onPost(1, (_, pass) => {
      late = pass;
      return fail(true);
    });
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    bot.time.now += 30_000;
    await late?.();
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });

  it('that takes effect later than anybody promised is detected and counted', async () => {
    let late: (() => Promise<unknown>) | undefined;
    onPost(1, (_, pass) => {
      late = pass;
      return fail(true);
    });
    await write('one');
    await bot.deliver(bot.envelope());
    bot.time.now += 46_000;
    onPost(1, async (_, pass) => {
      await late?.();
      return pass();
    });
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bodies()).toEqual(['only', 'only']);
    expect(bot.log.lines.filter((line) => 'duplicate_detected' in line)).toHaveLength(1);
    // Cause: whoever saw it as it was sent did not say so to whoever read the conversation next, and both counted it.
    await write('two');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bot.log.lines.filter((line) => 'duplicate_detected' in line)).toHaveLength(1);
  });

  it('is counted at the next message when its first POST takes effect after all was over', async () => {
    let late: (() => Promise<unknown>) | undefined;
    onPost(1, (_, pass) => {
      late = pass;
      return fail(true);
    });
    await write('one');
    await bot.deliver(bot.envelope());
    bot.time.now += 46_000;
    bot.hooks.exchange = (_, pass) => pass();
    await bot.deliver(bot.envelope(), 2);
    await late?.();
    expect(bot.log.lines.filter((line) => 'duplicate_detected' in line)).toHaveLength(0);
    await write('two');
    await bot.deliver(bot.envelope());
    expect(bot.log.lines.filter((line) => 'duplicate_detected' in line)).toHaveLength(1);
  });

  it('takes a marker only from the bot itself: a customer cannot suppress a reply with it', async () => {
    onPost(1, () => fail(true));
    const sid = await write('one');
    const envelope = bot.envelope();
    await bot.deliver(envelope);
    await bot.service.customer.write({
      conversationSid,
      body: 'x',
      attributes: JSON.stringify({ parley: { v: 1, in_reply_to: sid, part: '1/1' } }),
    });
    bot.time.now += 45_000;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });
});

describe('a send that provably did not happen', () => {
  it('is tried again at once by the client, and no list is asked', async () => {
    onPost(1, () => fail(false));
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bot.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  it('goes back to the queue when it lasts, as waiting, and is sent without a settle time', async () => {
    bot.hooks.exchange = (request, pass) => (isPost(request) ? fail(false) : pass());
    const sid = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect((await record(sid))?.parts).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    bot.hooks.exchange = (_, pass) => pass();
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });

  const busy: Exchange = async (request, pass) =>
    isPost(request)
      ? {
          status: 429,
          headers: { 'content-type': 'application/json', 'retry-after': '90' },
          body: '{"code":20429}',
        }
      : pass();

  it('waits as long as Retry-After says', async () => {
    bot.hooks.exchange = busy;
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(bot.postponed).toEqual([90]);
  });

  // The queue could not put the message off, and handed it out when its visibility had ended.
  it('waits as long as Retry-After says when it is delivered before', async () => {
    bot.hooks.exchange = busy;
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    bot.hooks.exchange = (_, pass) => pass();
    bot.time.now += 30_000;
    expect(await bot.deliver(bot.envelope(), 2)).toBe(false);
    expect(bot.creates()).toHaveLength(1);
    expect(bot.postponed).toEqual([90, 60]);
    bot.time.now += 60_000;
    expect(await bot.deliver(bot.envelope(), 3)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });

  // Seed 205460: the wait was forgotten with the write, and the POST came again at once.
  it('waits as long as Retry-After says when the table fails at that moment', async () => {
    bot.hooks.exchange = busy;
    await write('one');
    const { put } = bot.memory;
    let puts = 0;
    bot.hooks.store.put = async (...item) => {
      if (item[0].sk.startsWith('onMessageAdded')) puts += 1;
      if (puts === 2) throw new AwsError('DynamoDB PutItem', new Error());
      return put(...item);
    };
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(puts).toBe(2);
    expect(bot.postponed).toEqual([90]);
  });
});

describe('a reply that Twilio refuses', () => {
  it('is set aside with Twilio’s code and not tried again', async () => {
    onPost(1, async () => ({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: '{"code":50377,"message":"closed","status":400}',
    }));
    const sid = await write('two');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await record(sid))?.finished).toMatchObject({ outcome: 'quarantined', reason: 'rejected:50377' });
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bot.creates()).toHaveLength(1);
  });

  it('because a rule made it too long is tried five times, for a fixed rule, then set aside', async () => {
    const sid = await write(`echo ${'x'.repeat(1_000)}`);
    for (let receives = 1; receives <= 4; receives += 1) {
      expect(await bot.deliver(bot.envelope(), receives)).toBe(false);
    }
    expect(await record(sid)).toBeUndefined();
    expect(await bot.deliver(bot.envelope(), 5)).toBe(true);
    expect(await record(sid)).toMatchObject({
      rule: 'echo',
      finished: { outcome: 'quarantined', reason: 'text_too_long' },
    });
    await write('one');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['only']);
  });
});

describe('a plan of two parts', () => {
  it('is sent in order', async () => {
    await write('two');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bodies()).toEqual(['first', 'second']);
  });

  it('goes on at the part that is missing', async () => {
    onPost(2, () => fail(true));
    await write('two');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    bot.time.now += 45_000;
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bodies()).toEqual(['first', 'second']);
  });

  it('is the one that was decided first, whatever the rules say by then', async () => {
    onPost(2, () => fail(true));
    await write('two');
    await bot.deliver(bot.envelope());
    bot.deploy(book(RULES.replace('second', 'SECOND')));
    bot.time.now += 45_000;
    await bot.deliver(bot.envelope(), 2);
    expect(bodies()).toEqual(['first', 'second']);
  });
});

describe('the record', () => {
  it('that cannot be written keeps the reply from being sent', async () => {
    await write('one');
    bot.hooks.store.put = () => Promise.reject(new Error('table'));
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(bot.requests).toEqual([]);
  });

  it('that cannot be written after the send only costs a look', async () => {
    await write('one');
    let puts = 0;
    bot.hooks.store.put = (key, item, expected) => {
      puts += 1;
      return puts === 2 ? Promise.reject(new Error('table')) : bot.memory.put(key, item, expected);
    };
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bodies()).toEqual(['only']);
    expect(bot.creates()).toHaveLength(1);
  });

  it('lets one of two at work on the same message send, and fences the other', async () => {
    await write('one');
    const results = await Promise.all([bot.deliver(bot.envelope()), bot.deliver(bot.envelope())]);
    expect(results.filter((done) => done)).toHaveLength(1);
    expect(bodies()).toEqual(['only']);
  });

  it('of a newer version is left alone, and the message stays on the queue', async () => {
    const sid = await write('one');
    const key = { pk: conversationSid, sk: `onMessageAdded|${sid}` };
    const newer = { version: 7, expiresAt: 4e9, value: { v: 4, parts: 'of another shape' } };
    await bot.memory.put(key, newer, undefined);
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(await bot.memory.get(key)).toEqual(newer);
    expect(bot.postponed).toEqual([60]);
    expect(bot.requests).toEqual([]);
  });
});

describe('time', () => {
  it('that is too short for a POST starts none', async () => {
    await write('one');
    bot.time.remainingMs = 9_999;
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(bot.requests).toEqual([]);
    bot.time.remainingMs = 10_000;
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
  });

  it('lost between the record and the POST gives the part back instead of sending it late', async () => {
    const sid = await write('one');
    bot.hooks.store.put = async (key, item, expected) => {
      const done = await bot.memory.put(key, item, expected);
      if (key.sk.startsWith('onMessageAdded') && expected === undefined) bot.time.now += 8_000;
      return done;
    };
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(bot.requests).toEqual([]);
    expect((await record(sid))?.parts[0]?.state).toBe('waiting');
  });

  it('is not spent on a Twilio that is down: after five failures nothing is sent for half a minute', async () => {
    bot.hooks.exchange = () => fail(false);
    await write('one');
    for (let i = 1; i <= 5; i += 1) await bot.deliver(bot.envelope(), i);
    const before = bot.requests.length;
    expect(await bot.deliver(bot.envelope(), 6)).toBe(false);
    expect(bot.requests).toHaveLength(before);
    expect(bot.postponed.at(-1)).toBeGreaterThan(20);
  });
});

describe('order', () => {
  it('is kept when webhooks come the wrong way round: the earlier message is looked up and answered first', async () => {
    await write('one');
    await write('echo b');
    expect(await bot.deliver(bot.envelope(0))).toBe(true);
    expect(bodies()).toEqual(['only', 'bb']);
    expect(await bot.deliver(bot.envelope(1))).toBe(true);
    expect(bodies()).toEqual(['only', 'bb']);
  });

  it('waits for a list that does not show the message yet', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    await write('silence');
    bot.time.now += 60_001;
    await write('echo c');
    bot.service.faults.arm({ kind: 'stale-list', lagMs: 1_000, times: 1, share: 1 });
    expect(await bot.deliver(bot.envelope())).toBe(false);
    bot.time.now += 2_000;
    expect(await bot.deliver(bot.envelope(), 2)).toBe(true);
    expect(bodies()).toEqual(['only', 'cc']);
  });

  it('asks no list as long as the conversation has no gap', async () => {
    for (const body of ['one', 'echo b', 'two', 'echo c']) {
      bot.time.now += 10_000;
      await write(body);
      await bot.deliver(bot.envelope());
    }
    expect(bot.requests.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it('does not reach back to what was written before the bot was installed', async () => {
    await bot.memory.put(
      { pk: 'parley', sk: 'since' },
      { version: 1, expiresAt: 4e9, value: { since: bot.time.now + 1_000 } },
      undefined,
    );
    await write('one');
    bot.time.now += 62_000;
    await write('echo b');
    await bot.deliver(bot.envelope());
    expect(bodies()).toEqual(['bb']);
  });
});

describe('messages that waited while Twilio was down', () => {
  const SETTINGS = { REPLIES_PER_MINUTE: '2' };
  const waiting = async (...bodies: readonly string[]) => {
    await begin(SETTINGS);
    for (const body of bodies) await write(body);
    const envelopes = bodies.map((_, at) => bot.envelope(bodies.length - 1 - at));
    bot.time.now += 60_001;
    return envelopes;
  };

  it('wait their turn instead of falling to the budget of a minute', async () => {
    const [a = '', b = '', c = ''] = await waiting('echo a', 'echo b', 'echo c');
    expect([await bot.deliver(a), await bot.deliver(b), await bot.deliver(c)]).toEqual([true, true, false]);
    expect(bot.postponed).toEqual([30]);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ reply_retried: 1, reason: 'catching_up' }),
    );
    bot.time.now += 61_000;
    expect(await bot.deliver(c, 2)).toBe(true);
    expect(bodies()).toEqual(['aa', 'bb', 'cc']);
  });

  // It was dropped, because the budget of its minute had gone to those that had waited.
  it('make a new one wait behind them', async () => {
    for (const envelope of await waiting('echo a', 'echo b')) await bot.deliver(envelope);
    await write('echo new');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(bot.postponed).toEqual([30]);
    bot.time.now += 60_900;
    expect(await bot.deliver(bot.envelope(), 2)).toBe(false);
    bot.time.now += 100;
    expect(await bot.deliver(bot.envelope(), 3)).toBe(true);
    expect(bodies()).toEqual(['aa', 'bb', 'newnew']);
  });

  it('of exactly a minute are not late yet', async () => {
    await begin(SETTINGS);
    for (const body of ['echo a', 'echo b', 'echo c']) await write(body);
    const envelopes = [bot.envelope(2), bot.envelope(1), bot.envelope(0)];
    bot.time.now += 60_000;
    for (const envelope of envelopes) expect(await bot.deliver(envelope)).toBe(true);
    expect(bodies()).toEqual(['aa', 'bb']);
  });
});

describe('a loop', () => {
  it('is bounded by the budget a minute', async () => {
    await begin({ REPLIES_PER_MINUTE: '2' });
    for (const body of ['echo a', 'echo b', 'echo c']) {
      await write(body);
      bot.time.now += 5_000;
      await bot.deliver(bot.envelope());
    }
    expect(bodies()).toEqual(['aa', 'bb']);
  });

  it('of a machine that answers within seconds ends in silence and an alarm', async () => {
    await begin({ REPLIES_PER_MINUTE: '100' });
    for (let i = 0; i < 10; i += 1) {
      bot.time.now += 500;
      await write(`echo ${i}`);
      await bot.deliver(bot.envelope());
    }
    expect(replies()).toHaveLength(6);
    expect(bot.log.lines.filter((line) => 'loop_muted' in line)).toHaveLength(1);
  });

  it('of one text gets three answers', async () => {
    for (let i = 0; i < 5; i += 1) {
      bot.time.now += 20_000;
      await write(i % 2 === 0 ? 'one' : 'One!');
      await bot.deliver(bot.envelope());
    }
    expect(bodies()).toEqual(['only', 'only', 'only']);
  });
});

const NOT_FOUND = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"code":20404,"message":"not found","more_info":"","status":404}',
};

describe('a doubtful webhook', () => {
  it('is good for its SIDs: the text is read from Twilio', async () => {
    await write('one');
    const tampered = bot.envelope(0, true).replace('"one"', '"two"');
    expect(await bot.deliver(tampered)).toBe(true);
    expect(bodies()).toEqual(['only']);
    expect(bot.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('about a message that does not exist is suppressed, once Twilio has had time to show it', async () => {
    const sid = await write('one');
    const envelope = bot.envelope(0, true).replaceAll(sid, `IM${'e'.repeat(32)}`);
    for (let receives = 1; receives <= 4; receives += 1) {
      expect(await bot.deliver(envelope, receives)).toBe(false);
    }
    expect(bot.postponed).toEqual([2, 2, 2, 2]);
    expect(await bot.deliver(envelope, 5)).toBe(true);
    expect(replies()).toEqual([]);
    expect(await record(`IM${'e'.repeat(32)}`)).toMatchObject({
      eventType: 'onMessageAdded',
      receivedAt: openEnvelope(envelope).receivedAt,
      finished: { outcome: 'suppressed', reason: 'gone' },
    });
  });

  it('that is answered is not read again when it is delivered again', async () => {
    await write('one');
    for (const count of [1, 2]) expect(await bot.deliver(bot.envelope(0, true), count)).toBe(true);
    expect(bot.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  // One 404 from a read that lagged had the message recorded as gone for good.
  it('is answered when the read lags behind it', async () => {
    await write('one');
    let lags = true;
    bot.hooks.exchange = (request, pass) => {
      const isRead = request.method === 'GET' && /Messages\/IM/.test(request.path);
      if (!isRead || !lags) return pass();
      lags = false;
      return Promise.resolve(NOT_FOUND);
    };
    expect(await bot.deliver(bot.envelope(0, true))).toBe(false);
    expect(await bot.deliver(bot.envelope(0, true), 2)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });
});

describe('a message whose webhook names no service', () => {
  const SERVICES = { TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` };
  const nameless = () => bot.envelope().replace(new RegExp(`"ChatServiceSid":"${sidSource('IS')}",?`), '');
  const asked = () =>
    bot.requests.filter(({ path }) => new RegExp(`^/v1/Conversations/${sidSource('CH')}$`).test(path));

  it('is answered in the one that Twilio tells, which is asked once a conversation', async () => {
    await begin(SERVICES);
    for (const text of ['one', 'again', 'two']) {
      await write(text);
      expect(nameless()).not.toContain('ChatServiceSid');
      expect(await bot.deliver(nameless())).toBe(true);
    }
    expect(bodies()).toEqual(['only', 'only', 'first', 'second']);
    expect(asked()).toHaveLength(1);
  });

  it('is not asked for when the webhook names it', async () => {
    await begin(SERVICES);
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(asked()).toEqual([]);
  });

  it('is looked for in each service when the account does not know the conversation by its SID alone', async () => {
    await begin(SERVICES);
    await write('one');
    bot.hooks.exchange = (request, pass) => (asked().includes(request) ? Promise.resolve(NOT_FOUND) : pass());
    expect(await bot.deliver(nameless())).toBe(true);
    expect(bodies()).toEqual(['only']);
  });

  it('waits while Twilio does not know the conversation, and is then given up, counted', async () => {
    await begin(SERVICES);
    await write('one');
    const envelope = nameless().replaceAll(conversationSid, `CH${'e'.repeat(32)}`);
    for (let receives = 1; receives <= 4; receives += 1) {
      expect(await bot.deliver(envelope, receives)).toBe(false);
    }
    expect(await bot.deliver(envelope, 5)).toBe(true);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ event_given_up: 1, reason: 'service_unknown' }),
    );
    expect(replies()).toEqual([]);
  });

  const nobodyToAsk = async () => {
    bot.hooks.exchange = (request, pass) =>
      asked().includes(request) ? Promise.resolve({ ...NOT_FOUND, status: 403 }) : pass();
    const done: boolean[] = [];
    for (let count = 1; count <= 5; count += 1) done.push(await bot.deliver(nameless(), count));
    expect(done).toEqual([false, false, false, false, true]);
  };

  it('is set aside when Twilio does not let it be asked for, with what it was and when it came', async () => {
    await begin(SERVICES);
    const sid = await write('one');
    const receivedAt = bot.time.now;
    await nobodyToAsk();
    expect(await record(sid)).toMatchObject({
      eventType: 'onMessageAdded',
      receivedAt,
      finished: { outcome: 'quarantined' },
    });
  });

  it('keeps the outcome that it has, when Twilio does not let it be asked for any more', async () => {
    await begin(SERVICES);
    const sid = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    await nobodyToAsk();
    expect((await record(sid))?.finished?.outcome).toBe('replied');
  });

  it('is given up when the service is another deployment’s', async () => {
    await begin({ TWILIO_CHAT_SERVICE_SID: `IS${'7'.repeat(32)},IS${'8'.repeat(32)}` });
    await write('one');
    expect(await bot.deliver(nameless())).toBe(true);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ event_given_up: 1, reason: 'foreign_service' }),
    );
    expect(replies()).toEqual([]);
  });
});

describe('a queue message that is not an envelope', () => {
  it('is tried five times, then given up, so that its conversation moves on', async () => {
    for (let receives = 1; receives <= 4; receives += 1) {
      expect(await bot.deliver('{"v":1}', receives)).toBe(false);
    }
    expect(await bot.deliver('{"v":1}', 5)).toBe(true);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ event_given_up: 1, reason: 'envelope_invalid' }),
    );
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'a queue message was given up',
        code: 'envelope_invalid',
      }),
    );
  });

  it('of a newer version stays, however often it comes', async () => {
    expect(await bot.deliver('{"v":3}', 50)).toBe(false);
  });
});

describe('what the table holds', () => {
  const keyOf = (sid: string) => ({ pk: conversationSid, sk: `onMessageAdded|${sid}` });

  it('is read once where nothing was missed in a gap', async () => {
    await bot.service.customer.join({ conversationSid, identity: 'parley' });
    await write('said by the bot itself', 'parley');
    const sid = await write('one');
    const read: string[] = [];
    bot.hooks.store.get = (key) => {
      read.push(key.sk);
      return bot.memory.get(key);
    };
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(bodies()).toEqual(['said by the bot itself', 'only']);
    expect(read.filter((sk) => sk === 'conversation' || sk === keyOf(sid).sk)).toHaveLength(2);
  });

  it('is not written again where what a handler returned is kept and could not be sent', async () => {
    const rules = book(
      'version: 1\nrules: [{ id: ask, when: { keyword: ask }, then: { call: look, else: { text: No. } } }]\n',
    );
    bot.deploy(rules, { look: async () => [text('yes')] });
    const sid = await write('ask');
    const puts: string[] = [];
    bot.hooks.store.put = (key, item, expected) => {
      if (key.sk === keyOf(sid).sk) puts.push('put');
      return bot.memory.put(key, item, expected);
    };
    bot.hooks.exchange = async () => ({ status: 429, headers: { 'retry-after': '90' }, body: '' });
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect((await record(sid))?.called).toMatchObject([{ handler: 'look', ended: 'returned' }]);
    puts.length = 0;
    expect(await bot.deliver(bot.envelope(), 2)).toBe(false);
    expect(puts).toEqual([]);
  });

  it('says where to look for a message that fails, from its second delivery on', async () => {
    await write('one');
    bot.hooks.exchange = () => fail(false);
    const active = () => bot.memory.items().filter(([{ pk }]) => pk.startsWith('active|'));
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(active()).toEqual([]);
    expect(await bot.deliver(bot.envelope(), 2)).toBe(false);
    expect(active().map(([{ sk }]) => sk)).toEqual([conversationSid]);
  });

  it('and breaks the noting each time does not bring a message back for ever, and its outcome is counted', async () => {
    const value = { ...NEW_CONVERSATION, own: null };
    await bot.memory.put(conversationKey(conversationSid), { version: 1, expiresAt: 4e9, value }, undefined);
    const sid = await write('silence');
    const done: boolean[] = [];
    for (let count = 1; count <= 5; count += 1) done.push(await bot.deliver(bot.envelope(), count));
    expect(done).toEqual([false, false, false, false, true]);
    expect((await record(sid))?.finished?.reason).toBe('ignored');
    expect(bot.log.lines.filter((line) => 'outcome_suppressed' in line)).toHaveLength(1);
  });
});

describe('a message that is decided anew', () => {
  // It was set aside by a version that did not wait: what it sent may not be shown yet.
  it('waits until what may have been sent of the decision before has settled', async () => {
    const sid = await write('one');
    const origin = { eventType: 'onMessageAdded', receivedAt: bot.time.now };
    const sending = startPart(planRecord(origin, 'one', [{ kind: 'text', Body: 'only' }]), 0, bot.time.now);
    const value = finish(sending, { outcome: 'quarantined', reason: 'rejected', at: bot.time.now });
    const key = { pk: conversationSid, sk: `onMessageAdded|${sid}` };
    await bot.memory.put(key, { version: 1, expiresAt: 4e9, value }, undefined);
    const order = { replay: 'r1', answerUntil: bot.time.now + 3_600_000 };
    const { body } = replay(openEnvelope(bot.envelope()).event as MessageAdded, order, bot.time.now);
    expect(await bot.deliver(body)).toBe(false);
    expect(bot.postponed).toEqual([51]);
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ reply_retried: 1, reason: 'settling' }));
    bot.time.now += 51_000;
    expect(await bot.deliver(body, 2)).toBe(true);
    expect(bodies()).toEqual(['only']);
  });
});
