import { type ChangePorts, changeItem } from './change-item.ts';
import { LIFETIMES, SINCE_KEY, saveNext } from './keys.ts';

/** Of a service that is taken out of the settings: another's until it is looked at again. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** From when on there was this bot for a service. */
export interface Mark {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** It was set when a message was heard of, not by a look: the bot may have been there before, with that one's elders. */
  readonly heard?: true;
  /** Until then Twilio's webhooks may have gone to another bot, which may have answered. Milliseconds since the epoch. */
  readonly othersUntil?: number;
}

/** What is kept: the mark of the installation, and by now that of each service. */
export interface Marks extends Mark {
  /** Absent where the version before wrote: then the one mark is that of all. */
  readonly services?: Readonly<Record<string, Mark>>;
}

/** @returns undefined while nobody has looked at the service. */
export function markOf(marks: Marks, serviceSid: string): Mark | undefined {
  return marks.services === undefined ? marks : marks.services[serviceSid];
}

/**
 * From when on a message of a service that has no record was missed. What is older is history: written before there was
 * this bot, or so long ago that its record is gone. Kept from the first time that anybody asks: without this mark the bot
 * would answer everybody's past.
 * @param heardAt When there surely was this bot, because it heard of a message; absent if it only looks.
 */
export async function serviceMark(ports: ChangePorts, serviceSid: string, heardAt?: number): Promise<Mark> {
  const now = ports.clock.now();
  const first: Mark = {
    since: wholeSecond(heardAt ?? now),
    ...(heardAt === undefined ? {} : { heard: true }),
  };
  const stored = await ports.store.get<Marks>(SINCE_KEY);
  const marks = stored?.value ?? (await saveFirst(ports, first));
  return clamped(markOf(marks, serviceSid) ?? first, now);
}

async function saveFirst(ports: ChangePorts, first: Marks): Promise<Marks> {
  if (await save(ports, first, undefined)) return first;
  return (await ports.store.get<Marks>(SINCE_KEY))?.value ?? first;
}

async function save(ports: ChangePorts, value: Marks, expected: number | undefined): Promise<boolean> {
  const item = { key: SINCE_KEY, value, lifetime: 'since' } as const;
  return (await saveNext(ports, item, expected)) !== undefined;
}

/**
 * The marks of all services that are looked at. One that was added since the look before gets its own: what was written
 * there by then is history, and what was written since may have been another bot's to answer.
 * @param looked when the look before was, and until when services were another's of which that is known anew, those that are
 *   looked at no more among them
 * @returns the mark of a service
 */
export async function serviceMarks(
  ports: ChangePorts,
  serviceSids: readonly string[],
  looked: { readonly lookedAt: number; readonly othersUntil: Readonly<Record<string, number>> },
): Promise<(serviceSid: string) => Mark> {
  const { lookedAt, othersUntil } = looked;
  const now = ports.clock.now();
  const stored = await ports.store.get<Marks>(SINCE_KEY);
  const before: Marks = stored?.value ?? { since: wholeSecond(now) };
  const marked = (serviceSid: string): Mark => {
    const mark = markOf(before, serviceSid) ?? { since: wholeSecond(lookedAt), othersUntil: now };
    // Whoever looked at it first, once it was added again, need not have seen that it was.
    const until = othersUntil[serviceSid] ?? (mark.othersUntil === FOR_EVER ? now : undefined);
    return until === undefined ? mark : { ...mark, othersUntil: until };
  };
  const isKnown = serviceSids.every((serviceSid) => {
    const mark = before.services?.[serviceSid];
    return mark !== undefined && mark.othersUntil !== FOR_EVER;
  });
  if (!isKnown || Object.keys(othersUntil).length > 0) {
    const own = Object.fromEntries(
      [...serviceSids, ...Object.keys(othersUntil)].map((serviceSid) => [serviceSid, marked(serviceSid)]),
    );
    const next = { ...before, services: { ...before.services, ...own } };
    if (!(await save(ports, next, stored?.version))) return serviceMarks(ports, serviceSids, looked);
  }
  return (serviceSid) => clamped(marked(serviceSid), now);
}

/** What was written before has no record any more, whatever became of it. In milliseconds since the epoch, as `now`. */
export function recordsSince(now: number): number {
  return now - LIFETIMES.record * 86_400_000;
}

/** Lists date messages in whole seconds, so with a fraction what is written in this very second would seem older. */
function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

function clamped(mark: Mark, now: number): Mark {
  return { ...mark, since: Math.max(mark.since, recordsSince(now)) };
}

/** The latest of all marks, in milliseconds since the epoch. */
export function latestSince({ since, services = {} }: Marks): number {
  return Math.max(since, ...Object.values(services).map((mark) => mark.since));
}

/**
 * Sets the marks back, by hand: what was written since then and has no record counts as missed. A table that is new, or
 * that was down, knows of nothing before its own first look.
 *
 * @param since milliseconds since the epoch
 * @returns the latest mark as it was; undefined where there was none
 */
export async function moveMarkBack(ports: ChangePorts, since: number): Promise<number | undefined> {
  let was: number | undefined;
  const setBack = (mark: Mark): Mark => {
    const { heard: _, ...rest } = mark;
    return mark.since <= since ? mark : { ...rest, since };
  };
  await changeItem<Marks>(ports, SINCE_KEY, 'since', (before) => {
    if (before === undefined) return { since };
    was = latestSince(before);
    if (was <= since) return undefined;
    const { services, ...mark } = before;
    const own = Object.entries(services ?? {}).map(([serviceSid, each]) => [serviceSid, setBack(each)]);
    return { ...setBack(mark), ...(services === undefined ? {} : { services: Object.fromEntries(own) }) };
  });
  return was;
}
