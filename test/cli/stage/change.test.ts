import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../../cli/command.ts';
import { listAudits } from '../../../cli/stage/audit.ts';
import { change, mayShowText, statusOf } from '../../../cli/stage/change.ts';
import { createMemoryStore } from '../../../local/lambda/memory-store.ts';
import { seededRandom } from '../../../talks/testing/seeded-random.ts';

const NOW = Date.parse('2026-11-29T03:00:00Z');
const ASKED = { dryRun: false, yes: false, reason: 'a test', json: false } as const;

/** A table, and whoever sits at the terminal: types `line`, or is not there. */
function operated(line?: string) {
  let now = NOW;
  const clock = { now: () => now++, sleep: async () => undefined };
  const printed: string[] = [];
  const questions: string[] = [];
  const terminal: Terminal = {
    cwd: '.',
    out: (text) => printed.push(text),
    err: (text) => printed.push(text),
    ...(line !== undefined && {
      ask: async (question) => {
        questions.push(question);
        return line;
      },
    }),
  };
  const table = { ...createMemoryStore({ clock }), scan: async function* () {} };
  const stage = { table, clock, random: seededRandom(1), operator: async () => 'arn:aws:iam::1:user/ada' };
  return { stage, terminal, printed, questions, audits: () => listAudits(stage, 10) };
}

const muting = (count: number) => ({
  command: 'mute',
  items: Array.from({ length: count }, (_, at) => `Mute CH${at}.`),
});

describe('a command that changes something', () => {
  it('says what it does, does it, and leaves who, what, why and when for a year', async () => {
    const { stage, terminal, printed, audits } = operated();
    const changed = await change(stage, ASKED, terminal, {
      ...muting(2),
      act: async () => ({ result: 'muted' }),
    });
    expect(changed).toEqual({ ended: 'done', result: 'muted' });
    expect(printed).toEqual(['Mute CH0.', 'Mute CH1.']);
    expect(await audits()).toEqual([
      {
        v: 1,
        at: NOW,
        who: 'arn:aws:iam::1:user/ada',
        command: 'mute',
        what: ['Mute CH0.', 'Mute CH1.'],
        count: 2,
        why: 'a test',
        ended: 'done',
      },
    ]);
    const [[, item] = []] = await stage.table.list('audit', 1);
    expect(item?.expiresAt).toBe(NOW / 1000 + 365 * 86_400);
  });

  it('leaves two audits of two changes in one moment', async () => {
    const { stage, terminal, audits } = operated();
    const alike = { ...stage, clock: { ...stage.clock, now: () => NOW }, random: () => 0.5 };
    for (const act of [async () => ({ result: 1 }), async () => ({ result: 2 })])
      await change(alike, ASKED, terminal, { ...muting(1), act });
    expect(await audits()).toHaveLength(2);
  });

  it('says what became of it where its audit cannot be ended any more', async () => {
    const { stage, terminal, audits } = operated();
    let isDown = false;
    const put: typeof stage.table.put = async (...asked) => {
      if (isDown) throw new Error('the table is down');
      return stage.table.put(...asked);
    };
    const failing = { ...stage, table: { ...stage.table, put } };
    const act = async () => {
      isDown = true;
      return { result: 'muted' };
    };
    expect(await change(failing, ASKED, terminal, { ...muting(1), act })).toMatchObject({ result: 'muted' });
    isDown = false;
    const fail = async () => {
      isDown = true;
      throw new Error('no network');
    };
    await expect(change(failing, ASKED, terminal, { ...muting(1), act: fail })).rejects.toThrow('no network');
    expect((await audits()).map(({ ended }) => ended)).toEqual([undefined, undefined]);
  });

  it('has its audit before it begins, which says how it failed', async () => {
    const { stage, terminal, audits } = operated();
    const seen: unknown[] = [];
    const act = async () => {
      seen.push(...(await audits()).map(({ ended }) => ended));
      throw new Error('no network');
    };
    await expect(change(stage, ASKED, terminal, { ...muting(1), act })).rejects.toThrow('no network');
    expect(seen).toEqual([undefined]);
    expect(await audits()).toMatchObject([{ ended: 'failed' }]);
  });

  it.each([
    ['--dry-run does nothing', { ...ASKED, dryRun: true }, 1, { ended: 'dry_run', would: ['Mute CH0.'] }],
    ['there is nothing to do', ASKED, 0, { ended: 'nothing', would: [] }],
  ] as const)('leaves no audit where %s', async (_, values, count, ended) => {
    const { stage, terminal, audits } = operated();
    const act = async () => expect.fail('it was done');
    const changed = await change(stage, values, terminal, { ...muting(count), act });
    expect([changed, statusOf(changed), await audits()]).toEqual([ended, 0, []]);
  });

  it('prints the first twenty lines of many, and keeps as many', async () => {
    const { stage, terminal, printed, audits } = operated();
    await change(stage, { ...ASKED, yes: true }, terminal, {
      ...muting(25),
      act: async () => ({ result: 0 }),
    });
    expect(printed.slice(-2)).toEqual(['Mute CH19.', '… and 5 more.']);
    const [audit] = await audits();
    expect([audit?.what.length, audit?.count]).toEqual([20, 25]);
  });

  // It asked whether to do it, and did not say what.
  it('says with --json what its question is about, beside the one object', async () => {
    const { stage, terminal } = operated('n');
    const [out, err]: [string[], string[]] = [[], []];
    const streams = {
      ...terminal,
      out: (line: string) => out.push(line),
      err: (line: string) => err.push(line),
    };
    const values = { ...ASKED, json: true };
    const changed = await change(stage, values, streams, { ...muting(11), act: async () => ({ result: 0 }) });
    expect([changed.ended, out, err]).toEqual(['declined', [], muting(11).items]);
  });

  it('prints nothing with --json', async () => {
    const { stage, terminal, printed } = operated();
    await change(stage, { ...ASKED, json: true }, terminal, {
      ...muting(1),
      act: async () => ({ result: 0 }),
    });
    expect(printed).toEqual([]);
  });
});

