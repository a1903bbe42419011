import { describe, expect, it } from 'vitest';
import { withHandoverOff } from '../../lib/event/with-handover-off.ts';

describe('what gives a conversation back', () => {
  it.each([
    [
      '{"crm":12345678901234567890,"parley":{"seen":true}}',
      '{"crm":12345678901234567890,"parley":{"seen":true,"handover":"off"}}',
    ],
    ['{"parley":"vip"}', '{"parley":{"handover":"off"}}'],
    ['{"parley":7}', '{"parley":{"handover":"off"}}'],
    ['{"parley":[1]}', '{"parley":{"handover":"off"}}'],
    ['', '{"parley":{"handover":"off"}}'],
    ['null', '{"parley":{"handover":"off"}}'],
    [null, '{"parley":{"handover":"off"}}'],
  ])('stands beside what the Attributes hold: %j', (attributes, written) => {
    expect(withHandoverOff(attributes)).toBe(written);
  });

  it.each(['[1]', '"vip"', '5', 'true', '{'])(
    'never takes the place of what is not an object: %s',
    (attributes) => {
      expect(() => withHandoverOff(attributes)).toThrow('not a JSON object, and would be lost');
    },
  );
});
