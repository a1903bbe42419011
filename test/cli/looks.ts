import { expect, it } from 'vitest';
import type { ConversationsService } from '../../emulator/index.ts';
import type { Ran } from './support.ts';

/** A message that was answered. */
export interface Message {
  readonly sid: string;
  readonly conversationSid: string;
}

/** A customer greets the bot; resolves when `idle` says that it has answered. */
export async function greet(
  { customer }: ConversationsService,
  idle: () => Promise<unknown>,
): Promise<Message> {
  const { conversation } = await customer.startConversation({ channel: 'sms' });
  const conversationSid = String(conversation['sid']);
  const { sid } = await customer.write({ conversationSid, body: 'hEllO' });
  await idle();
  return { sid: String(sid), conversationSid };
}

/**
 * What `explain`, `prove` and `status` say of a stage, wherever it is.
 *
 * @param on runs `npx parley <words>` on it
 * @param message that `greet` gave
 */
export function looks(on: (...words: readonly string[]) => Promise<Ran>, message: () => Message): void {
  it('explain says what happened to a message, and that nothing is open', async () => {
    const { sid, conversationSid } = message();
    const { status, out, err } = await on('explain', sid);
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
    const { sid, conversationSid } = message();
    const reply = JSON.parse((await on('explain', conversationSid, '--json')).out);
    expect(reply.messages).toMatchObject([
      { sid, what: 'replied' },
      { what: `the bot’s, part 1/1 of the answer to ${sid}` },
    ]);
    const explained = JSON.parse((await on('explain', reply.messages[1].sid, '--json')).out);
    expect(explained).toMatchObject({ sid, asked: reply.messages[1].sid, outcome: 'replied', logs: 'read' });
  });

  it('explain says how to name a message of which nobody knows', async () => {
    const { status, err } = await on('explain', `IM${'0'.repeat(32)}`);
    expect({ status, err }).toEqual({
      status: 1,
      err: expect.stringMatching(
        /^Neither the logs nor the table name IM0+: give its conversation as well, npx parley explain IM0+ CH…/,
      ),
    });
  });

  it('prove says what it will ask of Twilio, and that no promise was broken', async () => {
    const { status, out, err } = await on('prove', '--since', '1h');
    expect(err).toMatch(/^Listing conversations: .*\nLooking at \d conversations?: \d requests? to Twilio/);
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringMatching(/ {2}replied \d[^✖]*\n\d requests to Twilio\.$/),
    });
  });

  it('status says on one screen how it is', async () => {
    const { status, out } = await on('status');
    expect(status).toBe(0);
    expect(out).toMatch(/^stage {9}/);
    expect(out).toMatch(/^mode {10}live$/m);
    expect(out).toMatch(/^replied {12}[1-9] {7}[1-9]$/m);
    expect(out).toMatch(/^p95 +\d\.\d s +\d\.\d s$/m);
    expect(out).toMatch(/^ {2}queued +\d\.\d s +\d\.\d s$/m);
    expect(out).toMatch(/^queue {9}0 visible, 0 in flight, 0 delayed$/m);
    expect(out).toMatch(/^dead letters {2}0$/m);
    expect(JSON.parse((await on('status', '--json')).out)).toMatchObject({
      deadLetters: 0,
      spooled: 0,
      last60: { refused: 0 },
    });
  });
}
