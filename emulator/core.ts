import type { Clock, Random } from '../lib/ports.ts';
import type { Credentials } from './credentials.ts';
import type { Faults } from './faults/create-faults.ts';
import type { Happenings } from './happenings.ts';
import type { Pace } from './pace.ts';
import type { Settings } from './settings.ts';
import type { NewSid } from './sids.ts';
import type { Start } from './start.ts';
import type { State } from './state.ts';
import type { Timeline } from './timeline.ts';
import type { Deliver } from './webhooks/deliver.ts';

/** What every operation of the service works on. */
export interface Core {
  state: State;
  settings: Settings;
  /** The world's time: what resources are dated by and what later things wait for. */
  readonly timeline: Timeline;
  /** The machine's time, which never freezes: HTTP deadlines and slow answers run on it. */
  readonly clock: Clock;
  readonly random: Random;
  readonly newSid: NewSid;
  readonly credentials: Credentials;
  readonly happenings: Happenings;
  readonly faults: Faults;
  readonly pace: Pace;
  readonly deliver: Deliver;
  /** Webhooks under way; `idle` waits for them. */
  readonly underWay: Set<Promise<unknown>>;
  /** What a reset goes back to. */
  start: Start;
}
