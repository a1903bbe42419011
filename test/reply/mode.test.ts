import { beforeEach, describe, expect, it } from 'vitest';
import type { Mode } from '../../lib/guards/guard.ts';
import { muteConversation } from '../../lib/record/by-hand.ts';
import { MODE_KEY } from '../../lib/record/keys.ts';
import { saveMode } from '../../lib/record/mode.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { type ReplyHarness, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

async function begin(settings: Record<string, string> = {}): Promise<void> {
  bot = await startReply(settings);
  conversationSid = await bot.startConversation();
}
beforeEach(() => begin());

const clock = { now: () => bot.time.now };
const press = (mode: Mode, until?: number) =>
  saveMode(
    { store: bot.memory, clock },
    { mode, reason: 'a test', by: 'ana', ...(until === undefined ? {} : { until }) },
  );
const write = (body: string) => bot.write(conversationSid, body);
const finished = async (sid: string) =>
  (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
const said = () => bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));

/** @returns how a message ended that is written and delivered now. */
async function ends(body: string) {
  const sid = await write(body);
  await bot.deliver(bot.envelope());
  return finished(sid);
}

/** The next POSTs come to nothing, and Twilio says so. */
function refuse(): void {
  bot.hooks.exchange = (request, pass) =>
    request.method === 'POST'
      ? Promise.resolve({ status: 429, headers: { 'retry-after': '1' }, body: '' })
      : pass();
}

/** What is decided of a message that cannot be sent. */
async function planUnsent(body: string): Promise<{ readonly sid: string; readonly envelope: string }> {
  refuse();
  const sid = await write(body);
  const envelope = bot.envelope();
  expect(await bot.deliver(envelope)).toBe(false);
  return { sid, envelope };
}

describe('a mode that is pressed', () => {
  it('holds from the next event on whose reading is five seconds younger', async () => {
    expect(await ends('one')).toMatchObject({ outcome: 'replied' });
    await press('off');
    bot.time.now += 4_999;
    expect(await ends('one')).toMatchObject({ outcome: 'replied' });
    bot.time.now += 1;
    expect(await ends('one')).toMatchObject({ outcome: 'suppressed', reason: 'off' });
    await press('dry-run');
    bot.time.now += 5_000;
    expect(await ends('again')).toMatchObject({ outcome: 'suppressed', reason: 'dry_run' });
    await press('live');
    bot.time.now += 5_000;
    expect(await ends('two')).toMatchObject({ outcome: 'replied' });
  });

  it('is read along with record and conversation, once in five seconds', async () => {
    const read: string[] = [];
    bot.hooks.store.get = (key) => {
      read.push(key.sk);
      return bot.memory.get(key);
    };
    for (const body of ['one', 'two']) await ends(body);
    bot.time.now += 5_000;
    await ends('again');
    expect(read.filter((sk) => sk === MODE_KEY.sk)).toHaveLength(2);
    // Record and conversation of three messages, the mode twice, and once which table it is.
    expect(read).toHaveLength(9);
  });

  it('ends by itself', async () => {
    await press('off', bot.time.now + 3_000);
    expect(await ends('one')).toMatchObject({ reason: 'off' });
    bot.time.now += 3_000;
    expect(await ends('one')).toMatchObject({ outcome: 'replied' });
  });

  it('gives way to a BOT_MODE that is stricter', async () => {
    await begin({ BOT_MODE: 'dry-run' });
    await press('live');
    expect(await ends('one')).toMatchObject({ reason: 'dry_run' });
  });

  it.each([[{ mode: 'of' }], [null]])(
    'counts as off where nobody can read it, and that is logged: %j',
    async (value) => {
      await bot.memory.put(MODE_KEY, { version: 1, expiresAt: 4e9, value }, undefined);
      expect(await ends('one')).toMatchObject({ reason: 'off' });
      expect(bot.log.lines.filter((line) => JSON.stringify(line).includes('cannot be read'))).toHaveLength(1);
    },
  );

  it.each([
    ['off', 'off'],
    ['dry-run', 'dry_run'],
  ] as const)('of %s keeps back what was decided and not sent', async (mode, reason) => {
    const { sid, envelope } = await planUnsent('two');
    await press(mode);
    bot.time.now += 5_000;
    bot.hooks.exchange = (_, pass) => pass();
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await finished(sid)).toMatchObject({ outcome: 'suppressed', reason });
  });

  it('is read again before the first POST where something took long', async () => {
    const sid = await write('one');
    const envelope = bot.envelope();
    bot.time.now += 61_000;
    bot.hooks.exchange = async (_, pass) => {
      bot.time.now += 6_000;
      await press('off');
      return pass();
    };
    expect(await bot.deliver(envelope)).toBe(true);
    expect(await finished(sid)).toMatchObject({ reason: 'off' });
    expect(said()).toEqual([]);
  });

  it('lets no answer begin ten seconds after it was read, where saving takes long', async () => {
    await ends('two');
    const sid = await write('one');
    bot.time.now += 4_000;
    let isSlow = true;
    bot.hooks.store.put = async (key, item, expected) => {
      if (isSlow && key.sk.endsWith(sid)) {
        isSlow = false;
        bot.time.now += 7_000;
        await press('off');
      }
      return bot.memory.put(key, item, expected);
    };
    const envelope = bot.envelope();
    expect(await bot.deliver(envelope)).toBe(false);
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await finished(sid)).toMatchObject({ reason: 'off' });
    expect(said()).toEqual(['first', 'second']);
  });

  it('finishes what was begun', async () => {
    const sid = await write('two');
    bot.hooks.exchange = async (request, pass) => {
      const answer = await pass();
      if (request.body?.includes('first')) throw new ConnectionError('connection_lost', 'x', true);
      return answer;
    };
    bot.time.remainingMs = 10_500;
    const envelope = bot.envelope();
    expect(await bot.deliver(envelope)).toBe(false);
    await press('off');
    bot.time.now += 60_000;
    bot.time.remainingMs = 30_000;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await finished(sid)).toMatchObject({ outcome: 'replied' });
    expect(said()).toEqual(['first', 'second']);
  });

  it('keeps back what might have been sent and was not', async () => {
    const sid = await write('one');
    bot.hooks.exchange = (request, pass) =>
      request.method === 'POST' ? Promise.reject(new ConnectionError('connection_lost', 'x', true)) : pass();
    const envelope = bot.envelope();
    expect(await bot.deliver(envelope)).toBe(false);
    await press('off');
    bot.time.now += 60_000;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await finished(sid)).toMatchObject({ outcome: 'suppressed', reason: 'off' });
    expect(said()).toEqual(['only']);
  });
});

