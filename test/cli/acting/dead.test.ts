import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../../../cli/command.ts';
import { readLetters } from '../../../cli/dead/read-letters.ts';
import { sayFirst } from '../../../cli/dead/say-first.ts';
import type { DeadLetter, MetricQuery } from '../../../cli/stage/stage.ts';
import { saveMode } from '../../../lib/record/mode.ts';
import { seededRandom } from '../../../talks/testing/seeded-random.ts';
import { RULES } from '../../reply/bot-harness.ts';
import { withFolder } from '../support.ts';
import { dropLetters, type Redriving, redriveLetters } from './letters.ts';
import { type MemoryStage, startMemoryStage } from './memory-stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let at: MemoryStage;
let conversationSid: string;
beforeEach(async () => {
  at = await startMemoryStage();
  conversationSid = await at.bot.startConversation();
});

const said = () => at.bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));

/** Writes a message that the queue gives up. @returns its SID */
async function die(body: string): Promise<string> {
  const sid = await at.bot.write(conversationSid, body);
  await at.kill(at.messageOf(conversationSid, sid));
  return sid;
}

const redrive = (values: Redriving = {}, terminal: Partial<Terminal> = {}) =>
  redriveLetters(at.stage, values, terminal);

describe('parley dead redrive', () => {
  it('has what was given up answered, in order, however old it is', async () => {
    await die('one');
    await die('two');
    at.bot.time.now += 30 * HOUR;
    expect(await redrive()).toEqual({
      status: 0,
      out: '{"ended":"done","redriven":2,"unreadable":0,"isWhole":true,"left":0,"unknown":[]}',
    });
    await at.answer();
    expect(said()).toEqual(['only', 'first', 'second']);
  });

  it('leaves a message unanswered once its time is over', async () => {
    await die('one');
    at.bot.time.now += 30 * HOUR;
    await redrive();
    at.bot.time.now += 2 * HOUR;
    await at.answer();
    expect(said()).toEqual([]);
  });

  it('does nothing twice: removing fails after sending, and it is run again at once and later', async () => {
    await die('one');
    const { stage } = at;
    const remove = async () => {
      throw new Error('receipt has expired');
    };
    const depth = async () => ({ visible: 0, inFlight: 0, delayed: 0 });
    const { queue, deadLetters } = stage;
    at.stage = { ...stage, queue: { ...queue, depth }, deadLetters: { ...deadLetters, remove } };
    await expect(redrive()).rejects.toThrow('receipt has expired');
    await expect(redrive()).rejects.toThrow('receipt has expired');
    expect(at.queue.size()).toBe(1);
    await at.answer();
    at.bot.time.now += 10 * MINUTE;
    at.stage = stage;
    await redrive();
    await at.answer();
    expect([said(), at.queue.size(), at.queue.deadLetters]).toEqual([['only'], 0, []]);
  });

  it('loses nothing, says nothing twice and keeps the order, whatever fails on the way', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      at = await startMemoryStage();
      conversationSid = await at.bot.startConversation();
      const words = ['echo a', 'echo b', 'echo c'];
      for (const body of words) await die(body);
      const random = seededRandom(seed);
      /** Fails before or after its effect, or not at all. */
      const faulty = async (act: () => Promise<unknown>) => {
        const draw = random();
        if (draw < 0.2) throw new Error('before');
        await act();
        if (draw < 0.4) throw new Error('after');
      };
      const { queue, deadLetters } = at.stage;
      const depth = async () => ({ visible: 0, inFlight: 0, delayed: 0 });
      at.stage = {
        ...at.stage,
        queue: { depth, send: (message) => faulty(() => queue.send(message)) },
        deadLetters: { ...deadLetters, remove: (letter) => faulty(() => deadLetters.remove(letter)) },
      };
      for (let run = 0; run < 40 && at.queue.deadLetters.length > 0; run += 1) {
        await redrive({ rate: 2 }).catch(() => undefined);
        if (random() < 0.5) await at.answer();
        at.bot.time.now += random() * 10 * MINUTE;
      }
      for (let turn = 0; turn < 5; turn += 1) await at.answer();
      expect([seed, said(), at.queue.size()]).toEqual([seed, ['aa', 'bb', 'cc'], 0]);
    }
  });

  it('asks for all of them, those that SQS does not show yet among them', async () => {
    await die('one');
    const count = async () => 30;
    at.stage = { ...at.stage, deadLetters: { ...at.stage.deadLetters, count } };
    await expect(redrive({ yes: false })).rejects.toThrow('--yes');
  });

  it('keeps a letter that the queue does not take', async () => {
    await die('one');
    const refusing = { ...at.stage.queue, send: () => Promise.reject(new Error('SQS is down')) };
    at.stage = { ...at.stage, queue: refusing };
    await expect(redrive()).rejects.toThrow('SQS is down');
    expect(at.queue.deadLetters).toHaveLength(1);
  });

  it('takes only what is asked for, and gives back the rest', async () => {
    const [one, two] = [await die('one'), await die('two')];
    const released: string[] = [];
    const release = async ({ id }: DeadLetter) => void released.push(id);
    at.stage = { ...at.stage, deadLetters: { ...at.stage.deadLetters, release } };
    await redrive({ which: [two] });
    expect(at.queue.deadLetters.map(({ deduplicationId }) => deduplicationId)).toEqual([
      `onMessageAdded|${one}`,
    ]);
    expect(released).toContain(at.queue.deadLetters[0]?.id);
  });

  it('sends no faster than it is told, and ends in good order', async () => {
    for (const body of ['one', 'two', 'again']) await die(body);
    const ends = new AbortController();
    const { clock } = at.stage;
    const sleep = async (ms: number) => {
      expect(ms).toBe(500);
      at.bot.time.now += ms;
      if (at.queue.deadLetters.length === 1) ends.abort();
    };
    at.stage = { ...at.stage, clock: { ...clock, sleep } };
    const ran = await redrive({ rate: 2 }, { cancel: () => ends.signal });
    expect(ran).toEqual({
      status: 1,
      out: '{"ended":"done","redriven":2,"unreadable":0,"isWhole":false,"left":1,"unknown":[]}',
    });
  });

  it('names what nobody could answer, and leaves it', async () => {
    await at.kill({ groupId: conversationSid, deduplicationId: 'x', body: '{"v":99}' });
    expect(await redrive()).toEqual({
      status: 1,
      out: '{"ended":"done","redriven":0,"unreadable":1,"isWhole":true,"left":1,"unknown":[]}',
    });
  });

  describe('refuses', () => {
    const metrics = (counts: Readonly<Record<string, number>>) => ({
      read: async (queries: readonly MetricQuery[]) =>
        queries.map(({ metric }) => [{ at: 0, value: counts[metric] ?? 0 }]),
    });

    it('while the bot is off', async () => {
      await die('one');
      const ports = { store: at.bot.memory, clock: at.stage.clock };
      await saveMode(ports, { mode: 'off', reason: 'prices', by: 'ada' });
      await expect(redrive()).rejects.toThrow('The bot is off');
      expect(JSON.parse((await redrive({ dryRun: true })).out)).toMatchObject({ ended: 'dry_run' });
    });

    it('while messages wait and none comes to an outcome', async () => {
      await die('one');
      await at.hear(conversationSid, await at.bot.write(conversationSid, 'again'));
      await expect(redrive()).rejects.toThrow('messages wait on the queue, and none came to an outcome');
    });

    it('while most are set aside', async () => {
      await die('one');
      at.stage = { ...at.stage, metrics: metrics({ outcome_replied: 2, outcome_quarantined: 3 }) };
      await expect(redrive()).rejects.toThrow('3 of 5 messages were set aside');
      expect(at.queue.deadLetters).toHaveLength(1);
    });
  });
});

