import { describe, expect, it } from 'vitest';
import { keyOf, message, startLook } from './look-scene.ts';

const messages = (count: number, from = 0) => Array.from({ length: count }, (_, n) => message(from + n));
const keys = (from: number, to: number) => messages(to - from + 1, from).map(({ index }) => keyOf(index));
const never = () => false;

describe('a look at a conversation of which nothing is accounted for', () => {
  it('asks for pages of a hundred at once', async () => {
    const { look, know, pages } = startLook(messages(150));
    await know({ accounted: -1 });
    expect(await look()).toBe(150);
    expect(pages).toEqual([100, 100]);
  });
});

describe('a look at a known conversation', () => {
  it.each([
    ['nothing', 7, []],
    ['up to four messages', 3, keys(4, 7)],
  ])('asks for a page of five where %s came since', async (_, accounted, found) => {
    const { look, know, pages, queued } = startLook(messages(8));
    await know({ accounted });
    await look();
    expect(pages).toEqual([5]);
    expect(queued()).toEqual(found);
  });

  it('asks for a page of five where the conversation has no more, and what is accounted for is gone', async () => {
    const { look, know, pages } = startLook(messages(4, 1));
    await know({ accounted: 0 });
    expect(await look()).toBe(4);
    expect(pages).toEqual([5]);
  });

  it.each([5, 9, 12])('asks for a page of a hundred after that where %i came since', async (count) => {
    const { look, know, pages, queued } = startLook(messages(count, 1));
    await know({ accounted: 0 });
    expect(await look()).toBe(count);
    expect(pages).toEqual([5, 100]);
    expect(queued()).toEqual(keys(1, count));
  });

  it('leaves what is written between the two pages to the next one, since its elders go first', async () => {
    const there = messages(8);
    const { look, know, queued } = startLook(there, {
      asked: 'now',
      list: async function* (_, { PageSize }) {
        if (PageSize === 100) there.push(message(8));
        yield* there.toReversed().slice(0, PageSize);
      },
    });
    await know({ accounted: 0 });
    await look();
    expect(queued()).toEqual(keys(1, 7));
    await look();
    expect(queued()).toEqual(keys(1, 8));
  });
});

describe('a look without time', () => {
  it('is given up after a page of a hundred, and puts nothing on the queue', async () => {
    const { look, pages, queued } = startLook(messages(150));
    await expect(look({ goesOn: never })).rejects.toMatchObject({ code: 'retry', reason: 'out_of_time' });
    expect(pages).toEqual([100]);
    expect(queued()).toEqual([]);
  });

  it('ends well where a page is not full', async () => {
    const { look } = startLook(messages(99));
    expect(await look({ goesOn: never })).toBe(99);
  });

  // Cause: two pages of five seconds each did not fit into the ten that a run keeps for the last one and for saving.
  it('is given up after the page of five where that is not enough', async () => {
    const { look, know, pages } = startLook(messages(8));
    await know({ accounted: 0 });
    await expect(look({ goesOn: never })).rejects.toMatchObject({ reason: 'out_of_time' });
    expect(pages).toEqual([5]);
  });

  it('ends well where the page of five is enough', async () => {
    const { look, know } = startLook(messages(200));
    await know({ accounted: 196 });
    expect(await look({ goesOn: never })).toBe(3);
  });
});
