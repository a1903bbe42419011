import type { Group, Terminal } from '../command.ts';
import { runCommand } from '../run-command.ts';
import type { StageAccess } from './deploy-options.ts';

/**
 * Has the doctor look at what was deployed. What it finds is for whoever reads it: the deployment has succeeded, and
 * neither its findings nor its own failure make that untrue.
 *
 * @param commands among which the doctor is
 */
export async function callDoctor(
  { stage, region, profile }: StageAccess,
  commands: Group,
  terminal: Terminal,
): Promise<void> {
  if (!commands.commands.some(({ name }) => name === 'doctor')) return;
  const where = [
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
  terminal.out('\nThe doctor looks at it:');
  try {
    await runCommand(commands, ['doctor', '--stage', stage, ...where], terminal);
  } catch (error) {
    terminal.err(`The doctor failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
