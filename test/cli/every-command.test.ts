import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bench } from '../../bench/bench-command.ts';
import { calls } from '../../bench/calls/calls-command.ts';
import type { Command, Group } from '../../cli/command.ts';
import { parley } from '../../cli/parley.ts';
import { say } from '../../local/say.ts';
import { world } from '../../local/serve.ts';
import { start } from '../../local/start.ts';
import { harmless, wordsOf } from './harmless.ts';
import { run } from './support.ts';

/** Every command by how it is called. */
function commandsOf(command: Command | Group, before = ''): readonly (readonly [string, Command])[] {
  const call = `${before}${command.name}`;
  if (!('commands' in command)) {
    const under = command.subcommands ?? [];
    return [[call, command], ...under.flatMap((inner) => commandsOf(inner, `${call} `))];
  }
  return command.commands.flatMap((inner) => commandsOf(inner, `${call} `));
}

const COMMANDS = [parley, start, say, world, calls, bench].flatMap((command) => commandsOf(command));

describe.each(COMMANDS)('%s', (call, command) => {
  it('has a help with usage, options, examples and exit statuses', async () => {
    const { status, out, err } = await run(['--help'], '.', { ...command, name: call });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain(`Usage: ${call} [options]`);
    // What it prints is the other program's.
    const json = call.endsWith(' exec') ? '' : '--json ';
    for (const part of [json, '-h, --help ', '\nExamples:\n', '\nExit status:\n'])
      expect(out).toContain(part);
    // A default says something, once, in the words in which it would be given.
    expect(out.replace(/\s+/g, ' ')).not.toMatch(/\(default: (\[\]|\d{6,})|\(default: [^)]*\) \(default/);
  });

  it('has examples that it understands', async () => {
    for (const [line] of command.examples) {
      const plain = call.replace(/ --$/, '');
      expect(line.startsWith(plain), line).toBe(true);
      const args = wordsOf(line.slice(plain.length).replace(/^ --(?= )/, ''));
      expect(await run(args, '.', harmless(command)), line).toEqual({ status: 0, out: '', err: '' });
    }
  });
});

/** Every line in a code block of the docs that calls one of our commands, without its comment. */
const documented = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md')].flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:npx (parley)|(npm start|npm run (?:say|world|calls|bench)))\b(.*)$/gm,
    ),
  ].map(([line, cli, script, rest = '']) => ({
    line,
    name: cli ?? `${script} --`,
    rest: rest.replace(/ +# .*/, ''),
  })),
);

describe('the docs', () => {
  it('show how commands are called', () => {
    expect(documented.length).toBeGreaterThan(10);
  });

  it.each(documented)('call $line as it is understood', async ({ name, rest }) => {
    const command = [parley, start, say, world, calls, bench].find((candidate) => candidate.name === name);
    if (command === undefined) throw new Error(`${name} is not a command`);
    const args = wordsOf(rest.replace(/^ --(?= )/, ''));
    expect(await run(args, '.', harmless(command))).toMatchObject({ status: 0, err: '' });
  });
});
