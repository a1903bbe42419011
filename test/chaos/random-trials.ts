import type { Random } from '../../lib/ports.ts';
import type { Moment } from './tapped-function.ts';
import { askForOrder, askForRefund, type Line, type Trial } from './trial.ts';

/** What befalls whom is drawn from these. */
export interface Odds extends Readonly<Record<'receive' | 'reply', Victim>> {
  readonly reconcileMs: number;
}

interface Victim {
  /** Moments that it is known to pass. */
  readonly moments: readonly Moment[];
  /** How long an invocation takes, in milliseconds. */
  readonly ms: number;
}

const MAX_LINES = 3;
const MAX_KILLS = 3;

/** A customer who writes one to three messages, of which reply is killed up to three times over each. */
export function drawTrial(random: Random, odds: Odds): Trial {
  const count = 1 + Math.floor(random() * MAX_LINES);
  const refund = Math.floor(random() * MAX_LINES);
  const lines = Array.from({ length: count }, (_, at): Line => {
    const kills = Array.from({ length: Math.floor(random() * (MAX_KILLS + 1)) }, () =>
      drawMoment(random, odds.reply),
    );
    const ask = at === refund ? askForRefund : askForOrder;
    return ask({ webhook: drawWebhook(random, odds), kills });
  });
  return { name: 'at random', lines };
}

function drawWebhook(random: Random, odds: Odds): Line['webhook'] {
  const draw = random();
  if (draw < 0.1) return 'lost';
  return draw < 0.4 ? drawMoment(random, odds.receive) : undefined;
}

/** Half of them at a known moment, half at any time. */
function drawMoment(random: Random, { moments, ms }: Victim): Moment {
  const known = moments[Math.floor(random() * moments.length)];
  return known === undefined || random() < 0.5 ? drawTime(random, ms) : known;
}

/** Some time in an invocation that takes at most `ms` milliseconds; rather early, as most take far less. */
export function drawTime(random: Random, ms: number): Moment {
  return { at: 'time', ms: Math.round(random() * random() * ms) };
}

export function shuffle<T>(items: readonly T[], random: Random): readonly T[] {
  const drawn = items.map((item) => ({ item, place: random() }));
  return drawn.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
