import { describe, expect, it } from 'vitest';
import { NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { saidOff } from '../../lib/record/said-off.ts';
import { saidInSilence } from '../../lib/reply/give-back.ts';
import type { Try } from '../../lib/reply/open-try.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const OFF = '{"parley":{"handover":"off"}}';
const change = { handover: { forMs: 3_600_000, back: ['bot'] } };
const message = messageAdded({ Author: 'ana', Source: 'SDK' });
const address = { serviceSid: message.ChatServiceSid ?? '', conversationSid: message.ConversationSid };

type Asked = Parameters<typeof saidInSilence>;

/** What the conversation says of itself, and how often that was read. */
async function said({
  quietMs = 3_600_000,
  event = message,
  who = 'person',
  of = {},
  conversation = NEW_CONVERSATION,
  isDeadly = false,
  fails = false,
}: {
  quietMs?: number;
  event?: Asked[1]['event'];
  who?: Asked[2];
  of?: Asked[3];
  conversation?: Asked[1]['conversation'];
  isDeadly?: boolean;
  fails?: boolean;
} = {}) {
  let reads = 0;
  const never = () => Promise.reject(new Error('nobody asks for it'));
  const read = {
    participant: never,
    participants: never,
    conversation: async () => {
      reads += 1;
      if (fails) throw new Error('not shown');
      return { attributes: OFF };
    },
  };
  const ports = { clock: { now: () => NOW, sleep: never }, quietAfterPersonMs: quietMs };
  const tries = { isDeadly } as Try;
  return [await saidInSilence(ports, { event, address, conversation, read, tries }, who, of), reads];
}

const heard = saidOff(conversationAdded({ Attributes: JSON.parse(OFF) }), NOW);
const read = [{ ...heard, isRead: true }, 1];

describe('what a conversation says of itself is read', () => {
  it('where one of your people writes, who keeps the bot quiet', async () => {
    expect(await said()).toEqual(read);
  });

  it('where an answer hands it over', async () => {
    expect(await said({ who: 'customer', of: { change } })).toEqual(read);
    expect(await said({ quietMs: 0, of: { change } })).toEqual(read);
  });

  it('and left unknown where it cannot be', async () => {
    expect(await said({ fails: true })).toEqual([undefined, 1]);
  });
});

describe('what a conversation says of itself is not read', () => {
  it.each<[string, Parameters<typeof said>[0]]>([
    ['where a customer writes', { who: 'customer' }],
    [
      'where a customer’s answer changes something else',
      { who: 'customer', of: { change: { once: ['a'] } } },
    ],
    ['where one of your people joins', { event: participantAdded({ Identity: 'ana' }) }],
    ['where your people keep the bot quiet for no time', { quietMs: 0 }],
    ['where it is known', { conversation: { ...NEW_CONVERSATION, saidOff: heard } }],
    ['where its event has ended the process three times', { isDeadly: true }],
  ])('%s', async (_, asked) => {
    expect(await said(asked)).toEqual([undefined, 0]);
  });
});
