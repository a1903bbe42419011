import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countMessages } from '../../bench/calls/count-calls.ts';
import { ASSUMED, type Counted, monthOf, totalOf, twilioRequests } from '../../bench/calls/month.ts';
import { showMonth } from '../../bench/calls/show-calls.ts';
import { type CountedBot, startCountedBot } from '../../bench/calls/start-counted-bot.ts';
import type { Calls } from '../../bench/calls/start-wire.ts';
import { AWS_PRICES } from '../../build/aws-prices.ts';

const NOTHING: Calls = { requests: {}, readUnits: 0, writeUnits: 0, logBytes: 0 };

let bot: CountedBot;
beforeAll(async () => {
  bot = await startCountedBot();
});
afterAll(() => bot.stop());

describe('what a message takes', () => {
  // Whoever adds a call to the way of each message is to know that it is one.
  it('is what docs/deploying.md says', async () => {
    const counted = await countMessages(bot, 11);
    expect(counted).toMatchObject({
      receive: { requests: { SendMessage: 1 }, readUnits: 0, writeUnits: 0 },
      oneText: {
        requests: {
          ReceiveMessage: 1,
          DeleteMessageBatch: 1,
          BatchGetItem: 1,
          PutItem: 3,
          'POST Messages': 1,
        },
        readUnits: 3,
        writeUnits: 4,
      },
      activeMark: { requests: { PutItem: 1 }, writeUnits: 1 },
      remember: { requests: { GetItem: 1, PutItem: 1 } },
      furtherPart: { requests: { PutItem: 2, 'POST Messages': 1 } },
    });
    expect(counted.receive.logBytes + counted.oneText.logBytes).toBeLessThan(1_500);
    const page = readFileSync('docs/deploying.md', 'utf8');
    expect(page).toContain('one request of the API, two of Lambda, three of SQS, and four of DynamoDB');
  });
});

describe('a month', () => {
  const counted: Counted = {
    receive: { ...NOTHING, requests: { SendMessage: 1 }, logBytes: 600 },
    oneText: { ...NOTHING, requests: { ReceiveMessage: 1, 'POST Messages': 1 }, readUnits: 3, writeUnits: 4 },
    activeMark: { ...NOTHING, writeUnits: 1 },
    idleHour: { ...NOTHING, requests: { 'GET Webhooks': 4 }, readUnits: 100 },
    activeHour: { ...NOTHING, requests: { 'GET Messages': 12 }, readUnits: 12 },
    longTalk: NOTHING,
    furtherPart: NOTHING,
    remember: NOTHING,
  };
  const amounts = (messages: number) =>
    Object.fromEntries(monthOf(messages, counted).map(({ what, amount }) => [what, amount]));

  it('is what its messages take, what their conversations are looked at, and what never stops', () => {
    const talks = 1_000 / ASSUMED.messagesPerTalk;
    expect(amounts(1_000)).toMatchObject({
      'requests of the API': 1_000,
      invocations: 2_000 + 730 * 60,
      'requests of SQS': 2_000 + 730 * ASSUMED.pollsPerHour,
      'read units': 3_000 + 73_000 + talks * 15,
      'write units': 4_000 + talks * 2,
      'GB of logs': 600_000 / 1e9,
    });
    expect(twilioRequests(1_000, counted)).toBe(1_000 + 4 * 730 + talks * 15);
  });

  it('costs nothing but what never stops where nobody writes', () => {
    const { 'requests of the API': api, 'write units': writes, 'GB kept': kept } = amounts(0);
    expect({ api, writes, kept }).toEqual({ api: 0, writes: 0, kept: 0 });
  });

  it('is printed so that each product can be checked', () => {
    const shown = showMonth(1_000_000, counted);
    const rows = [...shown.matchAll(/^\| ([^|]+) \| ([\d.,]+) \| ([\d.e-]+) \| ([\d.]+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(8);
    for (const [, what, amount = '', dollars, product] of rows)
      expect(Number(amount.replaceAll(',', '')) * Number(dollars), what).toBeCloseTo(Number(product), 0);
    const total = totalOf(monthOf(1_000_000, counted)) + 2 * AWS_PRICES.secrets.secret;
    expect(shown).toContain(`A month of 1,000,000 messages: $${total.toFixed(2)}, `);
  });
});
