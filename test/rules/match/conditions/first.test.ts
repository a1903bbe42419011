import { describe, expect, it } from 'vitest';
import { participantAdded } from '../../support.ts';
import { ask, holds, NOW, problemsOf } from './ask.ts';

const DAY = 86_400_000;
const wrote = (ago: number) => ({ memory: { customerAt: NOW - ago } });

describe('first', () => {
  it('true: no message of a customer is known from before', () => {
    expect(holds('{ first: true }', 'x')).toBe(true);
    expect(holds('{ first: true }', 'x', wrote(1))).toBe(false);
    expect(holds('{ first: true }', 'x', wrote(29 * DAY))).toBe(false);
    // A month later nothing is known any more.
    expect(holds('{ first: true }', 'x', wrote(30 * DAY + 1))).toBe(true);
  });

  it('a duration: none in that time', () => {
    expect(holds('{ first: 7d }', 'x')).toBe(true);
    expect(holds('{ first: 7d }', 'x', wrote(7 * DAY))).toBe(true);
    expect(holds('{ first: 7d }', 'x', wrote(7 * DAY - 1))).toBe(false);
    // Written before what is known already, and redelivered.
    expect(holds('{ first: 7d }', 'x', wrote(-DAY))).toBe(false);
  });

  it('is asked of those who join as well', () => {
    expect(holds('{ event: onParticipantAdded, first: true }', participantAdded())).toBe(true);
    expect(holds('{ event: onParticipantAdded, first: true }', participantAdded(), wrote(1))).toBe(false);
  });

  it('says so', () => {
    expect(ask('{ first: true }', 'x')?.why).toBe('first: no customer has written here before');
    expect(ask('{ first: true }', 'x', wrote(1))?.why).toBe('first: a customer has written here before');
    expect(ask('{ first: 90m }', 'x')?.why).toBe('first: no customer has written here in the 90m before');
    expect(ask('{ first: 7d }', 'x', wrote(1))?.why).toBe(
      'first: a customer has written here in the 7d before',
    );
  });

  it.each(['false', '1', '0', '31d', 'week'])('refuses %s', (given) => {
    expect(problemsOf(`{ first: ${given} }`)).toHaveLength(1);
    expect(problemsOf(`{ first: ${given} }`)[0]).not.toContain('Invalid');
  });
});
