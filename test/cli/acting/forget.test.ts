import { beforeEach, describe, expect, it } from 'vitest';
import { forgetIn } from '../../../cli/commands/forget.ts';
import { listAudits } from '../../../cli/stage/audit.ts';
import { withReadableItems } from '../../../cli/stage/check-item.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { spoolingQueue } from '../../../lib/queue/spool.ts';
import type { ConversationRecord } from '../../../lib/record/conversation.ts';
import { ItemBusyError } from '../../../lib/record/item-busy-error.ts';
import { refusal } from '../../reconcile/scene.ts';
import { book } from '../../reply/bot-harness.ts';
import { type MemoryStage, startMemoryStage } from './memory-stage.ts';

const HOUR = 3_600_000;
const ADDRESS = '+15550777';
/** What only this person has: no item may hold any of it. */
const CANARIES = /15550777|canary|ROSES/i;

const RULES = `version: 1
rules:
  - id: name
    when: { pattern: '^i am (?<name>.{1,100})$' }
    then: [{ remember: { name: '{{ match.name }}' } }, { text: 'Hello {{ match.name }}.' }]
  - id: ask
    when: { keyword: order }
    then: { text: Which number?, wait: 1d }
  - id: answer
    when: { after: ask, answer: text }
    then: [{ remember: { order: '{{ answer }}' } }, { text: 'Order {{ answer }}.' }]
  - id: who
    when: { keyword: who }
    then: { text: 'You are {{ remembered.name | default: "nobody" }}.' }
otherwise: { text: 'Sorry, {{ text | default: "you" }}?' }
`;

let at: MemoryStage;
let conversationSid: string;

beforeEach(async () => {
  at = await startMemoryStage();
  at.bot.deploy(book(RULES));
  const { conversation } = await at.bot.service.customer.startConversation({
    channel: 'sms',
    author: ADDRESS,
  });
  conversationSid = String(conversation['sid']);
});

const write = (body: string) => at.bot.write(conversationSid, body);
const said = () => at.bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));

async function tell(body: string): Promise<void> {
  await at.hear(conversationSid, await write(body));
  await at.answer();
}

/** Everything that the bot keeps and carries. */
async function kept(): Promise<string> {
  const scanned: unknown[] = [];
  for await (const item of at.stage.table.scan()) scanned.push(item);
  return JSON.stringify([scanned, at.queue.deadLetters]);
}

async function forget(who: string, stage: Stage = at.stage) {
  const out: string[] = [];
  const values = { who: [who], dryRun: false, yes: true, reason: 'a request', json: false };
  const write = (line: string) => out.push(line);
  const status = await forgetIn(stage, values, { cwd: '.', out: write, err: write });
  return { status, out: out.join('\n') };
}

/** A memory, an open question, records, a failed answer, and a message each in the spool, the queue and the dead letters. */
async function plant(): Promise<void> {
  await tell('i am Canary Roses');
  await tell('order');
  at.bot.hooks.exchange = async (request, pass) =>
    request.method === 'POST' ? { status: 503, headers: {}, body: '{"code":20503}' } : pass();
  await tell('canary in flight');
  at.bot.hooks.exchange = (_, pass) => pass();
  const refusing = { send: () => Promise.reject(new Error('SQS')) };
  const log = { count: () => undefined };
  const ports = { store: at.bot.memory, clock: at.stage.clock, queue: refusing, log };
  await spoolingQueue(ports).send(at.messageOf(conversationSid, await write('canary in the spool')));
  const dead = at.messageOf(conversationSid, await write('canary among the dead'));
  const apart = await startMemoryStage();
  await apart.kill(dead);
  const letters = [...apart.queue.deadLetters];
  at.stage = {
    ...at.stage,
    deadLetters: {
      ...at.stage.deadLetters,
      read: async () => letters.map((letter) => ({ ...letter, handle: '' })),
      remove: async ({ id }) =>
        void letters.splice(
          letters.findIndex((letter) => letter.id === id),
          1,
        ),
    },
  };
  await at.hear(conversationSid, await write('canary on the queue'));
}

