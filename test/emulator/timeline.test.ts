import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeline, type Timeline } from '../../emulator/timeline.ts';
import { createTestClock, type TestClock } from './start-service.ts';

const START = 1_000_000;

function create(): { clock: TestClock; timeline: Timeline; errors: unknown[] } {
  const clock = createTestClock(START);
  const errors: unknown[] = [];
  return { clock, timeline: createTimeline(clock, (error) => errors.push(error)), errors };
}

describe('the world’s time', () => {
  it('goes with the machine’s until it is frozen, and on from there when it is resumed', async () => {
    const { clock, timeline } = create();
    await clock.advance(10);
    expect(timeline.now()).toBe(START + 10);
    timeline.freeze();
    await clock.advance(1000);
    expect([timeline.now(), timeline.frozen]).toEqual([START + 10, true]);
    timeline.resume();
    await clock.advance(5);
    expect([timeline.now(), timeline.frozen]).toEqual([START + 15, false]);
  });

  it('does what falls due while it is moved, each at its own moment', () => {
    const { timeline } = create();
    const seen: [string, number][] = [];
    timeline.after(20, () => seen.push(['b', timeline.now() - START]));
    timeline.after(10, () => {
      seen.push(['a', timeline.now() - START]);
      timeline.after(5, () => seen.push(['after a', timeline.now() - START]));
    });
    timeline.after(30, () => seen.push(['c', timeline.now() - START]));
    timeline.move(25);
    expect(seen).toEqual([
      ['a', 10],
      ['after a', 15],
      ['b', 20],
    ]);
    expect([timeline.now() - START, (timeline.nextDue() ?? 0) - START]).toEqual([25, 30]);
  });

  it('can be moved back: what waits then waits longer', async () => {
    const { clock, timeline } = create();
    let done = false;
    timeline.after(10, () => {
      done = true;
    });
    timeline.move(-100);
    await clock.advance(50);
    expect([timeline.now(), done]).toEqual([START - 50, false]);
    await clock.advance(60);
    expect(done).toBe(true);
  });

  it('does nothing that is due while frozen, and all of it when resumed', async () => {
    const { clock, timeline } = create();
    const seen: number[] = [];
    timeline.after(10, () => seen.push(1));
    timeline.freeze();
    await clock.advance(1000);
    expect(seen).toEqual([]);
    timeline.resume();
    await clock.advance(10);
    expect(seen).toEqual([1]);
  });

  it('waits longer than a timer can, in steps of an hour', async () => {
    const { clock, timeline } = create();
    let done = 0;
    timeline.after(40 * 24 * 3_600_000, () => {
      done = timeline.now();
    });
    await clock.advance(40 * 24 * 3_600_000);
    expect(done).toBe(START + 40 * 24 * 3_600_000);
  });

  it('goes on after a task that throws, and reports it', async () => {
    const { clock, timeline, errors } = create();
    let done = false;
    timeline.after(1, () => {
      throw new Error('broken');
    });
    timeline.after(2, () => {
      done = true;
    });
    await clock.advance(5);
    expect([done, String(errors[0])]).toEqual([true, 'Error: broken']);
  });

  it('forgets everything when it is cleared', async () => {
    const { clock, timeline } = create();
    timeline.after(1, () => expect.unreachable());
    timeline.clear();
    await clock.advance(10);
  });

  it('does everything once, in order of time and then of asking, however time passes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }),
        fc.array(
          fc.oneof(
            fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 20 }) }),
            fc.record({ kind: fc.constant('move' as const), ms: fc.integer({ min: 0, max: 20 }) }),
            fc.record({ kind: fc.constantFrom('freeze' as const, 'resume' as const), ms: fc.constant(0) }),
          ),
          { maxLength: 15 },
        ),
        async (waits, steps) => {
          const { clock, timeline } = create();
          const done: number[] = [];
          for (const [n, wait] of waits.entries()) timeline.after(wait, () => done.push(n));
          for (const { kind, ms } of steps) {
            if (kind === 'advance') await clock.advance(ms);
            else if (kind === 'move') timeline.move(ms);
            else timeline[kind]();
          }
          timeline.resume();
          await clock.advance(60);
          const expected = waits.map((wait, n) => ({ wait, n })).sort((a, b) => a.wait - b.wait || a.n - b.n);
          expect(done).toEqual(expected.map(({ n }) => n));
        },
      ),
    );
  });
});
