import { expect, it } from 'vitest';
import type { Happening } from '../../../emulator/index.ts';
import type { BotStep } from '../../../local/bot/bot-step.ts';
import { type SayInput, type SayWorld, sayOnce } from '../../../local/say-once.ts';
import { drawTurn, turnAsJson } from '../../../local/show-turn.ts';

const SAID = { body: 'hi', author: undefined, media: [] };
const INBOUND = { sid: 'IM1', author: 'whatsapp:+15550100001', body: 'hi', attributes: '{}' };
const REPLY = {
  sid: 'IM2',
  author: 'parley',
  body: 'Hello!',
  attributes: JSON.stringify({ parley: { v: 1, in_reply_to: 'IM1', part: '1/1' } }),
};

/** A world in which the bot has answered as soon as somebody writes, and which then reports `receipts`. */
function worldWith(receipts: readonly object[]): SayWorld {
  const event = { EventType: 'onMessageAdded', MessageSid: 'IM1' };
  const events = [
    { kind: 'queue', change: 'received', event },
    { kind: 'decision', event, decision: { outcome: 'reply', rule: 'hi', shares: [], considered: [] } },
    { kind: 'message', change: 'added', resource: REPLY },
    { kind: 'finished', event, record: { parts: [], finished: { outcome: 'replied', at: 0 } } },
    { kind: 'queue', change: 'deleted', event },
    ...receipts.map((resource) => ({ kind: 'receipt', change: 'updated', resource })),
  ] as unknown as (Happening | BotStep)[];
  let tell: Parameters<SayWorld['watch']>[0] = () => undefined;
  return {
    begin: async () => 'CH1',
    write: async () => {
      for (const each of events) tell(each);
      return INBOUND;
    },
    watch: (watcher) => {
      tell = watcher;
      return () => undefined;
    },
    waitOf: () => undefined,
    templates: () => ({}),
    advice: '',
  };
}

const say = (channel: SayInput['channel'], receipts: readonly object[]) =>
  sayOnce(worldWith(receipts), { ...SAID, channel });
const receipt = (sid: string, status: string, error_code = 0) => ({
  sid,
  status,
  error_code,
  message_sid: 'IM2',
});

it('says of a reply that did not arrive so, and why, once for each recipient', async () => {
  const turn = await say('whatsapp', [
    receipt('DY1', 'sent'),
    receipt('DY1', 'failed', 63016),
    receipt('DY2', 'delivered'),
    { ...receipt('DY3', 'failed', 30003), message_sid: 'IM9' },
  ]);
  const why = 'More than 24 hours after the customer wrote, WhatsApp takes only approved templates.';
  expect(drawTurn(turn).split('\n').slice(-2)).toEqual([
    '  Hello!',
    `  Did not arrive: failed 63016: ${why}`,
  ]);
  expect(turnAsJson(turn).failures).toEqual([{ messageSid: 'IM2', status: 'failed', errorCode: 63016 }]);
});

it('waits for no receipt in a chat, where there is none', async () => {
  expect((await say('chat', [])).replies[0]?.failures).toEqual([]);
});
