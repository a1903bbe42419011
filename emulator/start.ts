import type { Settings } from './settings.ts';

/** What `POST /control/reset` goes back to. */
export interface Start {
  /** As saveState gives it. */
  readonly state: string;
  readonly settings: Settings;
}
