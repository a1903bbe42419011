import { readMarker } from '../../lib/event/marker.ts';
import type { Written } from './oracle.ts';
import type { Shown, SimulatedWorld } from './world.ts';

type Seen = Pick<SimulatedWorld, 'shown' | 'authors'>;

/** What customers saw of the answer to a message, in the order in which it appeared. */
export function repliesTo({ shown, authors }: Seen, { sid }: Pick<Written, 'sid'>): readonly Shown[] {
  return shown.filter(
    ({ author, attributes }) => authors.includes(author) && readMarker(attributes)?.in_reply_to === sid,
  );
}

/** When a message appeared, in milliseconds since the epoch. */
export function writtenAt({ shown }: Pick<Seen, 'shown'>, { sid }: Pick<Written, 'sid'>): number {
  return shown.find((message) => message.sid === sid)?.at ?? 0;
}
