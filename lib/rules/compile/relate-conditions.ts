import { CHANNELS } from '../../event/channels.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import type { ConditionName } from '../match/conditions/conditions.ts';
import type { When } from '../types.ts';

/** What is asked of the words of a message; all else is about who wrote, when and where. */
export const OF_WORDS = ['keyword', 'near', 'includes', 'pattern', 'answer'] as const;

/** Whether one message may meet both: nothing that the one asks for shuts the other out. */
export function mayMeet(one: When, other: When): boolean {
  return (
    meet(one.after, other.after) &&
    meet(one.channel, other.channel) &&
    meet(one.event, other.event) &&
    meet(one.keyword?.map(ignoreAccents), other.keyword?.map(ignoreAccents)) &&
    !areOpposed(one, other) &&
    !areOpposed(other, one)
  );
}

/** Whether all that `earlier` asks beside the words of a message holds wherever `later` matches. */
export function isImplied(earlier: When, later: When): boolean {
  return Object.keys(earlier).every((key) => {
    const name = key as ConditionName;
    if (OF_WORDS.some((word) => word === name)) return true;
    return IMPLIED[name]?.(earlier, later) ?? isEqual(earlier[name], later[name]);
  });
}

const IMPLIED: Readonly<Partial<Record<ConditionName, (earlier: When, later: When) => boolean>>> = {
  event: (earlier, later) => later.event.every((name) => earlier.event.includes(name)),
  channel: ({ channel = CHANNELS }, later) =>
    (later.channel ?? CHANNELS).every((name) => channel.includes(name)),
  after: ({ after = [] }, later) => later.after?.every((name) => after.includes(name)) ?? false,
  media: ({ media }, later) => isMediaImplied(media, later.media),
  misses: ({ misses = 0 }, later) => later.misses !== undefined && misses <= later.misses,
  first: ({ first = true }, later) =>
    later.first === true || (later.first !== undefined && first !== true && first <= later.first),
  open: ({ open }, later) => isWithin(later.open, open),
  closed: ({ closed }, later) => isWithin(later.closed, closed),
  has: ({ has }, later) => isWithin(later.has, has),
  where: ({ where = {} }, later) =>
    Object.entries(where).every(([path, texts]) => isWithin(later.where?.[path], texts)),
  // What has spoken is silent for a while, and then the later one is heard.
  once: () => false,
};

function isWithin(some: readonly string[] | undefined, all: readonly string[] = []): boolean {
  return some?.every((one) => all.includes(one)) ?? false;
}

function isMediaImplied(earlier: When['media'], later: When['media']): boolean {
  if (later === undefined || earlier === undefined || later === false) return earlier === later;
  if (typeof earlier === 'boolean') return earlier;
  return (
    later !== true &&
    later.every((type) =>
      earlier.some((glob) => glob === type || (glob.endsWith('/*') && type.startsWith(glob.slice(0, -1)))),
    )
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

function meet(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one === undefined || other === undefined || one.some((name) => other.includes(name));
}

function areOpposed({ open, media, where = {} }: When, other: When): boolean {
  if (open !== undefined && open.length === 1 && isEqual(open, other.closed)) return true;
  if (typeof media === 'boolean' && typeof other.media === 'boolean' && media !== other.media) return true;
  return Object.entries(where).some(([path, texts]) => !meet(texts, other.where?.[path]));
}
