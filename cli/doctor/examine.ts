import type { Stage } from '../stage/stage.ts';
import { CHECKS } from './checks.ts';
import { type Look, lookAtStage } from './look.ts';
import { type Looked, lookAt } from './look-at.ts';

/** Everything the doctor looked at, by room. */
export interface Examined {
  readonly rooms: readonly (readonly [name: string, looked: readonly Looked[]])[];
  /** Checks of what only AWS has, which were left out. */
  readonly leftOut: number;
  readonly requests: { readonly aws: number; readonly twilio: number; readonly door: number };
}

/** @param cwd where bot/ and stages/ are */
export async function examine(stage: Stage, cwd: string, change?: (look: Look) => Look): Promise<Examined> {
  const plain = lookAtStage(stage, cwd);
  const look = change === undefined ? plain : change(plain);
  const isLocal = stage.aws === undefined;
  const rooms: (readonly [string, readonly Looked[]])[] = [];
  // One room after the other: the bot's own requests share Twilio's limit with these.
  for (const [name, checks] of Object.entries(CHECKS)) {
    const own = checks.filter(({ onlyAws = false }) => !(isLocal && onlyAws));
    rooms.push([name, await Promise.all(own.map((check) => lookAt(check, look)))]);
  }
  const leftOut = Object.values(CHECKS)
    .flat()
    .filter(({ onlyAws = false }) => isLocal && onlyAws).length;
  return {
    rooms: rooms.filter(([, looked]) => looked.length > 0),
    leftOut,
    requests: { aws: stage.aws?.requests() ?? 0, twilio: stage.requests(), door: look.door.requests() },
  };
}
