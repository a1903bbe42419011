import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { whyNoFile } from '../cli/why-no-file.ts';
import { type ConversationsService, readStateFile, StateFileError } from '../emulator/index.ts';

/**
 * Reads a state from the file that `--state` names, and looks whether it can be written there in the end.
 *
 * @returns whether there is such a file
 * @throws CommandError that names it
 */
export async function readState(target: Pick<ConversationsService, 'load'>, file: string): Promise<boolean> {
  const isThere = await readStateFile(target, file).catch((error) => {
    const why = error instanceof StateFileError ? error.message : `${whyNoFile(error)}.`;
    throw new CommandError(FAILED, `--state is ${JSON.stringify(file)}, which cannot be loaded: ${why}`, {
      cause: error,
    });
  });
  await access(dirname(resolve(file)), constants.W_OK).catch((error) => {
    throw new CommandError(FAILED, unwritable(file, error), { cause: error });
  });
  return isThere;
}

function unwritable(file: string, error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const why = isMissing ? `there is no folder ${dirname(file)}` : `in ${dirname(file)} ${whyNoFile(error)}`;
  return `--state is ${JSON.stringify(file)}, which cannot be written in the end: ${why}.`;
}
