import type { Command } from './command.ts';

/** The end of a command's help: whole command lines to copy, and what its exit status says. */
export function manual({ examples, exits }: Command): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return [
    '',
    'Examples:',
    ...examples.map(([line, purpose]) => `  ${line.padEnd(width)}   ${purpose}`),
    '',
    'Exit status:',
    `  0  ${exits.done}`,
    `  1  ${exits.failed}`,
    '  2  the command line was not understood',
  ].join('\n');
}
