import { formatProblem } from '../../lib/rules/compile/problem.ts';
import type { Failure, Played } from '../play/play-talk.ts';
import type { Place } from '../talk.ts';

/** For people: the place, which editors turn into a link, what happened instead, and why. */
export function showFailure({ talk }: Pick<Played, 'talk'>, { place, message, answer }: Failure): string {
  const { considered = [] } = answer ?? {};
  const asked = considered.filter(({ why }) => !why.startsWith('not asked'));
  const unasked = considered.length - asked.length;
  return [
    formatProblem({ ...place, message: `${talk.name}, step ${stepOf(place)}` }),
    `  ${message}`,
    ...asked.map(({ rule, matched, why }) => `  ${matched ? '✓' : '·'} ${rule}: ${why}`),
    ...(unasked > 0 ? [`  · ${unasked} more, not asked: the first match wins`] : []),
  ].join('\n');
}

/** Which step of its talk, from 1. */
export function stepOf({ path }: Place): number {
  return Number(path.at(-1)) + 1;
}
