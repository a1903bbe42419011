import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parley } from '../../cli/parley.ts';
import { run } from './support.ts';

const COMMANDS = parley.commands.map(({ name }) => name).join(', ');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

describe('parley', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])(
    'lists its commands when called with %j',
    async (args) => {
      const { status, out, err } = await run(args);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain('Usage: parley [options] [command]');
      expect(out).toMatch(/^ {2}rules +Look after the bot's rules\.$/m);
    },
  );

  it.each([[['rules', '--help']], [['rules', '-h']], [['help', 'rules']], [['rules', 'help']]])(
    'lists what can be done with rules when called with %j',
    async (args) => {
      const { status, out, err } = await run(args);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain('Usage: parley rules [options] [command]');
      expect(out).toMatch(/^ {2}check \[options\] \[file\] +Say everything/m);
    },
  );

  it.each([[['rules', 'check', '--help']], [['rules', 'check', '-h']], [['rules', 'help', 'check']]])(
    'explains a command with its options, examples and exit statuses when called with %j',
    async (args) => {
      const { status, out, err } = await run(args);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      for (const part of [
        'Usage: parley rules check [options] [file]',
        'the rules file (default: "bot/rules.yaml")',
        '--json ',
        'Examples:\n  parley rules check ',
        'Exit status:\n  0  the file can be used',
        '  2  the command line was not understood',
      ]) {
        expect(out).toContain(part);
      }
    },
  );

  it.each([[['--version']], [['rules', '--version']], [['rules', 'check', '--version']]])(
    'prints the version in package.json when called with %j',
    async (args) => {
      expect(await run(args)).toEqual({ status: 0, out: version, err: '' });
    },
  );

  it.each([
    [['ruels'], 'There is no command "ruels". Did you mean "rules"? See parley --help.'],
    [
      ['check'],
      'There is no command "check". Did you mean "addresses check" or "rules check" or "secrets check" or "templates check"? See parley --help.',
    ],
    [['drop'], 'There is no command "drop". Did you mean "dead drop"? See parley --help.'],
    [['somewhere'], `There is no command "somewhere". Commands: ${COMMANDS}. See parley --help.`],
    [[''], `There is no command "". Commands: ${COMMANDS}. See parley --help.`],
    [["it's"], `There is no command "it's". Commands: ${COMMANDS}. See parley --help.`],
    [['ruels', '--help'], 'There is no command "ruels". Did you mean "rules"? See parley --help.'],
    [['help', 'ruels'], 'There is no command "ruels". Did you mean "rules"? See parley --help.'],
    [['--verison'], 'There is no option "--verison". Did you mean "--version"? See parley --help.'],
    [['-x'], 'There is no option "-x". Options: --version, --help. See parley --help.'],
    [['rules'], 'Expected a command: check. See parley rules --help.'],
    [['rules', 'chekc'], 'There is no command "chekc". Did you mean "check"? See parley rules --help.'],
    [['rules', 'chekc', '-h'], 'There is no command "chekc". Did you mean "check"? See parley rules --help.'],
    [
      ['rules', 'check', '--josn'],
      'There is no option "--josn". Did you mean "--json"? See parley rules check --help.',
    ],
    [
      ['rules', 'check', '--josn=1'],
      'There is no option "--josn". Did you mean "--json"? See parley rules check --help.',
    ],
    [
      ['rules', 'check', '--loud'],
      'There is no option "--loud". Options: --json, --help. See parley rules check --help.',
    ],
    [['rules', 'check', '--json=1'], '--json takes no value. See parley rules check --help.'],
    [['rules', 'check', ''], 'file is "": expected a file. See parley rules check --help.'],
    [
      ['rules', 'check', 'a', 'b'],
      'Expected at most 1 word, not 2: "a", "b". See parley rules check --help.',
    ],
  ])('says how to fix %j', async (args, message) => {
    expect(await run(args)).toEqual({ status: 2, out: '', err: message });
  });
});
