import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../lib/twilio/retry-after.ts';

const NOW = Date.UTC(2026, 10, 20, 12);

describe('Retry-After', () => {
  it.each([
    ['is absent', undefined, undefined],
    ['is 0', '0', 0],
    ['is seconds', '7', 7_000],
    ['is more seconds', '120', 120_000],
    ['is seconds with a word', '7 seconds', undefined],
    ['is a word with seconds', 'in 7', undefined],
    ['is less than none', '-7', undefined],
    ['is another way to write a number', '0x10', undefined],
    ['is nine digits', '999999999', 3_600_000],
    ['is more than nine digits', '1000000000', undefined],
    ['is a date', 'Fri, 20 Nov 2026 12:00:03 GMT', 3_000],
    ['is a date that has passed', 'Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['is more than an hour', '86400', 3_600_000],
    ['is a date after more than an hour', 'Sat, 21 Nov 2026 12:00:00 GMT', 3_600_000],
    ['is a date that does not exist', 'Fri, 20 Foo 2026 12:00:03 GMT', undefined],
    ['is a date after a word', 'on Fri, 20 Nov 2026 12:00:03 GMT', undefined],
    ['is a date before a word', 'Fri, 20 Nov 2026 12:00:03 GMT or so', undefined],
    ['is a date elsewhere', 'Fri, 20 Nov 2026 12:00:03 GMT+0100', undefined],
    ['is neither', 'soon', undefined],
    ['is empty', '', undefined],
  ])('counts in milliseconds when it %s', (_, value, wait) => {
    expect(parseRetryAfter(value, NOW)).toBe(wait);
  });
});
