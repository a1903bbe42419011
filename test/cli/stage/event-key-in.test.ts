import { describe, expect, it } from 'vitest';
import { eventKeyOfSpooled } from '../../../cli/stage/event-key-in.ts';
import { OLD_SPOOL, spoolKey } from '../../../lib/record/keys.ts';

const EVENT = { groupId: 'CH1', deduplicationId: 'onMessageAdded|IM1', body: '{}' };
const KEYS = [spoolKey(EVENT, 0), { pk: OLD_SPOOL, sk: 'CH1|onMessageAdded|IM1' }];
const item = (value: unknown) => ({ version: 1, expiresAt: 2e9, value: value as typeof EVENT });

// `status` and `prove` ended with an error where one was damaged.
describe('the event that waits in the spool', () => {
  it.each([EVENT, null, 'x', {}].map((value) => ({ value })))(
    'is named, whatever it holds: $value',
    ({ value }) => {
      for (const key of KEYS) expect(eventKeyOfSpooled([key, item(value)])).toBe('onMessageAdded|IM1');
    },
  );
});
