import type { OpenQuestion, QuestionChange } from '../rules/memory.ts';
import { latestFirst } from './latest-first.ts';
import type { MemoryEvent, MemoryOrder, MemoryRules } from './memory-event.ts';

/** Customers whose stop words are known beside the latest. */
const MAX_STOPPED = 16;

/** The open question, and what keeps one from being opened that was closed already. */
export interface Questions extends Pick<MemoryOrder, 'closedTo' | 'stopped'> {
  readonly question?: OpenQuestion | undefined;
}

/**
 * The open question after an event. The one that was asked last is open: by the Index of what asked, so that nothing
 * that is noted late opens an older one, nor one that a person, a stop word or an answer has closed since.
 * @param place where the event stands among the conversation's messages
 * @returns `isGone` where a question was closed because no rule asks it any more
 */
export function changeQuestion(
  { question, closedTo = -1, stopped }: Questions,
  event: MemoryEvent,
  { place, isWaiting }: Pick<MemoryRules, 'isWaiting'> & { readonly place: number },
): Questions & { readonly isGone: boolean } {
  const change = event.change?.question;
  const asked = [...askedByReply(event, change, place), ...askedByProgram(event)];
  const known = asked.filter(({ rule }) => isWaiting(rule));
  const all = question === undefined ? known : [touch(question, event, change), ...known];
  const [latest] = all.toSorted((one, other) => other.index - one.index);
  const stop = noteStop(stopped, event);
  const isGone = latest !== undefined && !isWaiting(latest.rule);
  const closed = Math.max(closedTo, closesTo(event, change, place));
  const isOpen = latest !== undefined && latest.index > closed && !isStopped(latest, stop) && !isGone;
  const upTo = Math.max(closed, latest?.index ?? -1);
  return {
    // While one is open, nothing that was asked before it can be opened.
    ...(isOpen ? { question: latest } : upTo >= 0 && { closedTo: upTo }),
    ...(stop && { stopped: stop }),
    isGone: isGone || known.length < asked.length,
  };
}

/** Its time is when its last part was sent, or had been by then. */
function askedByReply(
  { at, endedAt = at, replyIndexes }: MemoryEvent,
  change: QuestionChange | undefined,
  place: number,
): readonly OpenQuestion[] {
  if (change === undefined || !('opens' in change)) return [];
  const { opens: rule, to, misses = 0 } = change;
  const index = Math.max(place, ...replyIndexes);
  return [{ rule, ...(to === undefined ? {} : { to }), index, at: endedAt, misses }];
}

function askedByProgram({ asks, index, at }: MemoryEvent): readonly OpenQuestion[] {
  return asks === undefined || index === undefined ? [] : [{ rule: asks, index, at, misses: 0 }];
}

/** Its own `otherwise`, and an answer that leaves it open, begin its time anew. */
function touch(
  question: OpenQuestion,
  { at, endedAt = at }: MemoryEvent,
  change: QuestionChange | undefined,
): OpenQuestion {
  if (change === undefined || 'opens' in change || 'closes' in change) return question;
  const isMissed = 'misses' in change;
  const { rule, index } = isMissed ? change.misses : change.keeps;
  if (rule !== question.rule || index !== question.index) return question;
  const misses = isMissed ? question.misses + 1 : 0;
  return { ...question, at: Math.max(question.at, endedAt), misses };
}

/** Up to which Index this event closes what was asked. */
function closesTo(
  { who, index = -1, replyIndexes, change }: MemoryEvent,
  of: QuestionChange | undefined,
  place: number,
) {
  return Math.max(
    who === 'person' ? index : -1,
    change?.handover ? Math.max(place, ...replyIndexes) : -1,
    of !== undefined && 'closes' in of ? of.closes.index : -1,
  );
}

/** A stop word of nobody known closes only what was put to nobody, for which the latest one counts. */
function noteStop(
  kept: MemoryOrder['stopped'],
  { isStopWord, index, subject = '' }: MemoryEvent,
): MemoryOrder['stopped'] {
  if (!isStopWord || index === undefined) return kept;
  const stops = new Map(Object.entries(kept?.before ?? {}));
  if (kept !== undefined) stops.set(kept.by ?? '', kept.index);
  stops.set(subject, Math.max(stops.get(subject) ?? -1, index));
  const [[by, latest] = [subject, index], ...others] = latestFirst(stops);
  const before = others.filter(([name]) => name !== '').slice(0, MAX_STOPPED);
  return {
    index: latest,
    ...(by !== '' && { by }),
    ...(before.length > 0 && { before: Object.fromEntries(before) }),
  };
}

/** The one asked has written a stop word since. */
function isStopped({ index, to }: OpenQuestion, stopped: MemoryOrder['stopped']): boolean {
  if (stopped === undefined) return false;
  const at = to === undefined || to === stopped.by ? stopped.index : (stopped.before?.[to] ?? -1);
  return at > index;
}
