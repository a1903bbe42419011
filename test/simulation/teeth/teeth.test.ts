import { afterAll, describe, expect, it } from 'vitest';
import { bite } from './bite.ts';
import { profileOfDefect } from './defect.ts';
import { DEFECTS, PROTOCOL_DEFECTS } from './defects.ts';
import { createGround } from './plant.ts';

/** `npm run teeth` plants all; these lose, double and reorder, and one is a test's to notice. */
const SOME = [
  'acknowledge before the event is on the queue',
  'send again without looking',
  'do not wait for messages that come late',
  'a conversation’s messages side by side',
];

const ground = createGround();
afterAll(() => ground.remove());

describe('a planted defect', () => {
  it('is one of at least 25, each with a name of its own', () => {
    expect(new Set(DEFECTS.map(({ name }) => name)).size).toBe(DEFECTS.length);
    expect(DEFECTS.length).toBeGreaterThanOrEqual(25);
  });

  it('of the protocol is for the simulation itself to notice, at least one of two', () => {
    const bySeeds = PROTOCOL_DEFECTS.filter((defect) => profileOfDefect(defect) !== undefined);
    expect(bySeeds.length * 2).toBeGreaterThanOrEqual(PROTOCOL_DEFECTS.length);
  });

  it.each(DEFECTS)('still has its place: $name', ({ edits }) => {
    ground.plant(edits)();
  });

  it.each(DEFECTS.filter(({ name }) => SOME.includes(name)))('is caught: $name', async (defect) => {
    expect(await bite(ground, defect)).toMatchObject({ caught: true });
  });
});
