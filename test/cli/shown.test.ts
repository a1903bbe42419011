import { describe, expect, it } from 'vitest';
import { showMessage } from '../../cli/explain/show-explanation.ts';
import type { Moment } from '../../cli/explain/time-line.ts';
import { showStatus } from '../../cli/status/show-status.ts';
import { asShown, readBlocks } from '../support/read-blocks.ts';

/** What docs/commands.md shows of outputs that no stand-in would give so. */
const shown = readBlocks('docs/commands.md').filter(({ kind }) => kind === 'text');
const blockOf = (start: string) => {
  const block = shown.find(({ text }) => text.startsWith(start));
  return asShown(block?.text ?? expect.fail(`docs/commands.md shows nothing that begins with ${start}`));
};

describe('docs/commands.md', () => {
  it('shows the screen of status', () => {
    const now = Date.parse('2026-11-29T10:00:00Z');
    const undelivered = { '30007': 0, '63016': 0, other: 0 };
    const screen = showStatus(
      {
        stage: 'prod',
        mode: 'live',
        lookedAt: now - 120_000,
        wiring: { 'IS…': 'ours' },
        last5: {
          accepted: 41,
          replied: 38,
          found: 0,
          refused: 0,
          undelivered,
          p95Ms: 1_400,
          queuedP95Ms: 200,
        },
        last60: {
          ...{ accepted: 502, replied: 471, found: 1, refused: 0, p95Ms: 1_600, queuedP95Ms: 200 },
          undelivered: { ...undelivered, '63016': 2 },
        },
        lastUndelivered: { messageSid: 'IM6b…', conversationSid: 'CH2a…' },
        queue: { visible: 0, inFlight: 1, delayed: 0 },
        deadLetters: 0,
        spooled: 0,
        aws: { commit: '1f69cc6a20b4', mapping: 'Enabled', alarms: { all: 28, ringing: [] } },
      },
      now,
      { given: { stage: 'prod' } },
    );
    expect(screen.join('\n')).toMatch(blockOf('stage '));
  });

  it('shows what became of a message', () => {
    const moment = (time: string, where: Moment['where'], what: string): Moment => ({
      at: Date.parse(`2026-11-29T${time}Z`),
      where,
      what,
    });
    const lines = showMessage({
      sid: 'IM8f',
      address: { conversationSid: 'CH2a', serviceSid: 'IS1' },
      outcome: 'replied',
      rule: 'order_status',
      ms: 2_400,
      before: [],
      failures: 0,
      logs: 'read',
      says: 'Nothing is open.',
      moments: [
        moment('10:02:11.000', 'Twilio', 'message written, Index 41, whatsapp, 17 characters'),
        moment('10:02:11.374', 'queue', 'taken in'),
        moment('10:02:11.412', 'API', 'POST /webhook 200 38 ms'),
        moment(
          '10:02:11.552',
          'reply',
          'decided order_status: keyword: the message is one of "order"; 3 rules before it did not match',
        ),
        moment('10:02:11.552', 'reply', 'POST Messages, part 1/1'),
        moment('10:02:13.000', 'Twilio', 'part 1/1 of its answer is there: IM90, Index 42'),
        moment('10:02:13.730', 'table', 'ended replied'),
        moment('10:02:13.741', 'reply', 'answered, outcome replied, 2367 ms'),
        moment('10:02:40.000', 'delivery', 'IM90 read'),
      ],
    });
    expect(lines.join('\n')).toMatch(blockOf('IM8f'));
  });

  it('shows no other output that nothing compares', () => {
    expect(shown).toHaveLength(2);
  });
});
