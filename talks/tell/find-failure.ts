import type { Failure, Played } from '../play/play-talk.ts';

/** Why a talk is not good: it went otherwise, or a step of it is empty. Undefined where it is good. */
export function findFailure({
  failure,
  blanks: [blank],
}: Pick<Played, 'failure' | 'blanks'>): Failure | undefined {
  if (blank === undefined) return failure;
  const { place, key, newKey = key, value } = blank;
  const message = `This step is empty. With --update it becomes: ${newKey}: ${JSON.stringify(value)}`;
  return { place, message };
}
