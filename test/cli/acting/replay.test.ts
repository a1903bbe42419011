import { beforeEach, describe, expect, it } from 'vitest';
import { replayIn } from '../../../cli/commands/replay.ts';
import { muteConversation, unmuteConversation } from '../../../lib/record/by-hand.ts';
import { ItemBusyError } from '../../../lib/record/item-busy-error.ts';
import { saveMode } from '../../../lib/record/mode.ts';
import { seededRandom } from '../../../talks/testing/seeded-random.ts';
import { refusal } from '../../reconcile/scene.ts';
import { type MemoryStage, startMemoryStage } from './memory-stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let at: MemoryStage;
let conversationSid: string;
beforeEach(async () => {
  at = await startMemoryStage();
  conversationSid = await at.bot.startConversation();
  const sleep = async (ms: number) => {
    at.bot.time.now += ms;
    await at.answer();
  };
  at.stage = { ...at.stage, clock: { ...at.stage.clock, sleep } };
});

const said = () => at.bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));
const press = (mode: 'live' | 'off' | 'dry-run') =>
  saveMode({ store: at.bot.memory, clock: at.stage.clock }, { mode, reason: 'a test', by: 'ada' });

async function tell(body: string): Promise<string> {
  const sid = await at.bot.write(conversationSid, body);
  await at.hear(conversationSid, sid);
  await at.answer();
  return sid;
}

/** A message that was too old when it was heard of. */
async function tellLate(body: string): Promise<string> {
  const sid = await at.bot.write(conversationSid, body);
  const late = at.messageOf(conversationSid, sid);
  at.bot.time.now += 2 * HOUR;
  await at.queue.send(late);
  await at.answer();
  return sid;
}

const VALUES = {
  messages: [] as readonly string[],
  since: undefined as ((now: number) => number) | undefined,
  outcome: undefined as readonly string[] | undefined,
  rate: 100,
  answerFor: undefined,
  dryRun: false,
  yes: true,
  reason: 'a test',
  json: false,
};

async function replay(values: Partial<typeof VALUES>) {
  const out: string[] = [];
  const print = (line: string) => out.push(line);
  const status = await replayIn(at.stage, { ...VALUES, ...values }, { cwd: '.', out: print, err: print });
  return { status, out };
}

