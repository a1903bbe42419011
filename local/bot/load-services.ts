import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';
import { type LeftByFile, loadModule } from './load-module.ts';
import type { StandIns } from './stand-in-services.ts';

const FILE = 'services.ts';

/**
 * What stands in for the services that the handlers of a bot ask: `services.ts` in its folder, which no function takes
 * along. A bot without it asks the services themselves.
 * @param shown how messages name the folder
 * @throws RulesError with what is wrong with the file
 */
export async function loadServices(folder: string, shown: string, left?: LeftByFile): Promise<StandIns> {
  const isThere = await access(join(folder, FILE)).then(
    () => true,
    () => false,
  );
  if (!isThere) return {};
  const loaded = await loadModule<StandIns>(folder, FILE, shown, left);
  if (!loaded.ok) throw new RulesError(loaded.problems);
  return loaded.value;
}
