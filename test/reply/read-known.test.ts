import { describe, expect, it } from 'vitest';
import { NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { RECORD_VERSION } from '../../lib/record/message-record.ts';
import { readKnown } from '../../lib/reply/read-known.ts';
import { messageAdded } from '../rules/support.ts';
import { thrownBy } from './sender-harness.ts';

const event = messageAdded();
const envelope = {
  event,
  address: { serviceSid: `IS${'a'.repeat(32)}`, conversationSid: event.ConversationSid },
  receivedAt: 0,
  doubtful: false,
};

const read = (recordVersion: number, conversationVersion: number) => {
  const none = { keys: () => [], learn: () => undefined };
  const getAll = async () => [recordVersion, conversationVersion].map((v) => ({ version: 1, value: { v } }));
  const ports = { store: { getAll }, clock: { now: () => 0 }, modes: none, table: none };
  return readKnown(ports as never, envelope);
};

describe('what the table holds of a message', () => {
  it('is read as far as this version knows it', async () => {
    const known = await read(RECORD_VERSION, NEW_CONVERSATION.v);
    expect([known.record?.value.v, known.conversation?.value.v]).toEqual([RECORD_VERSION, 1]);
  });

  it.each([
    ['record', RECORD_VERSION + 1, NEW_CONVERSATION.v],
    ['conversation', RECORD_VERSION, NEW_CONVERSATION.v + 1],
  ])('waits for a newer deployment where its %s is of a newer version', async (_, record, conversation) => {
    const error = await thrownBy(read(record, conversation));
    expect(error).toMatchObject({ reason: 'newer_record', delayMs: 60_000 });
  });
});
