import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/support.ts';
import { drawSeed, drawSome } from '../support/runs.ts';
import type { Profile } from './profile.ts';
import { PROFILES, profileNamed, profileOf } from './profiles/profiles.ts';
import { seeds } from './seeds-command.ts';
import { simulate } from './simulate.ts';
import { withExplanations, withProof } from './with-proof.ts';

const SEEDS = Array.from({ length: 2_000 }, (_, i) => i + 1);

describe('the profiles', () => {
  it('have a name and a sentence of their own each', () => {
    expect(new Set(PROFILES.map(({ name }) => name)).size).toBe(PROFILES.length);
    for (const { name, about } of PROFILES) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(about).toMatch(/^[A-Z].{30,}[^.]$/);
    }
  });

  it.each(PROFILES)('are explained where it says what the simulation shows: $name', ({ name, about }) => {
    const page = readFileSync(new URL('../../docs/guarantees.md', import.meta.url), 'utf8');
    expect(page).toContain(`| \`${name}\` | ${about} |`);
  });

  it('are drawn by share, the same one for a seed each time', () => {
    const drawn = SEEDS.map((seed) => profileOf(seed).name);
    expect(SEEDS.map((seed) => profileOf(seed).name)).toEqual(drawn);
    const all = PROFILES.reduce((sum, { share = 1 }) => sum + share, 0);
    for (const { name, share = 1 } of PROFILES) {
      const seeds = drawn.filter((each) => each === name).length;
      expect(seeds / SEEDS.length, name).toBeCloseTo(share / all, 1);
      expect(seeds > 0, name).toBe(share > 0);
    }
  });

  it('can be had by name, and a wrong name lists the right ones', () => {
    expect(profileNamed('ordinary').name).toBe('ordinary');
    expect(() => profileNamed('odd')).toThrow(/^There is no profile "odd"\. There are: ordinary, /);
  });

  // Some of them, others each time; `npm run hostile` tries all.
  it.each(drawSome(PROFILES, 8, drawSeed()))(
    'have one history a seed, without a problem: $name',
    async (profile: Profile) => {
      // Looking at it with npx parley prove and explain changes nothing, and finds nothing.
      const [first, second] = [
        await simulate(2, { profile }),
        await simulate(2, { profile: withExplanations(withProof(profile)) }),
      ];
      expect(second.problems).toEqual([]);
      expect(second.hash).toBe(first.hash);
      expect(first.profile).toBe(profile.name);
      expect(first.problems).toEqual([]);
    },
  );
});

describe('npm run sim', () => {
  const sim = (...words: string[]) => run(words, '.', seeds);

  it('says what it takes', async () => {
    const { status, out } = await sim('--help');
    expect(status).toBe(0);
    for (const option of ['seeds', 'seed', 'threads', 'profile', 'prove', 'trace', 'enumerate'])
      expect(out).toContain(`--${option} `);
  });

  it('refuses a profile that there is not, and names those that there are', async () => {
    const { status, err } = await sim('--profile', 'odd');
    expect(status).toBe(2);
    expect(err).toMatch(/^--profile is "odd": expected ordinary, .* See npm run sim -- --help\.$/);
  });

  it.each(['--seeds', '--seed', '--threads'])('refuses %s that is not a number', async (option) => {
    const { status, err } = await sim(option, '1.5');
    expect(status).toBe(2);
    expect(err).toContain(`${option} is "1.5": expected a whole number from `);
  });

  it('tells what happens in one seed of a profile', async () => {
    const { status, out } = await sim('--seed', '2', '--profile', 'ordinary', '--trace');
    expect(status).toBe(0);
    expect(out).toMatch(/^profile ordinary: /);
    expect(out).toContain('the faults stop');
    expect(out).toMatch(/\nseeds 1, lost 0, still waiting 0, duplicated 0, reordered 0$/);
  });
});