describe('a conversation that an operator mutes', () => {
  const mute = (ms: number) =>
    muteConversation({ store: bot.memory, clock }, conversationSid, bot.time.now + ms);

  it('is not answered, nor is what was decided before and not sent', async () => {
    const { sid, envelope } = await planUnsent('one');
    await mute(60_000);
    bot.hooks.exchange = (_, pass) => pass();
    bot.time.now += 2_000;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await finished(sid)).toMatchObject({ outcome: 'suppressed', reason: 'muted' });
    expect(await ends('two')).toMatchObject({ reason: 'muted' });
    bot.time.now += 60_000;
    expect(await ends('again')).toMatchObject({ outcome: 'replied' });
  });

  it('is answered with what was decided before from the moment in which that ends', async () => {
    const { sid, envelope } = await planUnsent('one');
    await mute(2_000);
    bot.hooks.exchange = (_, pass) => pass();
    bot.time.now += 2_000;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await finished(sid)).toMatchObject({ outcome: 'replied' });
  });

  it('while an answer is given there stays muted when that is noted', async () => {
    await write('one');
    bot.hooks.exchange = async (request, pass) => {
      if (request.method === 'POST') await mute(60_000);
      return pass();
    };
    const envelope = bot.envelope();
    expect(await bot.deliver(envelope)).toBe(false);
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(said()).toEqual(['only']);
    expect(await ends('two')).toMatchObject({ reason: 'muted' });
  });

  // Cause: with an item a conversation was known, so all that had ever been written in it was missed.
  it('before anybody has heard of it has no past to be answered', async () => {
    for (const body of ['one', 'two']) await write(body);
    bot.time.now += 3_600_000 - 1_000;
    await mute(1);
    bot.time.now += 1_000;
    expect(await ends('again')).toMatchObject({ outcome: 'replied' });
    expect(said()).toEqual(['only']);
  });
});
