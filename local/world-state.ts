import * as z from 'zod/mini';
import { type ConversationsService, StateFileError } from '../emulator/index.ts';
import { parseJson } from '../lib/json.ts';
import type { StoredItem } from './lambda/memory-store.ts';

/** What the bot keeps in its table: beside what the service saves, which knows nothing of a bot. */
const botShape = z.object({
  bot: z.optional(
    z.array(
      z.tuple([
        z.object({ pk: z.string(), sk: z.string() }),
        z.object({ version: z.number(), expiresAt: z.number(), value: z.unknown() }),
      ]),
    ),
  ),
});

/** Everything that a world knows, as text for a file. `npm run world` reads it too, and leaves out the bot. */
export function saveWorld(service: Pick<ConversationsService, 'save'>, items: readonly StoredItem[]): string {
  return JSON.stringify({ ...JSON.parse(service.save()), bot: items });
}

/**
 * @returns what the bot had in its table, when `text` was saved
 * @throws StateFileError when it is not what saveWorld, or a service of its own, gave
 */
export function readBot(text: string): readonly StoredItem[] {
  const read = botShape.safeParse(parseJson(text));
  if (!read.success) throw new StateFileError('The state is not one that a world saved: save it again.');
  return read.data.bot ?? [];
}
