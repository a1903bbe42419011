import { beforeEach, describe, expect, it } from 'vitest';
import { markerAttributes } from '../../lib/event/marker.ts';
import type { LookState } from '../../lib/reconcile/look-state.ts';
import { LOOKS_KEY } from '../../lib/record/keys.ts';
import { HOUR, MINUTE, type Scene, SERVICE_SID, startScene, WEBHOOK_URL } from './scene.ts';

const OTHER = 'https://former.example.com/hook';
let scene: Scene;
let conversationSid: string;

const call = (PostWebhookUrl: string) => scene.configure({ PostWebhookUrl, Filters: 'onMessageAdded' });
const said = () => scene.bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));

/** What was put on the queue is answered, and what the latest webhook brought. */
async function answer(...bodies: string[]): Promise<void> {
  for (const body of [...scene.sent.splice(0).map((one) => one.body), ...bodies]) {
    for (let times = 1; times < 30 && !(await scene.bot.deliver(body, times)); times += 1)
      scene.bot.time.now += 2_000;
  }
}

/** The customer writes, and the former bot answers. */
async function talkToFormer(body: string, form: Readonly<Record<string, string>> = {}): Promise<string> {
  const sid = await scene.write(conversationSid, body);
  await scene.post(conversationSid, { Author: 'former', Body: 'the former bot answers', ...form });
  return sid;
}

/** The URL is ours from now on, and the reconciler has seen that. */
async function takeOver(): Promise<void> {
  await call(WEBHOOK_URL);
  await scene.runFor(20 * MINUTE);
}

describe('a rollout over another bot', () => {
  beforeEach(async () => {
    scene = await startScene();
    await call(OTHER);
    await scene.runFor(30 * MINUTE);
    conversationSid = await scene.startConversation();
  });

  // Cause: the mark was set by the first look, and the former bot went on answering behind it.
  it('does not have answered what the former bot has answered, once the URL is ours', async () => {
    await talkToFormer('one');
    await scene.runFor(10 * MINUTE);
    await takeOver();
    await answer();
    expect(said()).toEqual([]);
  });

  it('does not have it answered by the customer’s next message either, whatever name the former bot had', async () => {
    for (const Author of ['former', 'parley']) {
      conversationSid = await scene.startConversation();
      await talkToFormer('one', { Author });
      await scene.runFor(10 * MINUTE);
      await call(WEBHOOK_URL);
      scene.bot.time.now += MINUTE;
      await scene.write(conversationSid, 'echo x');
      const before = said().length;
      await answer(scene.bot.envelope());
      expect(said().slice(before)).toEqual(['xx']);
      await call(OTHER);
    }
  });

  it('does not have answered either what the former bot has answered since it was last asked who is called', async () => {
    await scene.runFor(2 * MINUTE);
    await talkToFormer('one');
    scene.bot.time.now += MINUTE;
    await call(WEBHOOK_URL);
    scene.bot.time.now += MINUTE;
    await scene.write(conversationSid, 'echo x');
    await answer(scene.bot.envelope());
    expect(said()).toEqual(['xx']);
  });

  it('has answered what the former bot left unanswered', async () => {
    await talkToFormer('one');
    await scene.write(conversationSid, 'echo y');
    await scene.runFor(2 * MINUTE);
    await takeOver();
    await answer();
    expect(said()).toEqual(['yy']);
  });

  it('has answered what a bot of this kind left unanswered, in front of what it answered too', async () => {
    await scene.write(conversationSid, 'echo y');
    const sid = await scene.write(conversationSid, 'one');
    const Attributes = JSON.stringify(markerAttributes({ in_reply_to: sid, part: '1/1' }));
    await scene.post(conversationSid, { Author: 'former', Body: 'only', Attributes });
    await scene.runFor(2 * MINUTE);
    await takeOver();
    await answer();
    expect(said()).toEqual(['yy']);
  });

  it('finds what is lost afterwards, whatever programs say behind it', async () => {
    await takeOver();
    await scene.write(conversationSid, 'echo z');
    await scene.post(conversationSid, { Author: 'crm', Body: 'a note' });
    await scene.runFor(10 * MINUTE);
    await answer();
    expect(said()).toEqual(['zz']);
  });

  it('may be taken back for a while: what the former bot answers then is not answered again', async () => {
    await takeOver();
    await scene.write(conversationSid, 'echo a');
    await answer(scene.bot.envelope());
    await call(OTHER);
    await scene.runFor(HOUR);
    await talkToFormer('one');
    await scene.runFor(5 * MINUTE);
    await takeOver();
    await answer();
    await scene.write(conversationSid, 'echo b');
    await answer(scene.bot.envelope());
    expect(said()).toEqual(['aa', 'bb']);
  });
});

