import type { Expectation, Happening, Place, Stated, Step } from '../talk.ts';

type Placed<T> = T & { readonly place: Place };

/** What happens at one time, and what is expected of the bot then. */
export interface Moment {
  /** Undefined where time has passed and nothing more happens. */
  readonly happening: Placed<Happening> | undefined;
  /** What handlers return from then on. */
  readonly stated: Readonly<Record<string, Stated>>;
  /** How long after the moment before, in milliseconds. */
  readonly after: number;
  readonly expected: readonly Placed<Expectation>[];
}

/** Before each step in which somebody writes, where the talk does not say how long it waits. */
export const BEFORE_WRITING_MS = 20_000;
/** Who comes or goes does it after what was written before. */
const BEFORE_OTHERS_MS = 1_000;

/** The first moment is the one in which the talk starts. */
export function toMoments(steps: readonly Step[]): readonly Moment[] {
  const moments: Moment[] = [];
  let waited: number | undefined = 0;
  let stated: Readonly<Record<string, Stated>> = {};
  for (const step of steps) {
    if (step.does === 'waits') waited = (waited ?? 0) + step.ms;
    else if (step.does === 'call') stated = { ...stated, ...step.stated };
    else if (isExpectation(step)) {
      const last = waited === undefined ? moments.pop() : undefined;
      if (last !== undefined) moments.push({ ...last, expected: [...last.expected, step] });
      else {
        moments.push({ happening: undefined, stated: {}, after: waited ?? 0, expected: [step] });
        // Whoever writes next does so at the time that was waited for.
        waited = 0;
      }
    } else {
      moments.push({ happening: step, stated, after: waited ?? pauseBefore(step), expected: [] });
      waited = undefined;
      stated = {};
    }
  }
  return moments;
}

function isExpectation(step: Placed<Happening | Expectation>): step is Placed<Expectation> {
  return ['bot', 'silence', 'handed over', 'remembered', 'language'].includes(step.does);
}

function pauseBefore({ does }: Happening): number {
  return ['joins', 'leaves', 'begins', 'fails'].includes(does) ? BEFORE_OTHERS_MS : BEFORE_WRITING_MS;
}
