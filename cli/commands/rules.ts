import { resolve } from 'node:path';
import { loadRules } from '../../build/load-rules.ts';
import { formatProblem, type Problem } from '../../lib/rules/compile/problem.ts';
import { suggest } from '../../lib/rules/compile/suggest.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { type Command, DONE, FAILED, MISUSED, type Terminal } from '../command.ts';

const DEFAULT_FILE = 'bot/rules.yaml';

const help = `parley rules: look after the bot's rules

Usage: parley rules check [file]

  check   Says everything that is wrong with a rules file (${DEFAULT_FILE} unless given):
          file:line:column, what is wrong, what is allowed, how to mend it.
          Exits with 0 when the file can be used, with 1 when not.

docs/rules.md tells what a rules file may hold.`;

/** `parley rules check [file]` */
export const rules: Command = {
  name: 'rules',
  summary: 'check the rules file',
  help,
  run: async (args, terminal) => {
    const [, file = DEFAULT_FILE] = args;
    const wrong = misuse(args);
    if (wrong !== undefined) {
      terminal.err(`parley rules: ${wrong} See parley rules --help.`);
      return MISUSED;
    }
    return check(file, terminal);
  },
};

function misuse([action, ...files]: readonly string[]): string | undefined {
  if (action === undefined) return 'say what to do: check.';
  if (action !== 'check') return `there is no "${action}". Allowed: check.${suggest(action, ['check'])}`;
  const option = files.find((word) => word.startsWith('-'));
  if (option !== undefined) return `check has no option "${option}".`;
  return files.length < 2 ? undefined : `check takes one file; "${files[1]}" is one too many.`;
}

async function check(file: string, { cwd, out, err }: Terminal): Promise<number> {
  const compiled = await loadRules(resolve(cwd, file), file);
  for (const note of compiled.notes) err(`note: ${formatProblem(note)}`);
  if (compiled.ok) {
    out(`${file}: ${summarise(compiled.book)}`);
    return DONE;
  }
  for (const problem of compiled.problems) err(formatProblem(problem));
  err(count(compiled.problems, file));
  return FAILED;
}

function summarise({ rules: list, templates, otherwise }: RuleBook): string {
  const last = otherwise === undefined ? 'nothing otherwise' : 'an answer otherwise';
  return `good. ${plural(list.length, 'rule')}, ${plural(Object.keys(templates).length, 'template')}, ${last}.`;
}

function count(problems: readonly Problem[], file: string): string {
  return `${plural(problems.length, 'problem')} in ${file}.`;
}

function plural(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
