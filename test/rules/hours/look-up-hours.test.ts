import { describe, expect, it } from 'vitest';
import { lookUpHours } from '../../../lib/rules/hours/look-up-hours.ts';

const MONDAY_NOON = Date.UTC(2026, 10, 30, 12);
const hours = {
  shop: { week: [[[540, 600]], [], [], [], [], [], []], except: {} },
} as const;

describe('{{ hours.… }}', () => {
  it('goes by UTC and in English where the file says nothing else', () => {
    const asked = { now: MONDAY_NOON, hours };
    expect(lookUpHours(asked, 'shop', 'today')).toBe('09:00–10:00');
    expect(lookUpHours(asked, 'shop', 'next')).toBe('Monday 09:00');
  });

  it('goes by the time zone and the language of the conversation', () => {
    const asked = { now: Date.UTC(2026, 10, 30, 23, 30), timezone: 'Europe/Berlin', language: 'de', hours };
    expect(lookUpHours(asked, 'shop', 'today')).toBe('geschlossen');
    expect(lookUpHours(asked, 'shop', 'next')).toBe('Montag 09:00');
  });

  it.each(['bar', 'constructor', '__proto__'])(
    'is absent for hours that the file does not have: %s',
    (name) => {
      expect(lookUpHours({ now: MONDAY_NOON, hours }, name, 'today')).toBeUndefined();
      expect(lookUpHours({ now: MONDAY_NOON }, name, 'next')).toBeUndefined();
    },
  );
});
