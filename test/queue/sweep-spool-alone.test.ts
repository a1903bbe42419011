import { describe, expect, it } from 'vitest';
import { events, NEIGHBOURS, neighbours, numbered, numberOf, range, scene } from './spool-scene.ts';

describe('a conversation that waited for a sweep before', () => {
  it('keeps its place where the queue takes everything again', async () => {
    const { fill, fillRefused, hooks, sweep, sent } = scene();
    await fillRefused(1, neighbours(1));
    await fill(neighbours(1, 1));
    hooks.takes = () => true;
    await sweep();
    expect(sent.map(numberOf)).toEqual([0, 1]);
  });

  it('keeps its place where the queue refuses only what it never refused before', async () => {
    const { fill, fillRefused, hooks, sweep, sent } = scene();
    await fill(neighbours(1));
    await fillRefused(1, neighbours(1, 1));
    await fill(neighbours(1, 2));
    hooks.takes = (message) => numberOf(message) !== 0;
    await sweep();
    expect(sent.map(numberOf)).toEqual([1, 2]);
  });

  it('has its turn after the others where the queue refuses one again, the least refused first', async () => {
    const { fill, fillRefused, hooks, sweep, sent } = scene();
    await fillRefused(1, neighbours(1));
    await fillRefused(3, neighbours(1, 1));
    await fillRefused(1, neighbours(1, 2));
    await fillRefused(2, neighbours(1, 3));
    await fill(neighbours(1, 4));
    hooks.takes = (message) => numberOf(message) !== 0;
    await sweep();
    expect(sent.map(numberOf)).toEqual([4, 2, 3, 1]);
  });

  it('has its turn with what stands of it on the next page', async () => {
    const { fill, fillRefused, hooks, sweep, sent } = scene();
    await fillRefused(1, neighbours(2));
    await fill([...neighbours(98, 2), numbered(100, NEIGHBOURS[1]), numbered(101, NEIGHBOURS[101])]);
    hooks.takes = (message) => numberOf(message) !== 0;
    await sweep();
    expect(sent.map(numberOf)).toEqual([...range(98, 2), 101, 1, 100]);
  });

  it('waits for the next sweep, in its order, where 1,600 come before it', async () => {
    const { fill, fillRefused, hooks, sweep, sweepNext, sent, waiting } = scene();
    const odd = NEIGHBOURS[1_601];
    await fillRefused(1, neighbours(1_601));
    await fillRefused(2, [numbered(1_601, odd)]);
    // They fill the page, so that the last one stands on another.
    await fill([...neighbours(98, 1_602), numbered(1_700, odd)]);
    hooks.takes = (message) => numberOf(message) !== 0;
    await sweep();
    expect(sent.map(numberOf)).toEqual([...range(98, 1_602), ...range(1_600, 1)]);
    expect((await waiting()).map(numberOf)).toEqual([0, 1_601, 1_700]);
    hooks.takes = () => true;
    await sweepNext();
    expect(sent.slice(-3).map(numberOf)).toEqual([0, 1_601, 1_700]);
  });
});

describe('a conversation whose order is given up', () => {
  it('has each of its events tried once a sweep', async () => {
    const { fill, fillRefused, hooks, sweep, sent, counted } = scene();
    await fill([numbered(0)]);
    await fillRefused(3, [numbered(1)]);
    await fill([numbered(2)]);
    hooks.takes = (message) => numberOf(message) !== 1;
    await sweep();
    expect(sent.map(numberOf)).toEqual([0, 2]);
    expect(counted('event_stays_spooled')).toHaveLength(1);
  });

  it('is left when the time runs out', async () => {
    const { fill, fillRefused, hooks, sweep, sent } = scene();
    await fillRefused(3, [numbered(0)]);
    await fill(events(5, 1));
    hooks.takes = (message) => numberOf(message) !== 0;
    hooks.hasTime = () => sent.length < 2;
    await sweep();
    expect(sent.map(numberOf)).toEqual([1, 2]);
  });

  it('is left when ten more in a row are refused, and the next has its turn', async () => {
    const { fill, fillRefused, hooks, sweep, sent, counted } = scene();
    await fillRefused(3, events(20));
    await fill(neighbours(1, 20));
    hooks.takes = (message) => numberOf(message) === 20;
    await sweep();
    expect(counted('event_stays_spooled')).toHaveLength(11);
    expect(sent.map(numberOf)).toEqual([20]);
  });
});
