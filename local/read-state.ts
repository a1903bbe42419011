import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { type ConversationsService, readStateFile } from '../emulator/index.ts';

/**
 * Reads a state from the file that `--state` names.
 *
 * @returns whether there is such a file
 * @throws CommandError that names it
 */
export async function readState(target: Pick<ConversationsService, 'load'>, file: string): Promise<boolean> {
  return await readStateFile(target, file).catch((error) => {
    throw new CommandError(FAILED, `${file} cannot be loaded: ${error.message}`, { cause: error });
  });
}
