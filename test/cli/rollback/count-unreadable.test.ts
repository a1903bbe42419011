import { describe, expect, it } from 'vitest';
import { countUnreadable } from '../../../cli/rollback/count-unreadable.ts';
import type { Key, Versioned } from '../../../lib/ports.ts';

const CONVERSATION = `CH${'1'.repeat(32)}`;

/** A table with these values, each under its sort key. */
function tableOf(items: Readonly<Record<string, object>>) {
  let scans = 0;
  return {
    scans: () => scans,
    scan: async function* (): AsyncIterable<readonly [Key, Versioned<unknown>]> {
      scans += 1;
      for (const [sk, value] of Object.entries(items)) {
        yield [
          { pk: CONVERSATION, sk },
          { version: 1, expiresAt: 0, value },
        ];
      }
    },
  };
}

const table = tableOf({
  'onMessageAdded|IM1': { v: 3, parts: [] },
  'onMessageAdded|IM2': { v: 2, parts: [] },
  'onMessageAdded|IM3': { v: 3, parts: [], finished: { outcome: 'replied', at: 1 } },
  'tries|onMessageAdded|IM1': { v: 9, failures: 1 },
  conversation: { v: 2 },
});

describe('what the version before cannot read', () => {
  it('is counted: messages in flight, and conversations', async () => {
    const running = { record: 3, conversation: 2 };
    expect(await countUnreadable(table, running, { record: 2, conversation: 1 })).toEqual({
      inFlight: 1,
      conversations: 1,
    });
    expect(await countUnreadable(table, running, undefined)).toEqual({ inFlight: 1, conversations: 1 });
  });

  it('is nothing, without a look at the table, where it reads what the newer one writes', async () => {
    const same = { record: 3, conversation: 2 };
    const before = table.scans();
    expect(await countUnreadable(table, same, same)).toEqual({ inFlight: 0, conversations: 0 });
    expect(table.scans()).toBe(before);
  });
});
