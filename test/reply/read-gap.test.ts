import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../lib/queue/envelope.ts';
import type { Delivery } from '../../lib/queue/process-batch.ts';
import type { Try } from '../../lib/reply/open-try.ts';
import { readGap } from '../../lib/reply/read-gap.ts';
import { messageAdded } from '../rules/support.ts';

describe('the gap before a message of which processes die', () => {
  it('stays open, and nobody asks Twilio or the table for it', async () => {
    const event = messageAdded({ Index: 5 });
    const address = { serviceSid: event.ChatServiceSid as string, conversationSid: event.ConversationSid };
    const asked: string[] = [];
    const ask = (what: string) => async () => {
      asked.push(what);
      throw new Error(what);
    };
    const ports = {
      list: ask('list'),
      store: { get: ask('get'), put: ask('put') },
      botAuthor: 'parley',
      agents: { identities: [], roleSids: [] },
      programs: { identities: [], roleSids: [] },
    };
    const envelope: Envelope = { event, address, receivedAt: 0, doubtful: false };
    const gap = await readGap(
      ports as never,
      envelope,
      { isDeadly: true } as Try,
      { receiveCount: 6, remainingMs: () => 30_000 } as unknown as Delivery,
      undefined,
    );
    expect(gap).toEqual({ missed: [], isOpen: true });
    expect(asked).toEqual([]);
  });
});
