import type { Handover, Restraint } from '../guards/guard.ts';
import { isHandedOver, isQuiet } from '../guards/handover.ts';
import { liveMemory } from '../rules/live-memory.ts';
import { type HandoverChange, MAX_ONCE, type Memory, type ReadLanguage } from '../rules/memory.ts';
import { latestFirst } from './latest-first.ts';
import type { MemoryEvent, MemoryOrder, MemoryRules } from './memory-event.ts';
import { changeQuestion } from './question.ts';
import { changeValues } from './values.ts';

/**
 * What a conversation's item holds of its memory. Messages are noted one after the other, mostly in the order in which
 * they were written. Where they are not, because one was set aside and redriven, or found late, the same is remembered
 * in the end.
 */
export interface Remembering extends Pick<Restraint, 'handover' | 'givenBackAt'> {
  readonly memory?: Memory;
  readonly order?: MemoryOrder;
}

export interface Applied {
  /** What there is to know of it by now; what was never known is absent. */
  readonly remembering: Remembering;
  readonly handedOver: boolean;
  readonly handedBack: boolean;
  /** A question was closed, or not opened, because no rule asks it any more. */
  readonly questionGone: boolean;
}

/** What of a conversation's item applyMemory goes by. */
export interface Remembered extends Remembering, Pick<Restraint, 'personAt'> {
  /** The Index up to which its messages are accounted for. */
  readonly accounted: number;
}

/** What was remembered when an event came; of an item of the version before at least when a customer last wrote. */
export function memoryOf({ memory = {}, repeated }: Remembering & Pick<Restraint, 'repeated'>): Memory {
  const { customerAt = repeated.at } = memory;
  return customerAt === undefined ? memory : { ...memory, customerAt };
}

/**
 * What is remembered once an event is noted: what the event changes by itself, whatever its outcome, and what its
 * answer changes. To be called once an event. A second time does no harm, unless it counts a miss again of a question
 * that is still open.
 * @param state in which its author is noted already
 */
export function applyMemory(state: Remembered, event: MemoryEvent, rules: MemoryRules): Applied {
  const { memory: before = {}, order = {}, accounted } = state;
  const live = liveMemory(before, event.at);
  // What has no Index of its own stands where it was noted.
  const place = event.index ?? Math.max(accounted, ...event.replyIndexes);
  const { question, isGone, ...closed } = changeQuestion({ question: live.question, ...order }, event, {
    ...rules,
    place,
  });
  const known = live === before ? { values: live.values, order: order.values, forgotTo: order.forgotTo } : {};
  const { values, order: valueOrder, forgotTo } = changeValues(known, event.change ?? {}, place);
  const isOfCustomer = event.who === 'customer' && event.index !== undefined;
  const customerAt = latest(live.customerAt, isOfCustomer ? event.at : undefined);
  const once = addOnce(live.once, event);
  const language = newer(live.language, event.change?.language);
  const memory: Memory = {
    ...(customerAt === undefined ? {} : { customerAt }),
    ...(question && { question }),
    ...(values && { values }),
    ...(once && { once }),
    ...(language && { language }),
  };
  const next: MemoryOrder = {
    ...closed,
    ...(valueOrder && { values: valueOrder }),
    ...(forgotTo === undefined ? {} : { forgotTo }),
  };
  const { remembering, ...handed } = handOver(state, event, rules);
  return {
    remembering: {
      ...(state.memory !== undefined || !isEmpty(memory) ? { memory } : {}),
      ...(state.order !== undefined || !isEmpty(next) ? { order: next } : {}),
      ...remembering,
    },
    ...handed,
    questionGone: isGone,
  };
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

function newer(kept: ReadLanguage | undefined, read: ReadLanguage | undefined): ReadLanguage | undefined {
  if (kept === undefined || read === undefined) return kept ?? read;
  return read.at > kept.at ? read : kept;
}

/** The latest MAX_ONCE; what speaks again and again takes one place. */
function addOnce(kept: Memory['once'], { at, change }: MemoryEvent): Memory['once'] {
  if (change?.once === undefined) return kept;
  const spoke = new Map(Object.entries(kept ?? {}));
  for (const key of change.once) spoke.set(key, Math.max(spoke.get(key) ?? 0, at));
  return Object.fromEntries(latestFirst(spoke).slice(0, MAX_ONCE));
}

/**
 * The latest handover counts, and persons put its end off. One that began before the conversation was given back stays
 * where it is: it has no effect (guards/handover.ts).
 */
function handOver(
  { handover: before, givenBackAt: gaveBack, personAt }: Remembered,
  event: MemoryEvent,
  { quietAfterPersonMs }: MemoryRules,
): Omit<Applied, 'questionGone'> {
  const { givesBackAt, change } = event;
  const asked = change?.handover && beginHandover(change.handover, event);
  const isNew = asked !== undefined && asked.at > (before?.at ?? 0);
  const handover = putOff(isNew ? asked : before, personAt, quietAfterPersonMs);
  const givenBackAt = latest(gaveBack, givesBackAt);
  const silentAt = (when: number, given: number | undefined) =>
    isHandedOver({ ...(handover && { handover }), givenBackAt: given ?? 0 }, when) ||
    isQuiet(personAt, when, { quietAfterPersonMs, givenBackAt: given ?? 0 });
  return {
    remembering: {
      ...(handover && { handover }),
      ...(givenBackAt === undefined ? {} : { givenBackAt }),
    },
    handedOver: isNew && asked.at >= (givenBackAt ?? 0),
    handedBack:
      givesBackAt !== undefined && silentAt(givesBackAt, gaveBack) && !silentAt(givesBackAt, givenBackAt),
  };
}

/** It lasts from the answer on, however long that waited; decided anew, it begins with that as well. */
function beginHandover(
  { forMs, ...words }: HandoverChange,
  { at, endedAt = at, isReplayed }: MemoryEvent,
): Handover {
  return { at: isReplayed ? endedAt : at, until: Math.max(at, endedAt) + forMs, ...words };
}

/** By whoever wrote after it began: when its time is over the bot is quiet for a person’s sake all the same. */
function putOff(
  handover: Handover | undefined,
  personAt: number | undefined,
  quietAfterPersonMs: number,
): Handover | undefined {
  if (handover === undefined || personAt === undefined || quietAfterPersonMs === 0) return handover;
  if (personAt < handover.at) return handover;
  return { ...handover, until: Math.max(handover.until, personAt + quietAfterPersonMs) };
}
