import type { Problem } from './problem.ts';
import type { Page } from './read-yaml.ts';

/** What checking one file has brought to light so far. */
export interface Findings {
  readonly page: Page;
  /** The file cannot be used until these are mended. */
  readonly problems: Problem[];
  /** Worth knowing; the file can be used. */
  readonly notes: Problem[];
}
