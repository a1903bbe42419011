import { describe, expect, it } from 'vitest';
import { ago, created, listNew, NOW, SECOND, type Shown } from './list-new.ts';

const DAY = 86_400_000;

describe('the first listing', () => {
  it('begins a day ago, and a minute before', async () => {
    const { asked } = await listNew([[]]);
    expect(asked).toEqual([{ StartDate: '2026-01-01T11:59:00Z', from: undefined }]);
  });

  it('begins with the mark of the service where that is later', async () => {
    const { asked } = await listNew([[]], { since: NOW - DAY / 2 });
    expect(asked).toEqual([{ StartDate: '2026-01-01T23:59:00Z', from: undefined }]);
  });

  it('knows nothing while it is not finished but what it has shown', async () => {
    const { newest } = await listNew([[['CH1', 5 * SECOND]], [['CH2', 9 * SECOND]]], { pages: 1 });
    const listing = { at: NOW - 5 * SECOND, latest: [created('CH1', 5 * SECOND)], from: '1', begunAt: NOW };
    expect(newest).toStrictEqual({ at: NOW - DAY, latest: [], listing });
  });
});

describe('a conversation', () => {
  const before = { at: NOW - 300 * SECOND, latest: [created('CH1', 300 * SECOND)] };

  it('is marked as active where it is not known', async () => {
    const { marked } = await listNew(
      [
        [
          ['CH3', 10 * SECOND],
          ['CH2', 20 * SECOND],
          ['CH1', 300 * SECOND],
        ],
      ],
      { before },
    );
    expect(marked).toEqual(['CH3', 'CH2']);
  });

  it('is new where it was created up to a minute before the newest that is known', async () => {
    const { marked, asked } = await listNew(
      [
        [
          ['CH8', 360 * SECOND],
          ['CH9', 361 * SECOND],
        ],
      ],
      { before },
    );
    expect(marked).toEqual(['CH8']);
    expect(asked).toEqual([{ StartDate: ago(360 * SECOND).replace('.000', ''), from: undefined }]);
  });

  it.each([
    ['without a date', null],
    ['with a date that cannot be read', 'yesterday'],
    ['with a date that is ahead', -5 * SECOND],
  ])('%s was created a moment ago', async (_, date) => {
    const { newest, marked } = await listNew([[['CH2', date]]], { before });
    expect(marked).toEqual(['CH2']);
    expect(newest).toEqual({ at: NOW, latest: [created('CH2', 0)] });
  });
});

describe('what is known afterwards', () => {
  it('is what was created in the minute before the newest, the latest first, each once', async () => {
    const before = {
      at: NOW - 30 * SECOND,
      latest: [created('CH2', 60 * SECOND), created('CH1', 61 * SECOND)],
    };
    const { newest } = await listNew(
      [
        [
          ['CH3', 10 * SECOND],
          ['CH2', 60 * SECOND],
          ['CH4', 0],
        ],
      ],
      { before },
    );
    const latest = [created('CH4', 0), created('CH3', 10 * SECOND), created('CH2', 60 * SECOND)];
    expect(newest).toStrictEqual({ at: NOW, latest });
  });

  it('is as before where nothing is new', async () => {
    const before = { at: NOW - 300 * SECOND, latest: [created('CH1', 300 * SECOND)] };
    expect((await listNew([[]], { before })).newest).toStrictEqual(before);
  });

  const MANY = Array.from({ length: 1_020 }, (_, n): Shown => [`CH${n}`, (1_020 - n) * 50]);
  const latest = (count: number) =>
    MANY.slice(-count)
      .map(([sid]) => sid)
      .toReversed();

  // What is known of all services stands in one item, which holds 400 KB.
  it.each([
    [1, 1_000],
    [2, 1_000],
    [7, 285],
    [30, 66],
  ])('of %d services is the latest %d where there are more', async (services, most) => {
    const { newest } = await listNew([MANY], { services });
    expect(newest.latest.map(({ sid }) => sid)).toEqual(latest(most));
  });

  it('is cut where services have been added since, while the listing is not finished', async () => {
    const before = { at: NOW, latest: MANY.map(([sid]) => created(sid, 0)) };
    const { newest } = await listNew([MANY, []], { before, services: 7, pages: 1 });
    expect([newest.latest.length, newest.listing?.latest.length]).toEqual([285, 285]);
  });
});
