import { resolve } from 'node:path';
import { formatProblem, type Problem } from '../../lib/rules/compile/problem.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { DONE, defineCommand, FAILED } from '../command.ts';
import { flag, option } from '../option.ts';
import { plural } from '../plural.ts';
import { textOf } from '../values.ts';

/** `parley rules check [file] [--json]` */
export const check = defineCommand({
  name: 'check',
  summary: 'Say everything that is wrong with a rules file: where, what is allowed, and how to fix it.',
  operands: { file: option('the rules file', textOf('file', 'a file'), 'bot/rules.yaml') },
  options: {
    json: flag(
      'print one object: problems and notes, each with file, line, column, severity and message, and what follows from good rules: events, remembers and costs',
    ),
  },
  examples: [
    ['parley rules check', "the bot's own rules"],
    ['parley rules check drafts/rules.yaml', 'other ones, with the folder templates beside them'],
    ['parley rules check --json', 'for an editor or a pipeline'],
  ],
  exits: { done: 'the file can be used; notes do not change that', failed: 'it has problems' },
  run: async ({ file, json }, { cwd, out, err }) => {
    const { loadRules } = await import('../../build/load-rules.ts');
    const { describeBook, showBook } = await import('../../lib/rules/compile/describe-book.ts');
    const compiled = await loadRules(resolve(cwd, file), file);
    const { notes } = compiled;
    const problems = compiled.ok ? [] : compiled.problems;
    if (json) {
      const facts = compiled.ok ? describeBook(compiled.book) : {};
      out(JSON.stringify({ problems: problems.map(as('error')), notes: notes.map(as('note')), ...facts }));
    } else {
      for (const note of notes) err(`note: ${formatProblem(note)}`);
      for (const problem of problems) err(formatProblem(problem));
      if (compiled.ok) {
        out([`${file}: ${summarise(compiled.book)}`, ...showBook(describeBook(compiled.book))].join('\n'));
      } else err(`${plural(problems.length, 'problem')} in ${placesOf(problems)}.`);
    }
    return compiled.ok ? DONE : FAILED;
  },
});

/** What a machine reads of it: an error keeps the file from being used, a note does not. */
function as(severity: 'error' | 'note') {
  return ({ file, line, column, message }: Problem) => ({ file, line, column, severity, message });
}

/** Templates beside the rules file may be what is wrong. */
function placesOf(problems: readonly Problem[]): string {
  const [file = '', ...others] = new Set(problems.map((one) => one.file));
  return others.length === 0 ? file : `${others.length + 1} files`;
}

function summarise({ rules, templates, otherwise }: RuleBook): string {
  const last = otherwise === undefined ? 'nothing otherwise' : 'an answer otherwise';
  return `good. ${plural(rules.length, 'rule')}, ${plural(Object.keys(templates).length, 'template')}, ${last}.`;
}
