import type { Mode } from '../guards/guard.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Store, Versioned } from '../ports.ts';
import { MODE_KEY } from '../record/keys.ts';
import { isModeItem, type ModeItem, modeAt, stricterMode } from '../record/mode.ts';

/**
 * The mode as one container knows it: the stricter of BOT_MODE and of what an operator has pressed (record/mode.ts).
 *
 *   pressed ─────── read anew with the next event, at the latest after 5 s ─────── no answer begins after 10 s
 */
export interface ModeSwitch {
  /** What to read along with whatever is read now: its item where that was not read lately, else nothing. */
  keys(): readonly [] | readonly [Key];
  /** @param askedAt when that was asked for, in milliseconds since the epoch */
  learn(item: Versioned<ModeItem> | undefined, askedAt: number): void;
  /** As far as it is known. */
  mode(): Mode;
  /** Read again where that was not done lately. */
  latest(): Promise<Mode>;
  /** Whether it was read so long ago that no answer may begin by it. */
  isOutdated(): boolean;
}

export interface ModePorts {
  readonly store: Pick<Store, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'error'>;
  /** BOT_MODE. */
  readonly mode: Mode;
}

const FRESH_MS = 5_000;
/** From the moment that somebody presses it. */
const STOPS_WITHIN_MS = 10_000;

export function createModeSwitch({ store, clock, log, mode: setting }: ModePorts): ModeSwitch {
  let pressed: unknown;
  let readAt = Number.NEGATIVE_INFINITY;
  const isFresh = () => clock.now() - readAt < FRESH_MS;
  const mode = () => stricterMode(setting, modeAt(pressed, clock.now()));
  function learn(item: Versioned<ModeItem> | undefined, askedAt: number): void {
    pressed = item?.value;
    readAt = askedAt;
    if (item !== undefined && !isModeItem(pressed)) {
      log.error('the mode in the table cannot be read, and counts as off: set it again');
    }
  }
  return {
    keys: () => (isFresh() ? [] : [MODE_KEY]),
    learn,
    mode,
    latest: async () => {
      const askedAt = clock.now();
      if (!isFresh()) learn(await store.get<ModeItem>(MODE_KEY), askedAt);
      return mode();
    },
    isOutdated: () => clock.now() - readAt > STOPS_WITHIN_MS,
  };
}
