import { describe, expect, it } from 'vitest';
import { apiOrigin } from '../../lib/twilio/api-origin.ts';

describe('the origin of the API', () => {
  it.each([
    [{}, 'https://conversations.twilio.com'],
    [{ edge: 'dublin', region: 'ie1' }, 'https://conversations.dublin.ie1.twilio.com'],
    [{ edge: 'dublin' }, 'https://conversations.dublin.us1.twilio.com'],
    [{ region: 'ie1' }, 'https://conversations.ie1.twilio.com'],
    [{ edge: undefined, region: undefined }, 'https://conversations.twilio.com'],
    [{ product: 'monitor' }, 'https://monitor.twilio.com'],
    [{ product: 'monitor', edge: 'dublin', region: 'ie1' }, 'https://monitor.dublin.ie1.twilio.com'],
  ] as const)('for %o is %s', (place, origin) => {
    expect(apiOrigin(place)).toBe(origin);
  });

  it('without any place is the plain host', () => {
    expect(apiOrigin()).toBe('https://conversations.twilio.com');
  });
});
