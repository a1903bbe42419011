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
    const listing = { at: NOW - 5 * SECOND, latest: [created('CH1', 5 * SECOND)], from: '1' };
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

  it('is the latest thousand where there are more', async () => {
    const page = Array.from({ length: 1_020 }, (_, n): Shown => [`CH${n}`, (1_020 - n) * 50]);
    const { newest } = await listNew([page]);
    expect(newest.latest.map(({ sid }) => sid)).toEqual(
      page
        .slice(20)
        .map(([sid]) => sid)
        .toReversed(),
    );
  });
});
