import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../cli/run-command.ts';
import { KINDS, type Kind } from './scale/population.ts';
import { describeScale, foundInTime, minutesToFind } from './scale/print-scale.ts';
import { runScale } from './scale/run-scale.ts';
import { scale } from './scale/scale-command.ts';
import type { ScaleOptions, ScaleResult } from './scale/scale-types.ts';

const options = (given: Partial<ScaleOptions>): ScaleOptions => ({
  seed: 1,
  conversations: 300,
  silent: 400,
  hours: 5,
  lost: 20,
  newestFirst: false,
  ...given,
});

const total = ({ messages = 0, conversations = 0, other = 0 }: ScaleResult['requests'][number]) =>
  messages + conversations + other;

describe.each([false, true])('the reconciler at scale, newest conversations first: %s', (newestFirst) => {
  let result: ScaleResult;
  const minutes = (kind: Kind) => result.losses.filter((loss) => loss.kind === kind).map(minutesToFind);
  beforeAll(async () => {
    result = await runScale(options({ newestFirst }));
  });

  it('loses messages of every kind', () => {
    for (const kind of KINDS) expect(minutes(kind).length).toBeGreaterThan(10);
  });

  it('finds what is lost where somebody wrote within the hour within seven minutes', () => {
    expect(Math.max(...minutes('hour'))).toBeLessThanOrEqual(7);
  });

  it('finds what is lost in conversations that were silent once something points to a loss', () => {
    expect(Math.max(...minutes('older'))).toBeLessThan(3 * 60);
  });

  it('ends each run in time, and cuts nothing', () => {
    expect(result.runs.filter(({ killed }) => killed)).toEqual([]);
    expect(foundInTime(result)).toBe(true);
    const text = describeScale(options({ newestFirst }), result).join('\n');
    expect(text).toContain('cut or failed: nothing');
    expect(text).toContain('killed 0, left the rest to the next 0');
  });
});

it('a scale run has one history a seed', async () => {
  const small = { conversations: 40, silent: 20, hours: 2, lost: 3 };
  const first = await runScale(options(small));
  expect(await runScale(options(small))).toEqual(first);
  expect(await runScale(options({ ...small, seed: 2 }))).not.toEqual(first);
});

// 300 old conversations used to cost 304 requests a run, for ever.
it('an idle service with 10,000 old conversations costs Twilio at most 36 requests an hour', async () => {
  const { requests } = await runScale(options({ conversations: 0, silent: 10_000, hours: 10, lost: 0 }));
  // At first it goes through all of them once: it cannot know what was lost before it was there.
  expect(Math.max(...requests.slice(5).map(total))).toBeLessThanOrEqual(36);
});

describe('npm run sim -- --conversations', () => {
  const run = async (...words: string[]) => {
    const lines: string[] = [];
    const out = (line: string) => void lines.push(line);
    const status = await runCommand(scale, words, { cwd: '.', out, err: out });
    return { status, text: lines.join('\n') };
  };

  it('prints what it found, what it cost and what was cut', async () => {
    const { text } = await run('--conversations', '60', '--silent', '30', '--hours', '3', '--lost', '2');
    expect(text).toMatch(/^60 conversations active a day, 30 silent, 3 hours, seed 1, oldest first$/m);
    expect(text).toMatch(/^lost where active in the last hour: 2, found 2, .*minutes to find: median \d/m);
    expect(text).toMatch(/^lost where silent for a month, in the hour before a sign of loss: 2, found/m);
    expect(text).toMatch(/^requests an hour: median \d+, most \d+, least \d+; in all/m);
    expect(text).toMatch(
      /^runs \d+, median \d+\.\d s, the longest \d+\.\d s, killed 0, left the rest to the next \d+$/m,
    );
    expect(text).toMatch(/^cut or failed: /m);
    expect(text).toMatch(/^DynamoDB an hour: median \d+ reads of \d+ units, \d+ writes of \d+ units$/m);
    expect(text).toMatch(/^processor time \d+ s$/m);
  });

  it('says what it takes', async () => {
    expect(await run('--conversations', 'many')).toMatchObject({
      status: 2,
      text: expect.stringContaining('a whole number from 0 to 1000000'),
    });
  });
});
