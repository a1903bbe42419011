import { describe, expect, it } from 'vitest';
import { showStatus } from '../../../cli/status/show-status.ts';

const NONE = {
  accepted: 0,
  replied: 0,
  found: 0,
  refused: 0,
  undelivered: { '30007': 0, '63016': 0, other: 0 },
};
const NOW = 1_000_000_000;

describe('the screen of status', () => {
  it.each([
    [20_000, 'looked for lost messages less than 1 min ago'],
    [120_000, 'looked for lost messages 2 min ago'],
    [10_800_000, 'looked for lost messages 3 h ago'],
    [undefined, 'it has never looked for lost messages'],
  ])('says of a heartbeat %s milliseconds ago: %s', (ago, says) => {
    const lines = showStatus(
      {
        stage: 'local',
        mode: 'live',
        ...(ago !== undefined && { lookedAt: NOW - ago }),
        wiring: {},
        last5: NONE,
        last60: NONE,
        queue: { visible: 0, inFlight: 0, delayed: 0 },
        deadLetters: 0,
        spooled: 0,
      },
      NOW,
      { given: { stage: 'local' } },
    );
    expect(lines).toContain(`heartbeat     ${says}`);
  });
});
