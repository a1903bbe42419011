import type { Random } from '../../../lib/ports.ts';

/** A conversation as Twilio keeps it, and how far parley has heard of it. */
export interface Talk {
  readonly sid: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The latest messages, oldest first. */
  readonly messages: readonly Spoken[];
  readonly nextIndex: number;
}

export interface Spoken {
  readonly sid: string;
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What parley knew of a conversation when it lost a message: something of the last hour, of the last day, or nothing. */
export const KINDS = ['hour', 'day', 'older'] as const;
export type Kind = (typeof KINDS)[number];

/** Somebody is going to write. */
export interface Planned {
  readonly at: number;
  /** Which talk; a new one is made when it is first written to. */
  readonly talk: Talk | 'new';
  readonly lost: Kind | undefined;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const MINUTE = 60_000;
/** Of the conversations that are active on a day, those that are new. */
const SHARE_OF_NEW = 0.2;
const MESSAGES_A_SESSION = 4;
/** Between two messages of a session, on average. */
const PAUSE_MS = 2 * MINUTE;
/** Twilio would list all of them; nobody needs to look further back. */
const KEPT = 3;

export interface Population {
  /** In the order in which they were made. */
  readonly all: readonly Talk[];
  /** What is written on the day that begins at `from`: one session a conversation, at a time of its own. */
  planDay(from: number): readonly Planned[];
  /** Messages that parley does not hear of, `each` of every kind, from `from` until `until`. */
  planLosses(from: number, until: number, each: number): readonly Planned[];
  create(at: number): Talk;
  /** A message that is written now. */
  speak(talk: Talk, at: number): Spoken;
}

/**
 * @param active conversations a day in which somebody writes
 * @param silent conversations in which nobody has written for at least a month
 * @param start milliseconds since the epoch; all but the new ones are older
 */
export function createPopulation(
  random: Random,
  { active, silent, start }: { readonly active: number; readonly silent: number; readonly start: number },
): Population {
  const all: Mutable[] = [];
  const sessions = new Map<Talk, number>();
  const hex = (digits: number) =>
    Array.from({ length: digits / 8 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');

  const create = (at: number): Mutable => {
    const talk: Mutable = { sid: `CH${hex(32)}`, createdAt: at, messages: [], nextIndex: 0 };
    all.push(talk);
    return talk;
  };
  const speak = (given: Talk, at: number): Spoken => {
    const talk = given as Mutable;
    const message = { sid: `IM${hex(32)}`, index: talk.nextIndex, at };
    talk.nextIndex += 1;
    talk.messages.push(message);
    if (talk.messages.length > KEPT) talk.messages.shift();
    return message;
  };

  const old = Array.from({ length: silent }, () => start - (31 + random() * 365) * DAY).sort((a, b) => a - b);
  for (const at of old) speak(create(at), at + MINUTE);
  const regular = Math.round(active * (1 - SHARE_OF_NEW));
  const known = Array.from({ length: regular }, () => start - (1 + random() * 29) * DAY).sort(
    (a, b) => a - b,
  );
  const regulars = known.map((at) => {
    const talk = create(at);
    speak(talk, at + MINUTE);
    return talk;
  });
  for (const talk of regulars) sessions.set(talk, random() * DAY);

  return {
    all,
    create,
    speak,
    planDay: (from) => {
      const planned: Planned[] = [];
      for (const [talk, daily] of sessions) {
        let at = from + daily;
        for (let n = 0; n < MESSAGES_A_SESSION; n += 1) {
          planned.push({ at, talk, lost: undefined });
          at += -Math.log(1 - random()) * PAUSE_MS;
        }
      }
      for (let n = regular; n < active; n += 1)
        planned.push({ at: from + random() * DAY, talk: 'new', lost: undefined });
      return planned;
    },
    planLosses: (from, until, each) => {
      const unspoilt = shuffle(random, regulars);
      /** Each of them loses one message at most, so long after its session of that day or the day before. */
      const after = (lost: Kind, most: number, pause: () => number): readonly Planned[] => {
        const planned: Planned[] = [];
        for (let left = unspoilt.length; left > 0 && planned.length < most; left -= 1) {
          const talk = unspoilt.pop() as Mutable;
          const at = onDayOf(from, (sessions.get(talk) ?? 0) + pause());
          if (at < from || at >= until) unspoilt.unshift(talk);
          else planned.push({ at, talk, lost });
        }
        return planned;
      };
      // As in an outage: all of them within an hour, in the middle.
      const middle = (from + until) / 2;
      const older = shuffle(random, all.slice(0, silent)).slice(0, each);
      return [
        ...after('hour', each, () => (15 + random() * 40) * MINUTE),
        ...after('day', each, () => (2 + random() * 21) * HOUR),
        ...older.map((talk) => ({ at: middle - random() * HOUR, talk, lost: 'older' as const })),
      ];
    },
  };
}

interface Mutable extends Talk {
  readonly messages: Spoken[];
  nextIndex: number;
}

/** The first time from `from` on that is `ms` after a midnight. */
function onDayOf(from: number, ms: number): number {
  const midnight = Math.floor(from / DAY) * DAY;
  const at = midnight + (ms % DAY);
  return at < from ? at + DAY : at;
}

function shuffle<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