const FIRST = `IS${'7'.repeat(32)}`;
const ONE = { settings: { TWILIO_CHAT_SERVICE_SID: FIRST } };
const BOTH = { settings: { TWILIO_CHAT_SERVICE_SID: `${FIRST} ${SERVICE_SID}` } };

// Cause: there was one mark for all services.
it('a service that is added has a past of its own, which is history', async () => {
  scene = await startScene();
  await scene.runFor(10 * MINUTE, ONE);
  conversationSid = await scene.startConversation();
  await talkToFormer('one');
  await scene.write(conversationSid, 'again');
  await scene.runFor(10 * MINUTE, ONE);
  // A moment before it is added, and after it.
  conversationSid = await scene.startConversation();
  await talkToFormer('one');
  scene.bot.time.now += MINUTE;
  await scene.runFor(20 * MINUTE, BOTH);
  await answer();
  expect(said()).toEqual([]);
  await scene.write(conversationSid, 'echo x');
  scene.bot.time.now += 2 * MINUTE;
  await scene.write(conversationSid, 'echo y');
  await answer(scene.bot.envelope());
  expect(said()).toEqual(['xx', 'yy']);
});

// Cause: its mark was kept from the first time, and with it nothing of the time in between.
describe('a service that is taken out, given to another bot and added again', () => {
  beforeEach(async () => {
    scene = await startScene();
    await scene.runFor(10 * MINUTE, BOTH);
    await call(OTHER);
  });

  it.each([
    ['where others remained', ONE],
    ['where another took its place', { settings: { TWILIO_CHAT_SERVICE_SID: `IS${'8'.repeat(32)}` } }],
  ])('does not have answered again what that bot has answered, %s', async (_, without) => {
    await scene.runFor(2 * HOUR, without);
    conversationSid = await scene.startConversation();
    await talkToFormer('one');
    await scene.runFor(10 * MINUTE, without);
    await call(WEBHOOK_URL);
    await scene.runFor(20 * MINUTE, BOTH);
    await answer();
    expect(said()).toEqual([]);
  });

  it('does not have it answered by the customer’s next message either, before anybody has looked', async () => {
    await scene.runFor(2 * HOUR, ONE);
    conversationSid = await scene.startConversation();
    await talkToFormer('one');
    await call(WEBHOOK_URL);
    scene.bot.time.now += MINUTE;
    await scene.write(conversationSid, 'echo x');
    await answer(scene.bot.envelope());
    expect(said()).toEqual(['xx']);
  });

  it('has answered what that bot left unanswered, and what is lost afterwards', async () => {
    await scene.runFor(2 * HOUR, ONE);
    conversationSid = await scene.startConversation();
    await talkToFormer('one');
    await scene.write(conversationSid, 'echo y');
    await call(WEBHOOK_URL);
    await scene.runFor(20 * MINUTE, BOTH);
    await answer();
    await scene.write(conversationSid, 'echo z');
    await scene.post(conversationSid, { Author: 'crm', Body: 'a note' });
    await scene.runFor(10 * MINUTE, BOTH);
    await answer();
    expect(said()).toEqual(['yy', 'zz']);
  });
});

// Cause: it was another's for ever, unless this version's run was the first to see it added.
it.each<[string, (scene: Scene) => Promise<unknown>]>([
  [
    'a run of the version before saw first',
    ({ bot }) =>
      changeLooks(bot, (looks) => {
        const wiring = { target: 'ours', checkedAt: bot.time.now } as const;
        return { ...looks, services: { ...looks.services, [SERVICE_SID]: { wiring } } };
      }),
  ],
  ['is looked at when the state of the looks is lost', ({ bot }) => changeLooks(bot, () => undefined)],
])('a service that is added again and %s is ours again', async (_, happens) => {
  scene = await startScene();
  await call(WEBHOOK_URL);
  await scene.runFor(10 * MINUTE, BOTH);
  await scene.runFor(10 * MINUTE, ONE);
  await happens(scene);
  await scene.runFor(HOUR, BOTH);
  conversationSid = await scene.startConversation();
  await scene.write(conversationSid, 'echo z');
  await scene.post(conversationSid, { Author: 'crm', Body: 'a note' });
  await scene.runFor(10 * MINUTE, BOTH);
  await answer();
  expect(said()).toEqual(['zz']);
});

async function changeLooks(
  { memory }: Scene['bot'],
  change: (looks: LookState) => LookState | undefined,
): Promise<void> {
  const stored = await memory.get<LookState>(LOOKS_KEY);
  if (stored === undefined) throw new Error('Nobody has looked.');
  const value = change(stored.value);
  if (value === undefined) await memory.remove(LOOKS_KEY, stored.version);
  else await memory.put(LOOKS_KEY, { ...stored, value, version: stored.version + 1 }, stored.version);
}
