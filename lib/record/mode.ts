import type { Mode } from '../guards/guard.ts';
import { type ChangePorts, changeItem } from './change-item.ts';
import { MODE_KEY } from './keys.ts';

/** The stop button: one item, which an operator writes and reply reads (reply/mode-switch.ts). */
export interface ModeItem {
  readonly mode: Mode;
  /** When it ends by itself, in milliseconds since the epoch; absent: never. */
  readonly until?: number;
  readonly reason: string;
  /** Who pressed it. */
  readonly by: string;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** When it was pressed first, where it was not live since then; absent: `at`. */
  readonly since?: number;
}

/** The later, the stricter. */
export const MODES: readonly Mode[] = ['live', 'dry-run', 'off'];

export function stricterMode(one: Mode, other: Mode): Mode {
  return MODES.indexOf(one) > MODES.indexOf(other) ? one : other;
}

/** Whether what stands there says a mode that we know, and until when. */
export function isModeItem(value: unknown): value is ModeItem {
  const { mode, until } = Object(value) as Partial<Record<keyof ModeItem, unknown>>;
  return MODES.some((known) => known === mode) && (until === undefined || Number.isFinite(until));
}

/**
 * What an item says at `now`. One that cannot be read counts as `off`: somebody wanted something by it, and of what is
 * wrongly kept back all can be answered later, while of what is wrongly said nothing can be taken back.
 * @param value undefined where there is none
 */
export function modeAt(value: unknown, now: number): Mode {
  if (value === undefined) return 'live';
  if (!isModeItem(value)) return 'off';
  return value.until !== undefined && value.until <= now ? 'live' : value.mode;
}

/**
 * Presses the button. It holds within ten seconds; the last one to press it is right.
 * @throws ItemBusyError, and what the table throws: then it may be pressed
 */
export async function saveMode(
  ports: ChangePorts,
  pressed: Omit<ModeItem, 'at' | 'since'>,
): Promise<ModeItem> {
  const at = ports.clock.now();
  let item: ModeItem = { ...pressed, at };
  await changeItem<ModeItem>(ports, MODE_KEY, 'mode', (before) => {
    const isStill = pressed.mode !== 'live' && isModeItem(before) && modeAt(before, at) !== 'live';
    item = { ...pressed, at, ...(isStill && { since: before.since ?? before.at }) };
    return item;
  });
  return item;
}
