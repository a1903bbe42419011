import { type ParleyWorld, startParleyWorld } from '../parley-world.ts';
import { bundleCandidates } from './bundle-candidates.ts';
import { CANDIDATES, type Candidate } from './candidates.ts';
import { type Figures, measureHandler, type Steady } from './measure-handler.ts';
import { CREDENTIALS, type Platforms, startPlatforms } from './platform.ts';
import { type Round, withWhole } from './round.ts';
import { type Comparison, describeMachine, summarise } from './summarise.ts';
import { WEBHOOKS } from './webhooks.ts';

export interface CompareOptions {
  readonly runs: number;
  /** @default all of them */
  readonly candidates?: readonly Candidate[];
  /** Of AWS's runtime client with its native part; the stand-in is used without it. */
  readonly compiledClient: string | undefined;
  readonly say: (line: string) => void;
  /** @default a hundred of each */
  readonly steady?: Steady;
}

const HUNDRED: Steady = { warmUp: 100, measured: 100 };

/**
 * Measures each candidate once a round, one after the other, so that what the machine does meanwhile is shared fairly:
 * ratios are made within a round. A first round warms the disk cache and is not counted.
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { runs, candidates = CANDIDATES, compiledClient, say, steady = HUNDRED } = options;
  const machine = describeMachine(new Date());
  const events = 2 + steady.warmUp + steady.measured;
  const bundles = await bundleCandidates(candidates);
  const platforms = await startPlatforms();
  const world = await startParleyWorld();
  const measure = async (candidate: Candidate): Promise<Figures> => {
    const surroundings = surroundingsOf(candidate, world, platforms);
    const posted = platforms.posted();
    const figures = await measureHandler(
      {
        bundleDir: bundles.get(candidate.name)?.folder ?? '',
        handler: 'index.handler',
        env: surroundings.env,
        compiledClient,
      },
      surroundings.next,
      steady,
    );
    const count = platforms.posted() - posted;
    if (count !== (candidate.posts ? events : 0))
      throw new Error(`${candidate.name} posted ${count} messages for ${events} events.`);
    return figures;
  };
  const measureAll = async (): Promise<Round> => {
    const round = new Map<string, Figures>();
    for (const candidate of candidates) round.set(candidate.name, await measure(candidate));
    return withWhole(round);
  };
  try {
    await measureAll();
    const rounds: Round[] = [];
    while (rounds.length < runs) {
      rounds.push(await measureAll());
      say(`Round ${rounds.length} of ${runs} is through.`);
    }
    const client = compiledClient === undefined ? 'stand-in' : 'compiled';
    const rows = summarise(rounds, candidates, bundles);
    return { ...machine, client, runs, steady, rows };
  } finally {
    await Promise.all([platforms.close(), world.stop()]);
  }
}

/** What a candidate finds around it, and where its events come from. */
function surroundingsOf({ platform, function: built }: Candidate, world: ParleyWorld, { url }: Platforms) {
  if (built === 'receive') return { env: world.env.receive, next: () => world.webhook() };
  if (built === 'reply') return { env: world.env.reply, next: world.batch };
  let count = 0;
  const next = async () => {
    count += 1;
    return WEBHOOKS[platform](count);
  };
  return { env: { ...CREDENTIALS, API_URL: url }, next };
}
