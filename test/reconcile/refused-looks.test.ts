import { beforeEach, describe, expect, it } from 'vitest';
import { SecretMalformedError } from '../../lib/aws/secret-malformed-error.ts';
import type { HttpResponse } from '../../lib/ports.ts';
import { markLoss } from '../../lib/record/loss.ts';
import { UnreadableResponseError } from '../../lib/twilio/twilio-errors.ts';
import { HOUR, MINUTE, refusal, type Scene, startScene } from './scene.ts';

let scene: Scene;
let conversationSid: string;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  conversationSid = await scene.startConversation();
});

/** So long after known activity a look is due in ten minutes, and a message was lost before. */
async function loseBefore(hours: number): Promise<void> {
  await scene.write(conversationSid, 'one');
  await scene.hear();
  await scene.runFor((hours - 0.5) * HOUR);
  await scene.write(conversationSid, 'two');
  await scene.runFor(20 * MINUTE);
}

/** For so long no messages can be listed. */
async function refuseFor(minutes: number, answer: () => HttpResponse): Promise<void> {
  scene.bot.hooks.exchange = async ({ path }, pass) => (path.includes('/Messages?') ? answer() : pass());
  await scene.runFor(minutes * MINUTE);
  scene.bot.hooks.exchange = (_, pass) => pass();
}

// Cause: what is refused for good by one key passed for looked at, and the key had its right back an hour later.
describe.each<[why: string, answer: () => HttpResponse]>([
  ['the key is refused (401)', () => refusal(401, 20003)],
  ['the key may not (403)', () => refusal(403, 20403)],
  ['the account is suspended (400)', () => refusal(400, 20005)],
  ['Twilio fails (503)', () => refusal(503, 20503)],
  [
    'the answer is not Twilio’s',
    () => {
      throw new UnreadableResponseError({ status: 200 }, 'a page of HTML');
    },
  ],
  [
    'the secret is malformed',
    () => {
      throw new SecretMalformedError('the key has no sid');
    },
  ],
])('where no messages can be listed because %s', (_, answer) => {
  it('a wide look comes back to the conversations that it passed', async () => {
    await scene.runFor(5 * MINUTE);
    scene.bot.time.now += 48 * HOUR;
    await scene.runFor(10 * MINUTE);
    await scene.write(conversationSid, 'one');
    await markLoss({ store: scene.bot.memory, clock: { now: () => scene.bot.time.now } }, 'queue');
    await refuseFor(10, answer);
    expect(await scene.runFor(HOUR)).toBe(1);
    expect(scene.counted('wide_look')).toBe(1);
  });

  it('the look after two hours is made up for', async () => {
    await loseBefore(2);
    await refuseFor(20, answer);
    expect(await scene.runFor(HOUR)).toBe(1);
  });
});

it.each([6, 24])('the look after %i hours that was refused is made up for', async (hours) => {
  await loseBefore(hours);
  await refuseFor(20, () => refusal(403, 20403));
  expect(await scene.runFor(HOUR)).toBe(1);
});

// Cause: each was due every five minutes for ever, and twenty of them ended a run before its wide look.
describe.each([
  [403, 20403],
  [400, 20001],
])('where Twilio refuses the messages of 300 conversations (%i)', (status, code) => {
  const sign = () => markLoss({ store: scene.bot.memory, clock: { now: () => scene.bot.time.now } }, 'queue');
  beforeEach(async () => {
    scene.bot.time.now += MINUTE;
    const refused = new Set<string>();
    for (let n = 0; n < 300; n += 1) refused.add(await scene.startConversation());
    await scene.runFor(5 * MINUTE);
    scene.bot.time.now += 48 * HOUR;
    await scene.runFor(10 * MINUTE);
    scene.bot.hooks.exchange = async ({ path }, pass) => {
      const [, sid = ''] = /(CH\w+)\/Messages\?/.exec(path) ?? [];
      return refused.has(sid) ? refusal(status, code) : pass();
    };
    await scene.write(conversationSid, 'one');
    await sign();
  });

  it('a wide look comes to the others within minutes', async () => {
    expect(await scene.runFor(15 * MINUTE)).toBe(1);
  });
});

/** After how many minutes messages were asked for, while Twilio refuses them. */
async function refusedLooks(from: number, until: number): Promise<readonly number[]> {
  const { bot } = scene;
  bot.hooks.exchange = async ({ path }, pass) => (path.includes('/Messages?') ? refusal(403, 20403) : pass());
  const start = bot.time.now;
  const looks: number[] = [];
  while (bot.time.now < start + until * MINUTE) {
    const before = bot.requests.length;
    await scene.runFor(MINUTE);
    const minute = (bot.time.now - start) / MINUTE;
    if (minute >= from && scene.asked(before).some((path) => path.includes('/Messages?'))) looks.push(minute);
  }
  return looks;
}

// Cause: the mark of a refusal was older than the conversation's own activity, which decided alone until two hours after it.
describe('a conversation that is refused is looked at each half hour from the first hour after its activity on', () => {
  beforeEach(async () => {
    await scene.write(conversationSid, 'one');
    await scene.hear();
  });

  it('where it was active once', async () => {
    expect(await refusedLooks(60, 180)).toEqual([60, 90, 120, 150, 180]);
  });

  it('where it was active in the quarter of an hour that is marked as well', async () => {
    await scene.runFor(20 * MINUTE);
    await scene.write(conversationSid, 'two');
    await scene.hear();
    expect(await refusedLooks(60, 130)).toEqual([60, 70, 100, 120, 130]);
  });
});

it('a conversation that is refused is looked at each half hour, days later too', async () => {
  await scene.runFor(5 * MINUTE);
  scene.bot.hooks.exchange = async ({ path }, pass) =>
    path.includes('/Messages?') ? refusal(403, 20403) : pass();
  for (let runs = 0; runs < 60 * 12; runs += 1) {
    scene.bot.time.now += 5 * MINUTE;
    await scene.run();
  }
  const before = scene.bot.requests.length;
  await scene.runFor(5 * HOUR);
  expect(scene.asked(before).filter((path) => path.includes('/Messages?'))).toHaveLength(10);
});
