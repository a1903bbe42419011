import { describe, expect, it } from 'vitest';
import { DONE, defineCommand, FAILED, MISUSED } from '../../cli/command.ts';
import { CommandError } from '../../cli/command-error.ts';
import { flag, option, several } from '../../cli/option.ts';
import { anyText, oneOf, portNumber, textOf } from '../../cli/values.ts';
import { wrongValue } from '../../cli/wrong-value.ts';
import { run } from './support.ts';

/** Prints what it was given. */
const echo = defineCommand({
  name: 'echo',
  summary: 'Print what was given.',
  operands: { first: option('the first', anyText('first')), last: option('the last', anyText('last'), 'z') },
  options: {
    dryRun: flag('change nothing'),
    port: option('where', portNumber, 4000),
    size: option('how large', oneOf('size', ['s', 'm', 'l'])),
    tag: several('may be repeated', textOf('tag', 'a tag')),
    secret: { ...flag('not shown'), hidden: true },
  },
  examples: [['echo', 'nothing']],
  exits: { done: 'always', failed: 'never' },
  run: async (values, { out }) => {
    out(JSON.stringify(values));
    return DONE;
  },
});

const ending = (end: () => Promise<number>) =>
  defineCommand({
    name: 'npm run end --',
    summary: 'End.',
    options: {},
    examples: [['npm run end', 'ends']],
    exits: { done: 'well', failed: 'not well' },
    run: end,
  });

const given = async (...args: string[]) => JSON.parse((await run(args, '.', echo)).out);

describe('a command that is asked for one object', () => {
  it.each([
    [['--json'], FAILED, 'gone'],
    [['--json', 'too', 'many'], MISUSED, 'Expected only options here'],
    [['--json', '--jsn'], MISUSED, 'There is no option "--jsn"'],
  ])('gives one where it ends with an error too: %j', async (args, status, error) => {
    const command = {
      ...ending(() => Promise.reject(new CommandError(FAILED, 'gone'))),
      options: { json: flag('one object') },
    };
    const ran = await run(args, '.', command);
    expect([ran.status, JSON.parse(ran.out)]).toEqual([
      status,
      { ended: 'failed', error: expect.stringContaining(error) },
    ]);
    expect(ran.err).toContain(error);
  });

  it('prints no object where --json is a word and no option', async () => {
    const ran = await run(['a', 'b', 'c', '--', '--json'], '.', echo);
    expect([ran.status, ran.out]).toEqual([MISUSED, '']);
  });
});

describe('a command line', () => {
  it('gives a command what its options are when nothing is given', async () => {
    expect(await given()).toEqual({ last: 'z', dryRun: false, port: 4000, tag: [], secret: false });
  });

  it('gives it what was given, read and by name', async () => {
    const args = ['a', '--dry-run', '--port=0', '--size', 'm', '--tag', 'x', 'b', '--tag=y', '--secret'];
    expect(await given(...args)).toEqual({
      first: 'a',
      last: 'b',
      dryRun: true,
      port: 0,
      size: 'm',
      tag: ['x', 'y'],
      secret: true,
    });
  });

  it('takes the last of two values, and empty words as words', async () => {
    expect(await given('--port', '1', '--port', '2', '', '')).toMatchObject({ port: 2, first: '', last: '' });
  });

  it('takes everything after -- as words', async () => {
    expect(await given('--', '--dry-run', '-x')).toMatchObject({
      dryRun: false,
      first: '--dry-run',
      last: '-x',
    });
  });

  it.each([
    [['--port', 'http'], '--port is "http": expected a number from 0 to 65535.'],
    [['--port', '65536'], '--port is "65536": expected a number from 0 to 65535.'],
    [['--port', '-1'], '--port is "-1": expected a number from 0 to 65535.'],
    [['--port='], '--port is "": expected a number from 0 to 65535.'],
    [['--port'], '--port has no value: expected a number from 0 to 65535.'],
    [['--size', 'xl'], '--size is "xl": expected s, m or l.'],
    [['--tag', 'a', '--tag', ' '], '--tag is " ": expected a tag.'],
    // Taken for a value, an option that follows would be lost without a word.
    [['--tag', '--dry-run'], '--tag is "--dry-run": expected a tag.'],
    [['--tag', 'a\n"b"', '--size', 'a\n"b"'], '--size is "a\\n\\"b\\"": expected s, m or l.'],
    [['--dryRun'], 'There is no option "--dryRun". Did you mean "--dry-run"?'],
    [['--prot=4000'], 'There is no option "--prot". Did you mean "--port"?'],
    [
      ['--secrets'],
      'There is no option "--secrets". Options: --dry-run, --port, --size, --tag, --version, --help.',
    ],
    [['a', 'b', 'c'], 'Expected at most 2 words, not 3: "a", "b", "c".'],
  ])('that is %j is refused with what is wrong', async (args, line) => {
    expect(await run(args, '.', echo)).toEqual({ status: MISUSED, out: '', err: `${line} See echo --help.` });
  });

  it('does not show in the help what is for scripts only', async () => {
    expect((await run(['--help'], '.', echo)).out).not.toContain('secret');
  });
});

describe('the end of a command', () => {
  it.each([DONE, FAILED, MISUSED])('is its own exit status, %i', async (status) => {
    expect(
      await run(
        [],
        '.',
        ending(async () => status),
      ),
    ).toEqual({ status, out: '', err: '' });
  });

  it('is one line when it fails for a reason that people can do something about', async () => {
    const fail = ending(async () => {
      throw new CommandError(FAILED, 'The file is locked.');
    });
    expect(await run([], '.', fail)).toEqual({ status: 1, out: '', err: 'The file is locked.' });
  });

  it('shows the way to the help when options do not go together', async () => {
    const misuse = ending(async () => {
      throw wrongValue('--author', 'bob', 'a number such as +15550100001');
    });
    expect(await run([], '.', misuse)).toEqual({
      status: 2,
      out: '',
      err: '--author is "bob": expected a number such as +15550100001. See npm run end -- --help.',
    });
  });

  it('is not hidden when it is a defect', async () => {
    const broken = ending(async () => {
      throw new TypeError('a defect');
    });
    await expect(run([], '.', broken)).rejects.toThrow(TypeError);
  });

  it('refuses words where there are none to be', async () => {
    const { status, err } = await run(
      ['4100'],
      '.',
      ending(async () => DONE),
    );
    expect({ status, err }).toEqual({
      status: 2,
      err: 'Expected only options here, not "4100". See npm run end -- --help.',
    });
  });
});
