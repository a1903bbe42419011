import type { Finding } from '../../cli/prove/finding.ts';
import { type ProveOptions, proveStage } from '../../cli/prove/prove-stage.ts';
import { explainAll } from './explain-all.ts';
import type { Profile, Stage } from './profile.ts';
import { stageOfWorld } from './stage-of-world.ts';

const DAY = 86_400_000;

/** The same profile, in the end of which `npx parley prove` looks at the world: whatever it finds is a false alarm. */
export function withProof(profile: Profile): Profile {
  return alsoJudged(profile, falseAlarms);
}

/** The same profile, in the end of which `npx parley explain` has to explain everything that was said. */
export function withExplanations(profile: Profile): Profile {
  return alsoJudged(profile, explainAll);
}

function alsoJudged(profile: Profile, judge: (stage: Stage) => Promise<readonly string[]>): Profile {
  return {
    ...profile,
    scene: (scheduler) => {
      const scene = profile.scene(scheduler);
      return {
        ...scene,
        judge: async (stage, verdict) => {
          const own = (await scene.judge?.(stage, verdict)) ?? [];
          return [...own, ...(await judge(stage))];
        },
      };
    },
  };
}

/** @returns what it finds, in words */
export async function falseAlarms({ world, scheduler, written }: Stage): Promise<readonly string[]> {
  const { findings } = await proveStage(stageOfWorld(world, scheduler), EVERYTHING);
  // What no promise covers, and prove is right to name.
  const isTrue = ({ kind, sid }: Finding) => {
    const message = written.find((each) => each.sid === sid);
    if (kind === 'out_of_order') return message?.index === -1 || message?.isUnordered === true;
    return kind === 'lost' && message?.mayBeLost === true;
  };
  return findings
    .filter((finding) => world.store.whole || !isOfTheTable(finding))
    .filter((finding) => !isTrue(finding))
    .map(inWords);
}

const EVERYTHING: ProveOptions = {
  sinceMs: 29 * DAY,
  sample: undefined,
  yes: true,
  tell: () => undefined,
  terminal: {},
};

/**
 * Where the table was lost or set back, that is true: it has less than was counted, and knows nothing of what only the
 * former one knew.
 */
function isOfTheTable({ kind }: Finding): boolean {
  return kind === 'miscounted' || kind === 'lost';
}

function inWords({ kind, sid = '', says }: Finding): string {
  return `prove: ${kind} ${sid} ${says}`;
}