describe('parley dead drop', () => {
  it('gives a message up for good: the reconciler does not find it, and what follows is answered', async () => {
    const dropped = await die('one');
    const { status } = await dropLetters(at.stage, [dropped]);
    expect([status, at.queue.deadLetters]).toEqual([0, []]);
    at.bot.time.now += 13 * HOUR;
    expect(await at.stage.reconcile({ look: 'everywhere' })).toMatchObject({ found: 0 });
    await at.hear(conversationSid, await at.bot.write(conversationSid, 'again'));
    await at.answer();
    expect(said()).toEqual(['only']);
    const record = await at.bot.record({ pk: conversationSid, sk: `onMessageAdded|${dropped}` });
    expect(record?.finished).toMatchObject({ outcome: 'suppressed', reason: 'dropped' });
  });
});

describe('what a dead letter would say first', () => {
  const first = () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'bot'));
      await writeFile(join(folder, 'bot/rules.yaml'), RULES);
      const [letter] = await readLetters(at.stage);
      if (letter === undefined) throw new Error('no letter');
      return sayFirst(at.stage, letter, folder);
    });

  it('is what the rules here say, where nothing was decided', async () => {
    await die('two');
    expect(await first()).toMatchObject({
      says: 'rule two would answer with text, text, by bot/rules.yaml.',
      texts: ['wrote: two', 'would say: first', 'would say: second'],
    });
  });

  it('is the rest of an answer that was begun', async () => {
    const sid = await at.bot.write(conversationSid, 'two');
    const message = at.messageOf(conversationSid, sid);
    at.bot.hooks.exchange = async (request, pass) =>
      request.method === 'POST' ? { status: 429, headers: {}, body: '{"code":20429}' } : pass();
    await at.bot.deliver(message.body);
    await at.kill(message);
    expect(await first()).toMatchObject({
      says: 'rule two, 0 of 2 parts sent, 1 failure of its own: redriven, the rest of it is sent.',
    });
  });

  it.each([['muted', { mutedUntil: Number.MAX_SAFE_INTEGER }, 'nothing: its conversation is muted.']])(
    'is nothing where its conversation is %s',
    async (_, held, says) => {
      await at.hear(conversationSid, await at.bot.write(conversationSid, 'one'));
      await at.answer();
      const key = { pk: conversationSid, sk: 'conversation' };
      const stored = await at.bot.memory.get<object>(key);
      if (stored === undefined) throw new Error('nothing noted');
      const { version, value } = stored;
      await at.bot.memory.put(
        key,
        { ...stored, version: version + 1, value: { ...value, ...held } },
        version,
      );
      await die('again');
      expect(await first()).toMatchObject({ says });
    },
  );
});
