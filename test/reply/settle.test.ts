import { expect, it } from 'vitest';
import { settlesAt, settleWait } from '../../lib/reply/settle.ts';

it('a part is settled in the very moment from which on it was not sent, and waited for a little longer before', () => {
  const part = { state: 'sending', sendingSince: 1_000 } as never;
  const at = settlesAt(part, 45_000);
  expect(settleWait(part, 45_000, at)).toBe(0);
  expect(settleWait(part, 45_000, at - 1)).toBe(2_001);
});
