import { describe, expect, it } from 'vitest';
import { describeReceipt, hasFailed } from '../../lib/twilio/delivery.ts';

describe('a receipt', () => {
  it.each([
    ['read', 0, 'read'],
    ['undelivered', 30003, 'undelivered 30003: The phone is off or out of reach.'],
    ['failed', 12345, 'failed 12345: Error 12345: https://www.twilio.com/docs/api/errors/12345'],
    ['failed', 0, 'failed: Twilio does not say why.'],
  ])('that says %s %i is told as its status, its code and what that means', (status, errorCode, told) => {
    expect(describeReceipt({ status, errorCode })).toBe(told);
  });

  it('has failed where it says failed or undelivered, whether it has a code or not', () => {
    const all = ['sent', 'delivered', 'read', 'failed', 'undelivered'];
    expect(all.filter((status) => hasFailed({ status }))).toEqual(['failed', 'undelivered']);
  });
});
