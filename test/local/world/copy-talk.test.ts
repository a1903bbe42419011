import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../../build/load-rules.ts';
import type { CustomerChannel } from '../../../emulator/index.ts';
import { applyEvent } from '../../../local/page/app/model/apply-event.ts';
import { type Conversation, createModel } from '../../../local/page/app/model/model.ts';
import { makeTalk } from '../../../local/page/app/timeline/make-talk.ts';
import type { Timed } from '../../../local/page/page-event.ts';
import { templateNames } from '../../../local/template-names.ts';
import { startWorld, type World } from '../../../local/world.ts';
import { play } from '../../talks/support.ts';

const compiled = await loadRules('bot/rules.yaml');
if (!compiled.ok) throw new Error('npx parley rules check says what is wrong');
const { book } = compiled;

let world: World;
const model = createModel();

beforeAll(async () => {
  world = await startWorld({ port: 0, environment: {}, random: Math.random });
  const { service } = world;
  const { timeline } = service;
  timeline.freeze();
  timeline.move(Date.UTC(2026, 10, 30, 9) - timeline.now());
  const hello = {
    kind: 'hello',
    accountSid: 'AC1',
    serviceSid: service.serviceSid,
    botAuthor: 'parley',
  } as const;
  const tell = (event: Timed) => applyEvent(model, event, event.at);
  tell({ ...hello, at: timeline.now() });
  service.subscribe((happening) => tell(happening as Timed));
  world.watch((step) => tell({ ...step, at: timeline.now() }));
});
afterAll(() => world.stop());

type Act = (conversationSid: string) => Promise<unknown>;
const says =
  (body: string): Act =>
  (conversationSid) =>
    world.service.customer.write({ conversationSid, body });
const sends =
  (contentType: string): Act =>
  (conversationSid) =>
    world.service.customer.write({ conversationSid, media: [{ contentType }] });
const joins =
  (identity: string): Act =>
  (conversationSid) =>
    world.service.customer.join({ conversationSid, identity });
const writes =
  (author: string, body: string): Act =>
  (conversationSid) =>
    world.service.customer.write({ conversationSid, author, body });
const waits =
  (ms: number): Act =>
  async () =>
    world.service.timeline.move(ms);

/** Everything that is done in a conversation, and what the page copies when it looks at the last of it. */
async function copied(channel: CustomerChannel, author: string, acts: readonly Act[]): Promise<string> {
  const { conversation } = await world.service.customer.startConversation({ channel, author });
  const sid = String(conversation['sid']);
  await world.idle();
  for (const act of acts) {
    world.service.timeline.move(20_000);
    await act(sid);
    await world.idle();
  }
  const known = model.conversations.get(sid) as Conversation;
  return makeTalk(known, [...known.turns.values()].at(-1) ?? { subject: '' }, templateNames(book));
}

describe('a conversation copied as a talk', () => {
  it('has words, templates, files, people, pauses and silence, and goes as it was played', async () => {
    const talk = await copied('whatsapp', '+15550100001', [
      says('hi'),
      says('order 12345'),
      says('refund'),
      waits(3_723_000),
      sends('image/png'),
      says('an automatic reply: "#1"'),
      joins('agent-dana'),
      writes('agent-dana', 'I take over.'),
      says('thanks'),
    ]);
    expect(await play(book, talk)).not.toHaveProperty('failure');
    expect(talk).toMatch(
      /^- talk: a conversation that begins with hi\n {2}channel: whatsapp\n {2}at: 2026-11-30T/,
    );
    const steps = talk.split('\n').map((line) => line.replace('    - ', ''));
    expect(steps).toEqual(
      expect.arrayContaining([
        'says: hi',
        'call: { orderStatus: { template: order_status, variables: { order: "12345" } } }',
        'bot: { template: order_status, variables: { order: "12345" } }',
        'sends: { media: [image/png] }',
        'says: "an automatic reply: \\"#1\\""',
        'silence: ignored',
        'agent: { agent-dana: I take over. }',
        'silence: person',
      ]),
    );
    expect(steps.filter((line) => line.startsWith('waits: '))).toHaveLength(1);
  });

  it('names who wrote on a chat, and who joined where the bot welcomes them', async () => {
    const talk = await copied('chat', 'ada', [says('hi'), says('what?')]);
    expect(await play(book, talk)).not.toHaveProperty('failure');
    expect(talk).toContain('- says: { text: hi, from: ada }');
    expect(talk).toContain('- joins: ada\n    - bot: "Welcome to Fern & Clay, ada!');
  });
});
