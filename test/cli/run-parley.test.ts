import { describe, expect, it } from 'vitest';
import { run } from './support.ts';

describe('parley', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])(
    'lists its commands when called with %j',
    async (args) => {
      const { status, out, err } = await run(args);
      expect(status).toBe(0);
      expect(err).toBe('');
      expect(out).toContain('Usage: parley <command> [options]');
      expect(out).toMatch(/^ {2}rules +check the rules file$/m);
    },
  );

  it.each([[['rules', '--help']], [['rules', '-h']], [['rules', 'check', '--help']], [['rules', 'help']]])(
    'explains the rules command when called with %j',
    async (args) => {
      const { status, out } = await run(args);
      expect(status).toBe(0);
      expect(out).toContain('Usage: parley rules check [file]');
    },
  );

  it.each([
    [
      ['ruels'],
      'parley: there is no command "ruels". Commands: rules. Did you mean "rules"? See parley --help.',
    ],
    [['deploy'], 'parley: there is no command "deploy". Commands: rules. See parley --help.'],
    [['rules'], 'parley rules: say what to do: check. See parley rules --help.'],
    [
      ['rules', 'chekc'],
      'parley rules: there is no "chekc". Allowed: check. Did you mean "check"? See parley rules --help.',
    ],
    [['rules', 'check', '--josn'], 'parley rules: check has no option "--josn". See parley rules --help.'],
    [
      ['rules', 'check', 'a', 'b'],
      'parley rules: check takes one file; "b" is one too many. See parley rules --help.',
    ],
  ])('says how to mend %j', async (args, message) => {
    expect(await run(args)).toEqual({ status: 2, out: '', err: message });
  });
});
