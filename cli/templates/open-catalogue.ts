import { join } from 'node:path';
import { lookAtStage } from '../doctor/look.ts';
import type { Stage } from '../stage/stage.ts';
import { catalogueEntries } from './catalogue-entries.ts';
import { needBook } from './need-book.ts';

/** The templates that the rules of a checkout name, where their definitions lie, and Twilio's side of them. */
export async function openCatalogue(stage: Stage, cwd: string) {
  const book = await needBook(lookAtStage(stage, cwd));
  return {
    content: stage.twilioProduct('content'),
    entries: catalogueEntries(book),
    folder: join(cwd, 'bot', 'templates'),
  };
}
