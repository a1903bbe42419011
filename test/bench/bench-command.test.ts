import { describe, expect, it } from 'vitest';
import { bench } from '../../bench/bench-command.ts';
import { run } from '../cli/support.ts';

const refused = async (...args: readonly string[]) => {
  const { status, out, err } = await run(args, '.', bench);
  expect({ status, isSilent: !out.includes('|') }).toEqual({ status: 2, isSilent: true });
  return err;
};

describe('npm run bench', () => {
  it.each(['0', '-1', '1.5', 'many', ''])(
    'takes a whole number of runs, which "%s" is not',
    async (given) => {
      expect(await refused('--runs', given)).toMatch(
        new RegExp(`--runs.*${given.replace('.', '\\.')}.*expected a whole number from 1`, 's'),
      );
    },
  );

  it('names the parts that there are where one is asked for that is not', async () => {
    expect(await refused('--only', 'zips')).toMatch(
      /--only.*zips.*expected peers, starts, rules, handlers, growth/s,
    );
  });

  it.each([
    ['--only', 'rules', '--docs'],
    ['--only', 'starts', '--docs'],
    ['--only', 'handlers', '--json', 'figures.json'],
    ['--only', 'growth', '--docs'],
  ])('writes nothing of what is not measured: %s %s %s', async (...args) => {
    expect(await refused(...args)).toMatch(/expected no --only, or --only peers/);
  });
});
