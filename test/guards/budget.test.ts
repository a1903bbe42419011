import { describe, expect, it } from 'vitest';
import { countReply, LONGEST_MINUTE_MS, repliesWithin } from '../../lib/guards/budget.ts';
import type { Spoken } from '../../lib/guards/guard.ts';
import { hashTitles } from '../../lib/guards/tap.ts';
import { hashText } from '../../lib/text/hash-text.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { OPEN, reasonFor } from './asked.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = Date.parse(messageAdded().DateCreated);

/** Replies `every` so many milliseconds, the last of them at the moment of the message. */
function replies(count: number, every: number, tap = false): Spoken | undefined {
  return Array.from({ length: count }, (_, i) => at - (count - 1 - i) * every).reduce<Spoken | undefined>(
    (spoken, time) => countReply(spoken, time, tap),
    undefined,
  );
}

const reason = (spoken: Spoken | undefined, now = at, Body = 'x') =>
  reasonFor(messageAdded({ Body }), {
    now,
    maxAgeMs: 2 * DAY,
    conversation: { ...OPEN, ...(spoken && { spoken }), offered: hashTitles(['Opening hours']) },
  });

describe('budgets', () => {
  it('allow six replies in any minute', async () => {
    expect(await reason(replies(5, 0))).toBeUndefined();
    expect(await reason(replies(6, 0))).toBe('budget_minute');
    expect(await reason(replies(6, 0), at + MINUTE - 1)).toBe('budget_minute');
    expect(await reason(replies(6, 0), at + MINUTE + SECOND)).toBeUndefined();
  });

  it('allow sixty replies in any hour', async () => {
    expect(await reason(replies(59, 30 * SECOND), at + MINUTE)).toBeUndefined();
    expect(await reason(replies(60, 30 * SECOND), at + MINUTE)).toBe('budget_hour');
  });

  // A machine that answered every 61 seconds got 4,215 replies in three days.
  it('allow two hundred replies in any 24 hours', async () => {
    expect(await reason(replies(199, 2 * MINUTE), at + MINUTE)).toBeUndefined();
    expect(await reason(replies(200, 2 * MINUTE), at + MINUTE)).toBe('budget_day');
    expect(await reason(replies(200, 2 * MINUTE), at + DAY - 398 * MINUTE)).toBe('budget_day');
    expect(await reason(replies(200, 2 * MINUTE), at + DAY - 398 * MINUTE + HOUR)).toBeUndefined();
  });

  // People who tapped through a menu fell silent at the seventh tap.
  it('have a minute of their own for taps on what the bot offered, which count for the hour and the day', async () => {
    expect(await reason(replies(6, 0), at, 'opening hours!')).toBeUndefined();
    expect(await reason(replies(29, 0, true), at, 'Opening hours')).toBeUndefined();
    expect(await reason(replies(30, 0, true), at, 'Opening hours')).toBe('budget_taps');
    expect(await reason(replies(30, 0, true))).toBeUndefined();
    expect(await reason(replies(60, 30 * SECOND, true), at + MINUTE, 'Opening hours')).toBe('budget_hour');
    expect(repliesWithin(replies(3, 0, true), 'day', at)).toBe(3);
  });

  it('keep little, however many replies there were', () => {
    const spoken = replies(10_000, 9 * SECOND);
    expect(JSON.stringify(spoken).length).toBeLessThan(1_500);
    expect(repliesWithin(spoken, 'day', at)).toBeGreaterThanOrEqual(9_600);
  });

  it('never count fewer than there were in the window', () => {
    for (let last = 0; last < 3 * MINUTE; last += 777) {
      const spoken = countReply(countReply(undefined, 5, false), 5 + last, false);
      for (let now = 5 + last; now < 3 * MINUTE; now += 1_313) {
        const within = [5, 5 + last].filter((time) => now - time < MINUTE).length;
        expect(repliesWithin(spoken, 'minute', now)).toBeGreaterThanOrEqual(within);
      }
    }
  });

  it('count a reply for a minute and the rest of its second at the longest', () => {
    expect(LONGEST_MINUTE_MS).toBe(61_000);
  });

  it('hold for events that are not messages', async () => {
    const spoken = replies(6, 0);
    expect(spoken).toBeDefined();
    expect(
      await reasonFor(participantAdded(), { conversation: { ...OPEN, ...(spoken && { spoken }) } }),
    ).toBe('budget_minute');
  });
});

describe('equal texts', () => {
  const repeated = (count: number, ago: number, Body = 'hours') =>
    reasonFor(messageAdded({ Body }), {
      conversation: { ...OPEN, repeated: { hash: hashText('Hours!'), count, at: at - ago } },
    });

  it('are a loop when the fourth comes within ten minutes of the third', async () => {
    expect(await repeated(2, MINUTE)).toBeUndefined();
    expect(await repeated(3, MINUTE)).toBe('repeated_text');
    expect(await repeated(3, MINUTE, 'other')).toBeUndefined();
  });

  // From the fourth day on whoever asked for the opening hours each day got silence for ever.
  it('are none when the last came ten minutes ago, or nobody knows when', async () => {
    expect(await repeated(3, 10 * MINUTE - 1)).toBe('repeated_text');
    expect(await repeated(3, 10 * MINUTE)).toBeUndefined();
    const conversation = { ...OPEN, repeated: { hash: hashText('hours'), count: 9 } };
    expect(await reasonFor(messageAdded({ Body: 'hours' }), { conversation })).toBeUndefined();
  });

  // Cause: the fourth of a group to say hi was taken for a machine.
  it('are a loop of whoever wrote them, and of anybody where that is not known', async () => {
    const hi = (by: string) =>
      reasonFor(messageAdded({ Body: 'hi', ParticipantSid: 'MB1' }), {
        conversation: { ...OPEN, repeated: { hash: hashText('hi'), count: 3, at: at - MINUTE, by } },
      });
    expect([await hi('MB1'), await hi('MB2')]).toEqual(['repeated_text', undefined]);
  });

  it('are of messages: who joins says nothing, offered or not', async () => {
    const repeated = { hash: hashText('hours'), count: 9, at };
    const conversation = { ...OPEN, repeated, offered: hashTitles(['Hours']) };
    expect(await reasonFor(participantAdded(), { conversation })).toBeUndefined();
  });

  it('are none when the customer taps what the bot offered, or says nothing', async () => {
    const repeated = { hash: hashText('hours'), count: 3, at };
    const tapped = { ...OPEN, repeated, offered: hashTitles(['Hours']) };
    expect(await reasonFor(messageAdded({ Body: 'hours' }), { conversation: tapped })).toBeUndefined();
    const silent = { ...OPEN, repeated: { hash: '', count: 9, at } };
    expect(await reasonFor(messageAdded({ Body: '' }), { conversation: silent })).toBeUndefined();
  });
});

describe('a mute', () => {
  it('ends at its time', async () => {
    const conversation = { ...OPEN, mutedUntil: at + 5 };
    expect(await reasonFor(messageAdded(), { conversation, now: at + 4 })).toBe('muted');
    expect(await reasonFor(messageAdded(), { conversation, now: at + 5 })).toBeUndefined();
  });
});
