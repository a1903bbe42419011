import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../emulator/index.ts';
import { drawSeed, drawSome } from '../support/runs.ts';
import { simulateOutage } from './outage.ts';

const MINUTE = 60_000;
/** The default of REPLIES_PER_MINUTE, in each of three conversations. */
const MOST_A_MINUTE = 18;
/** One a conversation: what was being sent when Twilio went down, and may have been sent. */
const MOST_QUARANTINED = 3;

const OUTAGES: readonly (readonly [string, FaultInput])[] = [
  ['every request fails with 500', { kind: 'error', code: 20500, when: 'before' }],
  ['every request fails with 500 after it took effect', { kind: 'error', code: 20500, when: 'after' }],
  ['every request is refused with 429', { kind: 'rate-limit' }],
  ['every connection is reset', { kind: 'reset', when: 'before' }],
  ['no request is ever answered', { kind: 'timeout', commit: 'never', commitAfterMs: 0 }],
  ['every request takes effect and is never answered', { kind: 'timeout', commit: 'at-once' }],
];

/** Each with one of the two seeds that failed once. Two of them, others each time; `npm run hostile` tries all. */
const CASES = OUTAGES.map(([name, fault], at) => [name, at % 2 === 0 ? 1 : 11, fault] as const);

describe('three hours in which', () => {
  // Causes: 20 deliveries were used up in 100 minutes; a reply planned before the outage was sent after it, three
  // hours late; of the messages that waited, all beyond six were dropped for the budget of a minute; and (seeds 1, 11)
  // so was a new one that came while those that had waited were answered.
  it.each(drawSome(CASES, 2, drawSeed()))(
    '%s lose nothing, keep the order, and end without a burst (seed %i)',
    async (_, seed, fault) => {
      const { problems, deadLetters, outcomes, burst, oldest } = await simulateOutage(fault, 3, seed);
      expect(problems).toEqual([]);
      expect(deadLetters).toBe(0);
      const { replied, stale, quarantined = 0, ...others } = outcomes;
      expect(others).toEqual({});
      expect(quarantined).toBeLessThanOrEqual(MOST_QUARANTINED);
      expect(stale).toBeGreaterThan(10);
      expect(replied).toBeGreaterThan(10);
      expect(burst).toBeLessThanOrEqual(MOST_A_MINUTE);
      // A POST that began in time may end a little later.
      expect(oldest).toBeLessThan(61 * MINUTE);
    },
  );
});
