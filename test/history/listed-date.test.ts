import { describe, expect, it } from 'vitest';
import { datedBehind } from '../../lib/history/listed-date.ts';
import { messageAdded } from '../rules/support.ts';

const SECOND = Date.UTC(2026, 0, 2, 12);
const at = (ms: number) => new Date(SECOND + ms).toISOString();

/** @returns how many milliseconds after its second a message counts as written that is listed in it. */
function datedAt(known: Parameters<typeof datedBehind>[1]): number {
  const { DateCreated } = datedBehind(messageAdded({ DateCreated: at(0) }), known);
  return Date.parse(DateCreated) - SECOND;
}

describe('a message that is listed in a second', () => {
  it('is no older than what is known of that second', () => {
    expect(datedAt({ givenBackAt: SECOND + 400 })).toBe(400);
    expect(datedAt({ personAt: SECOND + 999, givenBackAt: SECOND + 400 })).toBe(999);
    expect(datedAt({ handover: { at: SECOND + 1, until: SECOND + 2, back: [] } })).toBe(1);
  });

  it('is as old as it is listed where what is known is of another second', () => {
    expect(datedAt({})).toBe(0);
    expect(datedAt({ givenBackAt: SECOND - 1 })).toBe(0);
    expect(datedAt({ givenBackAt: SECOND + 1_000 })).toBe(0);
    expect(datedAt({ personAt: SECOND + 60_000 })).toBe(0);
  });
});
