import { beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import type { Key } from '../../lib/ports.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { type ReplyHarness, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  conversationSid = await bot.startConversation();
});

const write = (body: string) => bot.write(conversationSid, body);

function refuse(): void {
  bot.hooks.exchange = async (request, pass) =>
    request.method === 'POST'
      ? {
          status: 400,
          headers: { 'content-type': 'application/json' },
          body: '{"code":50377,"message":"no"}',
        }
      : pass();
}

/** The n-th write that `isHit` fails, before or after it took effect. */
function failPut(n: number, when: 'before' | 'after', isHit: (key: Key) => boolean): void {
  let hits = 0;
  bot.hooks.store.put = async (key, item, expected) => {
    if (isHit(key)) hits += 1;
    const fails = isHit(key) && hits === n;
    if (fails && when === 'before') throw new AwsError('DynamoDB PutItem', new Error());
    const saved = await bot.memory.put(key, item, expected);
    if (fails) throw new AwsError('DynamoDB PutItem', new Error());
    return saved;
  };
}

const isConversation = ({ sk }: Key) => sk === 'conversation';
const isRecord = ({ sk }: Key) => sk.startsWith('onMessageAdded');
const counted = (metric: string) => bot.log.lines.filter((line) => metric in line).length;

async function deliverThrice(): Promise<void> {
  for (let count = 1; count <= 3; count += 1) await bot.deliver(bot.envelope(), count);
}

describe('an outcome', () => {
  // The record was finished, so nobody counted it any more: the alarm never rang.
  it.each(['before', 'after'] as const)(
    'that is an alarm is counted once when noting it fails %s its effect',
    async (when) => {
      refuse();
      await write('one');
      failPut(1, when, isConversation);
      await deliverThrice();
      expect(counted('outcome_quarantined')).toBe(1);
    },
  );

  it('is counted although a version that kept no keys of what it noted has accounted for the message', async () => {
    await write('silence');
    await bot.deliver(bot.envelope());
    const key = { pk: conversationSid, sk: 'conversation' };
    const item = await bot.memory.get<ConversationRecord>(key);
    if (item === undefined) throw new Error('nothing is known of the conversation');
    const { noted: _, notedAt: __, ...value } = { ...item.value, accounted: 1 };
    await bot.memory.put(key, { ...item, version: item.version + 1, value }, item.version);
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(counted('outcome_replied')).toBe(1);
  });

  it.each(['before', 'after'] as const)(
    'that is an alarm is counted when the table fails %s each write of its record',
    async (when) => {
      for (let n = 1; n <= 3; n += 1) {
        bot.log.lines.length = 0;
        refuse();
        await write(`echo ${n}`);
        failPut(n, when, isRecord);
        for (let count = 1; count <= 4; count += 1) {
          await bot.deliver(bot.envelope(), count);
          bot.time.now += 60_000;
        }
        expect(counted('outcome_quarantined'), `write ${n}`).toBeGreaterThanOrEqual(1);
        expect(counted('outcome_quarantined'), `write ${n}`).toBeLessThanOrEqual(2);
      }
    },
  );

  it('is counted once when noting it failed', async () => {
    await write('one');
    failPut(1, 'before', isConversation);
    await deliverThrice();
    expect(counted('outcome_replied')).toBe(1);
  });

  // Cause: what had ended more than an hour ago passed for noted, and was in no budget either.
  it('is counted once when noting it failed for hours', async () => {
    await write('one');
    bot.hooks.store.put = async (key, item, expected) => {
      if (isConversation(key)) throw new AwsError('DynamoDB PutItem', new Error());
      return bot.memory.put(key, item, expected);
    };
    expect(await bot.deliver(bot.envelope())).toBe(false);
    bot.hooks.store = {};
    bot.time.now += 3 * 3_600_000;
    for (const count of [2, 3]) expect(await bot.deliver(bot.envelope(), count)).toBe(true);
    expect(counted('outcome_replied')).toBe(1);
    const key = { pk: conversationSid, sk: 'conversation' };
    expect((await bot.memory.get<ConversationRecord>(key))?.value.replies).toHaveLength(1);
  });

  it('is counted once however often the message comes, soon or long after', async () => {
    await write('one');
    const body = bot.envelope();
    await deliverThrice();
    for (let n = 0; n < 40; n += 1) {
      bot.time.now += 120_000;
      await write('silence');
      await bot.deliver(bot.envelope());
    }
    await bot.deliver(body);
    expect(counted('outcome_replied')).toBe(1);
  });
});
