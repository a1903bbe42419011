import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../local/world.ts';
import { seededRandom } from '../../talks/testing/seeded-random.ts';
import { type OperatedStack, startOperatedStack } from '../support/operated-stack.ts';
import { type Ran, run } from './support.ts';

/** What `explain`, `prove` and `status` say of a bot that has answered one message. */

let world: World;
let stack: OperatedStack;
const message = { local: { sid: '', conversationSid: '' }, dev: { sid: '', conversationSid: '' } };

beforeAll(async () => {
  world = await startWorld({ port: 0, environment: {}, random: seededRandom(1) });
  stack = await startOperatedStack();
  message.local = await write(world.service, () => world.idle());
  message.dev = await write(stack.service, () => stack.settle());
  await stack.operate(() => stack.reconcile({}));
});
afterAll(() => Promise.all([world.stop(), stack.stop()]));

async function write({ customer }: World['service'], idle: () => Promise<unknown>) {
  const { conversation } = await customer.startConversation({ channel: 'sms' });
  const conversationSid = String(conversation['sid']);
  const { sid } = await customer.write({ conversationSid, body: 'hEllO' });
  await idle();
  return { sid: String(sid), conversationSid };
}

const STAGES = ['local', 'dev'] as const;
type Name = (typeof STAGES)[number];

function on(stage: Name, ...words: readonly string[]): Promise<Ran> {
  if (stage === 'dev') return stack.operate(() => run(words));
  return run([...words, '--stage', 'local', '--port', new URL(world.url).port]);
}

describe.each(STAGES)('in the stage %s', (stage) => {
  it('explain says what happened to a message, and that nothing is open', async () => {
    const { sid, conversationSid } = message[stage];
    const { status, out, err } = await on(stage, 'explain', sid);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(
      new RegExp(
        `^${sid}  in ${conversationSid}  service IS\\w{32}   outcome replied   rule greeting   \\d\\.\\d s$`,
      ),
    );
    expect(out).toMatch(/ Twilio {5}message written, Index 0, sms, 5 characters/);
    expect(out).toMatch(/ API {8}POST \/webhook 200 \d+ ms/);
    expect(out).toMatch(/ reply {6}decided greeting: \S.*; \d+ rules? before it did not match/);
    expect(out).toMatch(/ Twilio {5}part 1\/1 of its answer is there: IM\w{32}, Index 1/);
    expect(lines.at(-1)).toBe('Nothing is open. Next: nothing.');
    expect(out).not.toContain('hEllO');
  });

  it('explain explains an answer by what it answers, and a conversation by its messages', async () => {
    const { sid, conversationSid } = message[stage];
    const reply = JSON.parse((await on(stage, 'explain', conversationSid, '--json')).out);
    expect(reply.messages).toMatchObject([
      { sid, what: 'replied' },
      { what: `the bot’s, part 1/1 of the answer to ${sid}` },
    ]);
    const explained = JSON.parse((await on(stage, 'explain', reply.messages[1].sid, '--json')).out);
    expect(explained).toMatchObject({ sid, asked: reply.messages[1].sid, outcome: 'replied', logs: 'read' });
  });

  it('explain says how to name a message of which nobody knows', async () => {
    const { status, err } = await on(stage, 'explain', `IM${'0'.repeat(32)}`);
    expect({ status, err }).toEqual({
      status: 1,
      err: expect.stringMatching(/^Neither the logs nor the table name IM0+: give its conversation as well/),
    });
  });

  it('prove says what it will ask of Twilio, and that no promise was broken', async () => {
    const { status, out, err } = await on(stage, 'prove', '--since', '1h');
    expect(err).toMatch(/^Listing conversations: .*\nLooking at 1 conversation: 1 request to Twilio/);
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringMatching(/ {2}replied 1\n[^✖]*\n\d requests to Twilio\.$/),
    });
  });

  it('status says on one screen how it is', async () => {
    const { status, out } = await on(stage, 'status');
    expect(status).toBe(0);
    expect(out).toMatch(/^stage {9}/);
    expect(out).toMatch(/^mode {10}live$/m);
    expect(out).toMatch(/^replied {12}1 {7}1$/m);
    expect(out).toMatch(/^p95 +\d\.\d s +\d\.\d s$/m);
    expect(out).toMatch(/^ {2}queued +\d\.\d s +\d\.\d s$/m);
    expect(out).toMatch(/^queue {9}0 visible, 0 in flight, 0 delayed$/m);
    expect(out).toMatch(/^dead letters {2}0$/m);
    const { deadLetters, spooled, last60 } = JSON.parse((await on(stage, 'status', '--json')).out);
    expect({ deadLetters, spooled, last60 }).toMatchObject({
      deadLetters: 0,
      spooled: 0,
      last60: { accepted: 2, refused: 0 },
    });
  });
});

it('status shows in AWS what only AWS has', async () => {
  const { out } = await on('dev', 'status');
  expect(out).toMatch(/^stage {9}dev, commit not noted$/m);
  expect(out).toMatch(/^mapping {7}Enabled$/m);
  expect(out).toMatch(/^alarms {8}none of \d+ rings$/m);
  expect(out).toMatch(/^webhooks {6}of IS\w{32}: to this stack$/m);
});

it('explain runs as the command that it is', async () => {
  const { sid, conversationSid } = message.dev;
  const args = ['cli/parley.mjs', 'explain', sid, conversationSid, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...stack.env },
  });
  expect(JSON.parse(stdout)).toMatchObject({ sid, conversationSid, outcome: 'replied', rule: 'greeting' });
});
