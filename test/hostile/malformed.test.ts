import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { malformed, respelled } from './malformed.ts';
import { ANSWERED, createReceiver } from './receiver.ts';

/** `npm run hostile` runs 100,000; `RUNS` and `SEED` choose others. */
const numRuns = Number(process.env['RUNS'] ?? 1_500);
const seed = Number(process.env['SEED'] ?? 20_261_120);

describe(`${numRuns} malformed webhooks`, () => {
  it('are answered, and none is taken in with another meaning than what Twilio signed', async () => {
    const receive = createReceiver();
    const counts = new Map<string, number>();
    const acknowledged = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(malformed, async ({ flaw, request, original }) => {
        add(counts, flaw);
        const { answer, queued, reason } = await receive(request);
        expect(answer.body).toBe('');
        if (answer.statusCode === 200) {
          add(acknowledged, original === undefined ? reason : 'unharmed');
        } else {
          expect(answer.statusCode).toBeGreaterThanOrEqual(400);
          expect(answer.statusCode).toBeLessThan(500);
        }
        if (answer.statusCode !== 200 || original === undefined) expect(queued).toEqual([]);
        for (const { body } of queued) {
          const signed = parseEvent(original ?? new Map());
          expect(openEnvelope(body).event).toEqual(signed.kind === 'event' ? signed.event : undefined);
        }
      }),
      { numRuns, seed },
    );
    // Every flaw was made, or it proves nothing.
    expect([...counts.keys()].toSorted()).toEqual([
      'bytes',
      'content type',
      'encoding',
      'method',
      'no HTTP event',
      'signature',
      'signed json',
      'signed many',
      'signed missing',
      'signed repeated',
      'signed shape',
      'signer',
      'size',
      'text',
    ]);
    // Signed, and nothing to do: what Twilio asks before it acts, and events it may add. The rest still said the same.
    for (const [why, count] of acknowledged) {
      expect(['pre_action', 'unharmed', 'unknown_event']).toContain(why);
      expect(count).toBeLessThan(numRuns / 20);
    }
  }, 600_000);

  it('are told from the same webhook spelled otherwise, which is taken in', async () => {
    const receive = createReceiver();
    await fc.assert(
      fc.asyncProperty(respelled, async ({ request, original }) => {
        const signed = parseEvent(original);
        fc.pre(signed.kind === 'event' && !signed.doubtful && ANSWERED.has(signed.event.EventType));
        const { answer, queued } = await receive(request);
        expect(answer).toEqual({ statusCode: 200, body: '' });
        expect(queued.map(({ body }) => openEnvelope(body).event)).toEqual([signed.event]);
      }),
      { numRuns: numRuns / 20, seed },
    );
  });
});

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
