import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { ListMessages } from '../../lib/history/find-reply.ts';
import { type MessageRecord, noteIndex, planRecord, startPart } from '../../lib/record/message-record.ts';
import { noteNewest } from '../../lib/reply/note-newest.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { text, unreadable } from './sender-harness.ts';

const ADDRESS = { serviceSid: `IS${'a'.repeat(32)}`, conversationSid: `CH${'a'.repeat(32)}` };
const PLAN = planRecord({ eventType: 'onMessageAdded', receivedAt: 0 }, 'rule', [text('a'), text('b')]);
const MESSAGE = messageAdded({ Index: 7 });
const WELCOMED = participantAdded();

const listOf = (...indexes: readonly number[]): ListMessages =>
  async function* () {
    for (const index of indexes) yield { index } as MessageResource;
  };

const note = (event: ConversationEvent, list: ListMessages, record = PLAN, accounted?: number) =>
  noteNewest(
    list,
    { event, address: ADDRESS, ...(accounted === undefined ? {} : { conversation: { accounted } }) },
    record,
  );

describe('the newest message before an answer', () => {
  it('is what the conversation knows of, where that is later than what is answered', async () => {
    expect((await note(MESSAGE, listOf(), PLAN, 9)).afterIndex).toBe(9);
  });

  it('is not noted where the answered message is that itself', async () => {
    expect(await note(MESSAGE, listOf(), PLAN, 7)).toBe(PLAN);
    expect(await note(MESSAGE, listOf())).toBe(PLAN);
  });

  it('is asked for before a welcome', async () => {
    expect((await note(WELCOMED, listOf(12, 11))).afterIndex).toBe(12);
  });

  it('is not noted before a welcome where there is none, or none that can be read', async () => {
    expect(await note(WELCOMED, listOf())).toBe(PLAN);
    expect(await note(WELCOMED, unreadable(new Error('no list')))).toBe(PLAN);
  });

  it('is what the conversation knows of where it cannot be read before a welcome', async () => {
    expect((await note(WELCOMED, unreadable(new Error('no list')), PLAN, 4)).afterIndex).toBe(4);
    expect((await note(WELCOMED, unreadable(new Error('no list')), PLAN, 0)).afterIndex).toBe(0);
  });

  // What was the newest is then perhaps the answer itself.
  it.each<[string, MessageRecord]>([
    ['it is noted', noteIndex(PLAN, 3)],
    ['the first of its messages may have been sent', startPart(PLAN, 0, 1)],
    ['both may have been sent', startPart(startPart(PLAN, 0, 1), 1, 2)],
  ])('stays as it is once %s', async (_, record) => {
    expect(await note(WELCOMED, listOf(20), record, 20)).toBe(record);
  });
});