describe('parley replay', () => {
  it('answers what came while the bot was off, in order and once', async () => {
    await press('off');
    const [one, two] = [await tell('one'), await tell('two')];
    expect(said()).toEqual([]);
    await press('live');
    at.bot.time.now += HOUR;
    const asked = { since: (now: number) => now - 2 * HOUR, outcome: ['suppressed: off'] };
    const { status, out } = await replay(asked);
    expect(out.slice(-2)).toEqual([`${one}: replied`, `${two}: replied`]);
    expect([status, said()]).toEqual([0, ['only', 'first', 'second']]);
    expect((await replay(asked)).out).toEqual(['Nothing to do.']);
  });

  it('says nothing twice and keeps the order, whatever fails on the way', async () => {
    await press('off');
    for (const body of ['echo a', 'echo b', 'echo c']) await tell(body);
    await press('live');
    at.bot.time.now += 2 * MINUTE;
    const random = seededRandom(7);
    const { queue } = at.stage;
    const send: typeof queue.send = async (message) => {
      const draw = random();
      if (draw < 0.3) throw new Error('before');
      await queue.send(message);
      if (draw < 0.6) throw new Error('after');
    };
    const depth = async () => ({ visible: 0, inFlight: 0, delayed: 0 });
    at.stage = { ...at.stage, queue: { send, depth } };
    for (let run = 0; run < 20; run += 1) {
      await replay({ since: () => 0, outcome: ['suppressed: off'] }).catch(() => undefined);
      if (random() < 0.5) await at.answer();
    }
    for (let turn = 0; turn < 5; turn += 1) await at.answer();
    expect([said(), at.queue.size()]).toEqual([['aa', 'bb', 'cc'], 0]);
  });

  it.each([['stale'], ['quarantined']])('takes only what ended so: %s', async (outcome) => {
    const sid = await tellLate('one');
    const { out } = await replay({ since: () => 0, outcome: [outcome] });
    expect(out.at(-1)).toBe(outcome === 'stale' ? `${sid}: replied` : 'Nothing to do.');
  });

  it('says nothing behind a later answer', async () => {
    const sid = await tellLate('one');
    await tell('again');
    const { status, out } = await replay({ messages: [sid] });
    expect(out.at(-1)).toBe(`${sid}: suppressed: overtaken`);
    expect([status, said()]).toEqual([0, ['only']]);
  });

  it('leaves what was answered, and what is in flight, and says so', async () => {
    const answered = await tell('one');
    const { status, out } = await replay({ messages: [answered] });
    expect([status, out]).toEqual([
      1,
      [`${answered} is left: it ended replied, and that stands.`, 'Nothing to do.'],
    ]);
  });

  it('says what was deleted at Twilio meanwhile', async () => {
    const sid = await tellLate('one');
    at.bot.hooks.exchange = async (request, pass) =>
      request.path.includes(sid) ? refusal(404, 20404) : pass();
    const { status, out } = await replay({ messages: [sid] });
    expect([status, out.at(-1)]).toEqual([1, `${sid}: it was deleted at Twilio`]);
  });

  it('says how it ended where another operator had it decided anew first', async () => {
    const sid = await tellLate('one');
    const { queue } = at.stage;
    const send: typeof queue.send = async (message) => {
      at.stage = { ...at.stage, queue, random: () => 0.9 };
      await replay({ messages: [sid] });
      await queue.send(message);
    };
    at.stage = { ...at.stage, queue: { ...queue, send }, random: () => 0.1 };
    const { status, out } = await replay({ messages: [sid] });
    expect([status, out.at(-1), said()]).toEqual([0, `${sid}: replied`, ['only']]);
  });

  it('asks Twilio of no other conversation once it was ended', async () => {
    await tellLate('one');
    const other = await at.bot.startConversation();
    const sid = await at.bot.write(other, 'two');
    const late = at.messageOf(other, sid);
    at.bot.time.now += 2 * HOUR;
    await at.queue.send(late);
    await at.answer();
    const ends = new AbortController();
    const { queue } = at.stage;
    const send: typeof queue.send = async (message) => {
      ends.abort();
      await queue.send(message);
    };
    at.stage = { ...at.stage, queue: { ...queue, send } };
    const before = at.bot.requests.length;
    const out: string[] = [];
    const values = { ...VALUES, since: () => 0, outcome: ['stale'] };
    const status = await replayIn(at.stage, values, {
      cwd: '.',
      out: (line) => out.push(line),
      err: () => undefined,
      cancel: () => ends.signal,
    });
    expect([status, out.at(-1)]).toEqual([
      1,
      'It was ended before it was through. Run it again for the rest.',
    ]);
    const asked = at.bot.requests.slice(before).filter(({ path }) => path.includes('/Messages/IM'));
    expect(asked).toHaveLength(1);
  });

  it('leaves what is in a muted conversation, where it would end as muted for good', async () => {
    await press('off');
    const sid = await tell('one');
    await press('live');
    const ports = { store: at.bot.memory, clock: at.stage.clock };
    await muteConversation(ports, conversationSid, at.bot.time.now + HOUR);
    at.bot.time.now += MINUTE;
    for (const values of [{ messages: [sid] }, { since: () => 0, outcome: ['suppressed: off'] }]) {
      const { status, out } = await replay(values);
      expect([status, out[0]]).toEqual([
        1,
        `${sid} is left: its conversation is muted. Next: npx parley unmute ${conversationSid} --stage local`,
      ]);
    }
    await unmuteConversation(ports, conversationSid);
    expect((await replay({ messages: [sid] })).out.at(-1)).toBe(`${sid}: replied`);
  });

  // It threw what had failed, so that nobody knew of those that were answered.
  it('says which were decided anew, which failed and which were not tried', async () => {
    await press('off');
    const sids = [await tell('one'), await tell('two'), await tell('again')];
    await press('live');
    at.bot.time.now += HOUR;
    const { queue } = at.stage;
    const send: typeof queue.send = async (message) => {
      if (message.deduplicationId.endsWith(sids[1] ?? '')) throw new ItemBusyError('CH1', 'x', 10);
      await queue.send(message);
    };
    at.stage = { ...at.stage, queue: { ...queue, send } };
    const { status, out } = await replay({ since: () => 0, outcome: ['suppressed: off'] });
    const orders = sids.map((sid) => `Decide ${sid} in ${conversationSid} anew (suppressed: off).`);
    expect([status, out]).toEqual([
      1,
      [
        ...orders,
        `${sids[0]}: replied`,
        `Done: ${orders[0]}`,
        expect.stringMatching(/^Failed: Decide IM.* \(suppressed: off\)\. .*CH1/),
        `Not tried: ${orders[2]}`,
      ],
    ]);
    expect(said()).toEqual(['only']);
  });

  it('says what is on the queue where nobody can read what becomes of it', async () => {
    const sid = await tellLate('one');
    const { table, queue } = at.stage;
    let isDown = false;
    const send: typeof queue.send = async (message) => {
      await queue.send(message);
      isDown = true;
    };
    const get: typeof table.get = (key) =>
      isDown ? Promise.reject(new ItemBusyError('CH1', 'x', 10)) : table.get(key);
    at.stage = { ...at.stage, table: { ...table, get }, queue: { ...queue, send } };
    const { status, out } = await replay({ messages: [sid] });
    expect([status, out.slice(-3)]).toEqual([
      1,
      [
        expect.stringMatching(
          new RegExp(
            `^${sid}: not answered yet. Next: npx parley explain ${sid} ${conversationSid} --stage local$`,
          ),
        ),
        expect.stringContaining(`Done: Decide ${sid}`),
        expect.stringContaining('Failed: Wait for what becomes of them. '),
      ],
    ]);
  });

  it('refuses while the bot is off', async () => {
    const sid = await tellLate('one');
    await press('off');
    await expect(replay({ messages: [sid] })).rejects.toThrow('The bot is off');
    expect((await replay({ messages: [sid], dryRun: true })).status).toBe(0);
  });
});
