import { describe, expect, it } from 'vitest';
import type { Share } from '../../../lib/rules/types.ts';
import { drawTurn } from '../../../local/show-turn.ts';

const CALL: Share['actions'][number] = { kind: 'call', handler: 'look', values: {}, remembers: [], else: [] };
const HANDOVER: Share['actions'][number] = { kind: 'handover', forMs: 3_600_000, back: [], invite: [] };

/** What is shown, below the replies, of an answer by which the conversation was handed over. */
function below(actions: Share['actions'], called: readonly string[]): readonly string[] {
  const drawn = drawTurn({
    inbound: { author: '+15550100001', body: 'order 7' },
    decision: {
      outcome: 'reply',
      rule: 'order',
      shares: [{ rule: 'order', match: {}, actions }],
      once: [],
      language: 'en',
      considered: [],
    },
    outcome: { outcome: 'replied' },
    why: undefined,
    replies: [{ resource: { author: 'parley', body: 'Dana will write.' }, content: undefined, failures: [] }],
    steps: [],
    called: called.map((handler) => ({ handler, ended: 'returned', ms: 5 })),
    templates: {},
    noted: { handover: { at: 0, until: Date.UTC(2026, 0, 5, 10), back: [] } },
    requests: [],
  });
  return drawn.split('\n').filter((line) => line.startsWith('['));
}

describe('a handover', () => {
  it('is shown once, be it of a handler, which no rule says', () => {
    const quiet = 'The bot is quiet until 2026-01-05 10:00 UTC.';
    const call = '[call] look returned after 5 ms.';
    expect(below([CALL], ['look'])).toEqual([call, `[handover] Hands over to a person. ${quiet}`]);
    const ofRule = `[handover] Hands over to a person for 1h. ${quiet}`;
    expect(below([CALL, HANDOVER], ['look'])).toEqual([call, ofRule]);
    expect(below([HANDOVER], [])).toEqual([ofRule]);
  });
});
