import { BotError } from '../errors.ts';

/** A next_page_url that leads somewhere else than the list it continues. Not followed: it would get our key. */
export class ForeignPageError extends BotError {
  override readonly name = 'ForeignPageError' as const;
  readonly code = 'foreign_page' as const;

  constructor(given: string, wanted: string) {
    super(`next_page_url leads to ${JSON.stringify(given.slice(0, 100))}; only ${wanted} is followed.`);
  }
}
