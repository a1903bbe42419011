import { describe, expect, it } from 'vitest';
import { readMarker } from '../../lib/event/marker.ts';
import { BOT_AUTHOR } from './account.ts';
import { createLoopWorld, HOUR, MINUTE } from './loops.ts';
import { EPOCH } from './scheduler.ts';

/** The first POST of each of five replies takes effect only after so many milliseconds. */
async function commitLate(commitAfterMs: number) {
  const { world, scheduler, converse } = await createLoopWorld();
  const { write } = await converse('whatsapp');
  for (let n = 0; n < 5; n += 1) {
    scheduler.after(n * 20 * MINUTE, () => {
      world.service.faults.arm({
        kind: 'timeout',
        commit: 'late',
        commitAfterMs,
        operation: 'messages.create',
      });
      write(`order ${n}`);
    });
  }
  await scheduler.run(EPOCH + 3 * HOUR);
  const replies = world.shown.filter(({ author }) => author === BOT_AUTHOR);
  const firsts = new Map<string, string>();
  for (const { sid, attributes } of replies) {
    const subject = readMarker(attributes)?.in_reply_to ?? '';
    if (!firsts.has(subject)) firsts.set(subject, sid);
  }
  const reported = world.logs
    .map((line) => JSON.parse(line) as { message?: string; replySid?: string; messageSid?: string })
    .flatMap(({ message, replySid }) =>
      message === 'a reply is at Twilio twice' && replySid ? [replySid] : [],
    );
  return {
    replies: replies.length,
    duplicates: replies.length - firsts.size,
    reported: new Set(reported).size,
  };
}

describe('a POST that takes effect late', () => {
  it.each([1_000, 8_000, 20_000, 30_000, 35_000, 44_000, 45_000])(
    'by %d ms is found: each message has one reply',
    async (ms) => {
      expect(await commitLate(ms)).toEqual({ replies: 5, duplicates: 0, reported: 0 });
    },
  );

  it.each([70_000, 120_000, 400_000, 1_000_000])(
    'by %d ms, later than the settle time, makes a second reply, and every one is counted',
    async (ms) => {
      expect(await commitLate(ms)).toEqual({ replies: 10, duplicates: 5, reported: 5 });
    },
  );
});
