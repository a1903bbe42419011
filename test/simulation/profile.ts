import type { FaultLoad } from './fault-load.ts';
import type { Verdict, Written } from './oracle.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedWorld, WorldOptions } from './world.ts';

/**
 * What some seeds have and others have not. Each seed plays one profile (profiles/profiles.ts), so what is rare in
 * production is common in its own seeds, and costs the others nothing.
 */
export interface Profile {
  /** As in `npm run sim -- --profile NAME`. */
  readonly name: string;
  /** What it has that the others never have, in a sentence. */
  readonly about: string;
  /** How often a seed draws it, beside the others; 0: only by its name, while the bot does not hold it yet. @default 1 */
  readonly share?: number;
  /** Called once a seed, before there is a world; what it draws, it draws from `scheduler.random`. */
  scene(scheduler: Scheduler): Scene;
}

/** What a profile changes in one seed. What is absent is as in `ordinary`. */
export interface Scene {
  /** Faults that it needs, or cannot have. */
  load?(drawn: FaultLoad): FaultLoad;
  /** Settings, rules and so on that are not the ordinary ones. */
  readonly world?: Partial<Omit<WorldOptions, 'scheduler' | 'load' | 'trace'>>;
  /** Schedules what people and programs do, from the first minute after the installation on. */
  play?(stage: Stage): Promise<void>;
  /** How long faults last, in milliseconds; people are to stop by then. @default 8 minutes */
  readonly troubleMs?: number;
  /** How long everything may take from then on to come to rest, in milliseconds. @default an hour */
  readonly quietMs?: number;
  /** Called when the faults stop. */
  calm?(stage: Stage): Promise<void>;
  /** Whether there is nothing left to wait for, asked when the queue is empty and every record finished. */
  isAtRest?(stage: Stage): Promise<boolean>;
  /** Called before the verdict: corrects what is due in `stage.written` where only the end tells. */
  reckon?(stage: Stage): Promise<void>;
  /** What else must hold; the problems, in words. */
  judge?(stage: Stage, verdict: Verdict): Promise<readonly string[]>;
}

export interface Stage {
  readonly world: SimulatedWorld;
  readonly scheduler: Scheduler;
  /** What was written, and what is due for it: the judge goes by it. */
  readonly written: Written[];
  readonly trace: (line: string) => void;
  /** Most messages in all. */
  readonly maxMessages: number;
}