describe('parley forget', () => {
  it('leaves nothing of a person in table, spool and dead letters, nor on the queue once it is delivered', async () => {
    await plant();
    expect(await kept()).toMatch(CANARIES);
    const { status, out } = await forget(ADDRESS);
    expect(status).toBe(0);
    expect(out).not.toMatch(CANARIES);
    expect(out).toContain(`${conversationSid}: `);
    expect(await kept()).not.toMatch(CANARIES);
    expect(await at.stage.deadLetters.read(10)).toEqual([]);
    const before = said();
    for (let hour = 0; hour < 2; hour += 1) {
      at.bot.time.now += HOUR;
      await at.answer();
    }
    expect(at.queue.size()).toBe(0);
    expect(said()).toEqual(before);
    expect(await kept()).not.toMatch(CANARIES);
  });

  it('says that the queue cannot be looked into while something waits there', async () => {
    await plant();
    expect((await forget(conversationSid)).out).toContain(
      'The queue has 2 messages, and whose is not to be seen.',
    );
  });

  it('names what is on the queue of somebody of whom the table knows nothing yet', async () => {
    await at.hear(conversationSid, await write('canary on the queue'));
    expect((await forget(ADDRESS)).out).toContain('The queue has 1 message, and whose is not to be seen.');
  });

  it('says that some is left where something is written each time, and ends with 1', async () => {
    await tell('i am Canary Roses');
    const sleep = async () => undefined;
    const depth = async () => {
      await at.bot.memory.put(
        { pk: conversationSid, sk: `found|${at.bot.time.now}` },
        { version: 1, expiresAt: 4e9, value: {} },
        undefined,
      );
      at.bot.time.now += 1;
      return { visible: 0, inFlight: 0, delayed: 0 };
    };
    const { queue, clock } = at.stage;
    const stage = { ...at.stage, clock: { ...clock, sleep }, queue: { ...queue, depth } };
    const { status, out } = await forget(conversationSid, stage);
    expect([status, out]).toEqual([1, expect.stringContaining('so some of it is left: run this again.')]);
  });

  // Its last step read the item before it wrote over it, and refused what it could not read.
  it.each(['gone', { v: 1, at: 'canary' }, null])(
    'forgets a conversation whose item is damaged, and says so: %j',
    async (value) => {
      await plant();
      const key = { pk: conversationSid, sk: 'conversation' };
      const before = await at.bot.memory.get(key);
      if (before === undefined) throw new Error('nothing noted');
      await at.bot.memory.put(key, { ...before, version: before.version + 1, value }, before.version);
      const stage = { ...at.stage, table: withReadableItems(at.stage.table) };
      const { status, out } = await forget(conversationSid, stage);
      expect([status, out]).toEqual([
        0,
        expect.stringMatching(/: \d+ items erased, of which 1 could not be read\.$/m),
      ]);
      expect(await kept()).not.toMatch(CANARIES);
      const said = at.bot.creates().length;
      at.bot.time.now += HOUR;
      await at.answer();
      expect(await at.stage.reconcile({ look: 'everywhere' })).toMatchObject({ found: 0 });
      await at.answer();
      expect(at.bot.creates()).toHaveLength(said);
    },
  );

  it('forgets what is damaged in the spool', async () => {
    const key = { pk: 'spool', sk: `${conversationSid}|onMessageAdded|IM${'a'.repeat(32)}` };
    await at.bot.memory.put(key, { version: 1, expiresAt: 4e9, value: 'canary' }, undefined);
    expect((await forget(conversationSid)).status).toBe(0);
    expect(await kept()).not.toMatch(CANARIES);
  });

  it('says which conversations are forgotten, which is not and which were not tried', async () => {
    const others = [await at.bot.startConversation(), await at.bot.startConversation()];
    const { table } = at.stage;
    const list: typeof table.list = (pk, limit) =>
      pk === others[0] ? Promise.reject(new ItemBusyError(pk, 'x', 10)) : table.list(pk, limit);
    const out: string[] = [];
    const print = (line: string) => out.push(line);
    const values = { who: [conversationSid, ...others], dryRun: false, yes: true, reason: 'r', json: true };
    const status = await forgetIn({ ...at.stage, table: { ...table, list } }, values, {
      cwd: '.',
      out: print,
      err: print,
    });
    const [object = ''] = out;
    expect([status, JSON.parse(object)]).toMatchObject([
      1,
      {
        ended: 'failed',
        done: [expect.stringContaining(conversationSid)],
        failed: expect.stringContaining(others[0] ?? ''),
        notTried: [expect.stringContaining(others[1] ?? '')],
        conversations: [{ conversationSid }],
        isWhole: false,
      },
    ]);
  });

  it('erases a record that is damaged, and has it answered by nobody', async () => {
    const key = { pk: conversationSid, sk: `onMessageAdded|IM${'a'.repeat(32)}` };
    await at.bot.memory.put(key, { version: 1, expiresAt: 4e9, value: { canary: 'ROSES' } }, undefined);
    const stage = { ...at.stage, table: withReadableItems(at.stage.table) };
    expect((await forget(conversationSid, stage)).status).toBe(0);
    expect(await kept()).not.toMatch(CANARIES);
    const { value } = (await at.bot.memory.get(key)) ?? {};
    expect(value).toMatchObject({ finished: { outcome: 'suppressed', reason: 'forgotten' } });
  });

  it('answers nothing twice: what was forgotten is not found again', async () => {
    await plant();
    await forget(conversationSid);
    at.bot.time.now += HOUR;
    await at.answer();
    const before = said();
    expect(await at.stage.reconcile({ look: 'everywhere' })).toMatchObject({ found: 0 });
    await at.answer();
    expect(said()).toEqual(before);
  });

  it('knows whoever writes again as somebody new, and answers in order', async () => {
    await plant();
    await forget(conversationSid);
    at.bot.time.now += HOUR;
    await at.answer();
    await tell('who');
    expect(said().at(-1)).toBe('You are nobody.');
    await tell('canary 7');
    expect(said().at(-1)).toBe('Sorry, canary 7?');
  });

  it('keeps what holds the bot back: a mute, a handover, and how much it has said', async () => {
    await tell('i am Canary Roses');
    const key = { pk: conversationSid, sk: 'conversation' };
    const stored = await at.bot.memory.get<ConversationRecord>(key);
    if (stored === undefined) throw new Error('nothing noted');
    const held = { mutedUntil: 5, mutes: 2, personAt: 3, givenBackAt: 4, byChannel: true as const };
    const handover = { at: 1, until: 2, back: ['bot'] };
    await at.bot.memory.put(
      key,
      { ...stored, version: stored.version + 1, value: { ...stored.value, ...held, handover } },
      stored.version,
    );
    await forget(conversationSid);
    const { value } = (await at.bot.memory.get<ConversationRecord>(key)) ?? {};
    expect(value).toMatchObject({ ...held, handover, spoken: stored.value.spoken, replies: [] });
    expect(value).not.toHaveProperty('memory');
  });

  it('lets no item live longer, and leaves an audit with SIDs only', async () => {
    await tell('i am Canary Roses');
    const livesUntil = () =>
      at.bot.memory
        .items()
        .flatMap(([{ pk, sk }, { expiresAt }]) => (pk === conversationSid ? [[sk, expiresAt]] : []));
    const before = livesUntil();
    at.bot.time.now += HOUR;
    await forget(ADDRESS);
    expect(livesUntil()).toEqual(before);
    const [audit] = await listAudits(at.stage, 1);
    expect(audit).toMatchObject({ command: 'forget', who: 'ada', why: 'a request', count: 1, ended: 'done' });
    expect(audit?.what[0]).toContain(conversationSid);
  });

  it('forgets what was deleted at Twilio before', async () => {
    await tell('i am Canary Roses');
    at.bot.hooks.exchange = async () => refusal(404, 20404);
    expect((await forget(conversationSid)).status).toBe(0);
    expect(await kept()).not.toMatch(CANARIES);
  });

  it.each([
    ['a number, on WhatsApp as well', 'whatsapp', '+15550888', '+15550888'],
    ['an address', 'whatsapp', '+15550888', 'whatsapp:+15550888'],
    ['the identity of a chat user', 'chat', 'canary:1', 'canary:1'],
  ] as const)('finds a person by %s', async (_, channel, author, who) => {
    const { conversation } = await at.bot.service.customer.startConversation({ channel, author });
    const { status, out } = await forget(who);
    expect([status, out]).toEqual([0, expect.stringContaining(`${String(conversation['sid'])}: `)]);
    expect(out).not.toContain(author);
  });

  it('finds nobody by an address that has no conversation', async () => {
    const { status, out } = await forget('+15550000');
    expect([status, out]).toEqual([1, expect.stringContaining('Twilio knows no conversation')]);
  });
});
