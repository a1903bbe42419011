import { describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Written } from './oracle.ts';
import { dueInTheEnd } from './taken-over.ts';

const MINUTE = 60_000;
const message: Written = {
  ...{ sid: 'IM1', index: 0, conversationSid: 'CH1', body: 'one 1' },
  ...{ due: 1, outcome: 'replied' },
};
const agents: Written = { ...message, sid: 'IM2', index: 2, due: 0, byAgentAt: 2 * MINUTE };
const byPerson = { finished: { outcome: 'suppressed', reason: 'person', at: 9 * MINUTE } } as MessageRecord;
const was = { outcome: 'quarantined', reason: 'process_died', at: 5 * MINUTE } as const;
const replayed = { ...byPerson, replays: [{ id: 'r1', was }] };

/** @param begunAt when each POST of its answer was started */
function due(record: MessageRecord, ...begunAt: readonly number[]) {
  const posts = begunAt.map((at) => ({ subject: message.sid, at }));
  return dueInTheEnd(
    { watch: { posts }, store: { whole: true } } as never,
    message,
    [message, agents],
    record,
  );
}

describe('what a person has answered', () => {
  it('has no reply of the bot’s', () => {
    expect(due(byPerson)).toMatchObject({ due: 0, most: 0, outcome: 'suppressed' });
  });

  // Cause: it was answered, nobody came to know that before three processes had died of it, and a replay was refused.
  it('may have one that was begun before it was set aside, of which nobody knew', () => {
    expect(due(replayed, MINUTE)).toMatchObject({ due: 0, most: 1, outcome: 'suppressed' });
  });

  it('has none that was begun since', () => {
    expect(due(replayed, MINUTE, 8 * MINUTE)).toMatchObject({ due: 0, most: 0 });
  });
});
