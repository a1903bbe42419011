import { describe, expect, it } from 'vitest';
import { run } from '../cli/support.ts';
import { seeds } from './seeds-command.ts';

describe('npm run sim -- --enumerate', () => {
  // It went through all small cases, and said nothing of what it had left out.
  it.each([['--prove'], ['--trace'], ['--profile', 'late']])(
    'refuses %s, which goes with seeds',
    async (...words) => {
      const { status, err } = await run(['--enumerate', ...words], '.', seeds);
      expect([status, err]).toEqual([
        2,
        `${words[0]} goes with seeds: --enumerate plays none, and takes --threads alone. See npm run sim -- --help.`,
      ]);
    },
  );
});
