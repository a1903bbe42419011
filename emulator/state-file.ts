import { readFile, rename, writeFile } from 'node:fs/promises';
import type { ConversationsService } from './create-service.ts';

/**
 * Writes the service's state; the old file stays whole until the new one is. Messages and media are in it in plain
 * text, credentials are not.
 *
 * @example
 * ```ts
 * import { type ConversationsService, readStateFile, writeStateFile } from './emulator/index.ts';
 *
 * declare const service: ConversationsService;
 * if (await readStateFile(service, 'world.json')) service.changeSettings({ readAfterMs: null });
 * await writeStateFile(service, 'world.json');
 * ```
 */
export async function writeStateFile(
  service: Pick<ConversationsService, 'save'>,
  path: string,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  await writeFile(unfinished, service.save(), { mode: 0o600 });
  await rename(unfinished, path);
}

/**
 * Takes a state from a file.
 * @returns false when there is no such file: nothing has been saved yet
 * @throws StateFileError when it is something else
 */
export async function readStateFile(
  service: Pick<ConversationsService, 'load'>,
  path: string,
): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  service.load(text);
  return true;
}
