import { describe, expect, it } from 'vitest';
import { ago, created, listNew, NOW, SECOND, type Shown } from './list-new.ts';

describe('a listing', () => {
  const before = { at: NOW - 300 * SECOND, latest: [created('CH1', 300 * SECOND)] };
  const pagesFor = async (first: readonly Shown[]) => (await listNew([first, []], { before })).asked.length;

  it('ends at a conversation that is older than what may be new', async () => {
    const page: readonly Shown[] = [
      ['CH4', 0],
      ['CH3', 0],
      ['CH2', 361 * SECOND],
    ];
    expect(await pagesFor(page)).toBe(1);
  });

  it.each<[why: string, page: readonly Shown[]]>([
    [
      'all that it has shown is new',
      [
        ['CH3', 0],
        ['CH2', 360 * SECOND],
      ],
    ],
    [
      'what comes last is known, since one before it may have been listed late',
      [
        ['CH3', 0],
        ['CH1', 300 * SECOND],
      ],
    ],
    [
      'it has shown them in another order',
      [
        ['CH3', 362 * SECOND],
        ['CH2', 0],
        ['CH1', 361 * SECOND],
      ],
    ],
    [
      'what comes last is new',
      [
        ['CH3', 0],
        ['CH1', 300 * SECOND],
        ['CH2', 300 * SECOND],
      ],
    ],
    [
      'Twilio shows the older ones first',
      [
        ['CH0', 361 * SECOND],
        ['CH2', 0],
        ['CH1', 300 * SECOND],
      ],
    ],
    ['a page is empty', []],
    // Cause: a hundred that were imported in one second passed for the newest first, and what was new stood behind them.
    [
      'all that it has shown were created in one second, and Twilio may show the older ones first',
      [
        ['CH2', 400 * SECOND],
        ['CH1', 400 * SECOND],
      ],
    ],
    ['it has shown a single one that is not new', [['CH2', 400 * SECOND]]],
  ])('goes on where %s', async (_, page) => {
    expect(await pagesFor(page)).toBe(2);
  });

  it('ends with the last page', async () => {
    const { newest, asked } = await listNew([[['CH3', 0]], [['CH2', SECOND]]], { before });
    expect(asked.map(({ from }) => from)).toEqual([undefined, '1']);
    expect(newest).toStrictEqual({ at: NOW, latest: [created('CH3', 0), created('CH2', SECOND)] });
  });

  it('that ran out of time is gone on with, and what it had shown is kept', async () => {
    const pages: Shown[][] = [[['CH4', 0]], [['CH3', SECOND]], [['CH2', 2 * SECOND]]];
    const first = await listNew(pages, { before, pages: 2 });
    const shown = { at: NOW, latest: [created('CH4', 0), created('CH3', SECOND)] };
    expect(first.newest).toStrictEqual({ ...before, listing: { ...shown, from: '2', begunAt: NOW } });
    const second = await listNew(pages, { before: first.newest });
    expect(second.asked).toEqual([{ StartDate: ago(360 * SECOND).replace('.000', ''), from: '2' }]);
    expect(second.newest).toStrictEqual({ at: NOW, latest: [...shown.latest, created('CH2', 2 * SECOND)] });
  });

  // Cause: the next one began a minute before what was created last, and what this one had shown too late stood before that.
  it.each([
    ['began', { begunAt: NOW - 120 * SECOND }, 120 * SECOND],
    ['was gone on with, where the version before began it', {}, 0],
  ])('knows nothing that was created since it %s', async (_, begun, ms) => {
    const { at, latest } = before;
    const listing = { at, latest, from: '1', ...begun };
    const { newest } = await listNew([[], [['CH3', -SECOND]], [['CH2', 50 * SECOND]]], {
      before: { ...before, listing },
    });
    expect(newest.at).toBe(NOW - ms);
    expect(newest.latest.map(({ sid }) => sid)).toEqual(['CH3', 'CH2']);
  });

  it('that goes on keeps when it began', async () => {
    const begunAt = NOW - 120 * SECOND;
    const listing = { ...before, from: '1', begunAt };
    const { newest } = await listNew([[], [['CH3', 0]], []], { before: { ...before, listing }, pages: 1 });
    expect(newest.listing).toMatchObject({ at: begunAt, from: '2', begunAt });
  });
});