describe('a question', () => {
  const act = async () => ({ result: 0 });

  it.each([
    ['for ten', 'n', ASKED, muting(10), [], 'done'],
    ['above ten', 'y', ASKED, muting(11), ['Do all 11? (y/N) '], 'done'],
    ['above ten', 'n', ASKED, muting(11), ['Do all 11? (y/N) '], 'declined'],
    ['above ten', '', ASKED, muting(11), ['Do all 11? (y/N) '], 'declined'],
    ['above ten with --yes', 'n', { ...ASKED, yes: true }, muting(11), [], 'done'],
    ['for what is gone then', 'n', ASKED, { ...muting(1), asksAlways: true }, ['Do it? (y/N) '], 'declined'],
  ] as const)('%s is answered with %j', async (_, line, values, what, asked, ended) => {
    const { stage, terminal, questions } = operated(line);
    const changed = await change(stage, values, terminal, { ...what, act });
    expect([questions, changed.ended]).toEqual([asked, ended]);
  });

  it.each([
    [1, 'Say why, for the audit (an empty line: do nothing): '],
    [11, 'Do all 11? Say why, for the audit (an empty line: do nothing): '],
  ])('for the reason is the only one, for %i', async (count, question) => {
    const { stage, terminal, questions, audits } = operated(' they wrote in a loop ');
    const changed = await change(stage, { ...ASKED, reason: undefined }, terminal, { ...muting(count), act });
    expect([questions, changed.ended]).toEqual([[question], 'done']);
    expect(await audits()).toMatchObject([{ why: 'they wrote in a loop' }]);
  });

  it('for the reason that is not answered ends it', async () => {
    const { stage, terminal, audits } = operated('');
    const changed = await change(stage, { ...ASKED, reason: undefined }, terminal, { ...muting(1), act });
    expect([changed.ended, statusOf(changed), await audits()]).toEqual(['declined', 1, []]);
  });

  it.each([
    ['--yes', ASKED, 11],
    ['--reason <text>', { ...ASKED, reason: undefined }, 1],
    ['--yes and --reason <text>', { ...ASKED, reason: undefined }, 11],
  ])('that nobody can answer is an error that names %s', async (named, values, count) => {
    const { stage, terminal } = operated();
    await expect(change(stage, values, terminal, { ...muting(count), act })).rejects.toMatchObject({
      status: 2,
      message: expect.stringContaining(`add ${named}, or`),
    });
  });
});

describe('what people wrote', () => {
  const of = { command: 'explain', subjects: ['IM1'] };

  it.each([
    ['without --show-text', false, 'y', false, 0],
    ['with --show-text after a yes', true, 'y', true, 1],
    ['with --show-text after a no', true, 'n', false, 0],
  ])('%s is shown: %j', async (_, showText, line, shown, count) => {
    const { stage, terminal, questions, audits } = operated(line);
    expect(await mayShowText(stage, { ...ASKED, showText }, terminal, of)).toBe(shown);
    expect(questions).toEqual(showText ? ['Show what people wrote? (y/N) '] : []);
    expect((await audits()).map(({ what }) => what)).toEqual(count === 1 ? [['Show the text of IM1.']] : []);
  });
});
