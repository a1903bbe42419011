import { countReply, LONGEST_MINUTE_MS } from '../guards/budget.ts';
import type { Restraint } from '../guards/guard.ts';
import { isBySame, REPEATED_WITHIN_MS } from '../guards/repeated-text.ts';
import { type Applied, applyMemory, type Remembering } from './memory.ts';
import type { MemoryRules } from './memory-event.ts';
import type { KnownRole, NotedEvent } from './noted-event.ts';
import { laterSaid, type SaidOff, withState } from './said-off.ts';
import { shortHash } from './short-hash.ts';

/**
 * What the store knows of a conversation: how far its messages are accounted for, what the bot said lately, who wrote,
 * whether it is muted, and what it remembers. All steps are pure; one write an event, after the record is finished.
 *
 * Fields are only added, and the version before must be able to go on with what it knows: `replies`, by which it
 * counted its budgets, goes on holding the latest.
 */
export interface ConversationRecord extends Restraint, Remembering {
  readonly v: 1;
  /** Every message up to this Index is answered, recorded or not ours to answer. */
  readonly accounted: number;
  /** Indexes of our own replies above `accounted`; they are not gaps. */
  readonly own: readonly number[];
  /** The latest replies of the last hour. */
  readonly replies: readonly NotedReply[];
  /** The keys of the latest events noted, as short hashes; absent where the version before wrote the item. */
  readonly noted?: readonly string[];
  /** When each of them was noted, in milliseconds since the epoch; absent, or shorter, where the version before wrote. */
  readonly notedAt?: readonly number[];
  /** Exchanges in a row in which the customer wrote within seconds of our reply, as machines do. */
  readonly quickTurns: number;
  /** Mutes without a day between two of them. */
  readonly mutes?: number;
  /** Somebody came here by a channel address, so a chat identity that writes is one of your people (guards/who.ts). */
  readonly byChannel?: true;
  /** What its Attributes said of giving it back when they were last heard. */
  readonly saidOff?: SaidOff;
  /** Roles read of the participants who wrote, and when. */
  readonly roles?: readonly KnownRole[];
  /** The hour in which the conversation was last marked active (active.ts). */
  readonly activeIn?: string;
  /** When an event was last noted, in milliseconds since the epoch; absent where the version before wrote the item. */
  readonly activeAt?: number;
}

interface NotedReply {
  /** When it was noted. */
  readonly at: number;
  /** When it was sent. */
  readonly sentAt?: number;
  /** The key of what it answered. */
  readonly key: string;
  /** What it answered had waited for more than a minute. */
  readonly late?: true;
}

export const NEW_CONVERSATION: ConversationRecord = {
  v: 1,
  accounted: -1,
  own: [],
  replies: [],
  noted: [],
  notedAt: [],
  quickTurns: 0,
  repeated: { hash: '', count: 0 },
  mutedUntil: 0,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** People rarely read a reply and answer it faster than this; programs do nothing else. */
const QUICK_MS = 3_000;
const MAX_QUICK_TURNS = 5;
const MAX_REPLIES_KEPT = 16;
const MAX_NOTED = 32;
const MAX_ROLES = 8;

/** Whether a message written at `writtenAt` has waited so long that it cannot be a loop's. */
export function isLate(writtenAt: number, now: number): boolean {
  return now - writtenAt > MINUTE;
}

/** Whether the budget of a minute went to messages that had waited for us: then the next one is not a loop's either. */
export function isCatchingUp({ replies }: ConversationRecord, now: number): boolean {
  return replies.some(({ at, late }) => late && now - at < LONGEST_MINUTE_MS);
}

/**
 * Whether there may be messages between what is accounted for and `index` that nobody told us about. Our own replies
 * are none: those that follow what is accounted for are accounted for as well.
 */
export function hasGap(state: ConversationRecord, index: number): boolean {
  return index > state.accounted + 1;
}

/**
 * Whether any of its messages is accounted for: then what stands behind it is ours, however little of it was told us.
 * Where somebody joined, or an operator muted it, and no message was heard of, its past may be history.
 */
export function hasAccount(state: ConversationRecord | undefined): boolean {
  return state !== undefined && state.accounted >= 0;
}

/** The role that was read of a participant within the last day; undefined when it must be read. */
export function knownRole({ roles }: ConversationRecord, participantSid: string, now: number) {
  return roles?.find((role) => role.participantSid === participantSid && now - role.at < DAY);
}

/** The same as what Twilio would say of the participant, as far as it tells who they are. */
export function knownParticipant(state: ConversationRecord, participantSid: string, now: number) {
  const known = knownRole(state, participantSid, now);
  if (known === undefined) return undefined;
  return { role_sid: known.roleSid, messaging_binding: known.binding ? { type: known.binding } : null };
}

/** What noting goes by, beside the event. */
export interface NoteRules extends MemoryRules {
  /** How long the first mute lasts, the second, and so on; the last of them for all further ones. */
  readonly muteMs: readonly number[];
}

/** The next state, and what this very event did. */
export interface Noted extends Pick<Applied, 'handedOver' | 'handedBack' | 'questionGone'> {
  readonly state: ConversationRecord;
  readonly muted: boolean;
  /** It had not been noted before. */
  readonly isNew: boolean;
}

export function note(state: ConversationRecord, event: NotedEvent, now: number, rules: NoteRules): Noted {
  const accounted = accountFor(state, event);
  if (isNoted(state, event, now)) {
    const nothing = { muted: false, isNew: false, handedOver: false, handedBack: false, questionGone: false };
    return { state: { ...state, ...accounted }, ...nothing };
  }
  const authored = { ...state, ...noteAuthor(state, event) };
  const { remembering, ...applied } = applyMemory(authored, event, rules);
  const base = {
    ...authored,
    ...accounted,
    ...noteRole(state, event, now),
    ...noteReply(state, event, now),
    ...noteSaid(state, event),
    ...remembering,
    noted: [...(state.noted ?? []), shortKey(event.key)].slice(-MAX_NOTED),
    // The keys of what a version without keys has noted are missing, so the list counts as incomplete until it is full.
    notedAt: state.noted === undefined ? [] : [...(state.notedAt ?? []), now].slice(-MAX_NOTED),
  };
  const isTurn = event.who === 'customer' && event.index !== undefined && !event.isReplayed;
  const turn = isTurn ? noteTurn(base, state, event, now, rules.muteMs) : { state: base, muted: false };
  return { ...turn, ...applied, isNew: true };
}

/** A person's message counts however it became known, the latest one wins. */
function noteAuthor(state: ConversationRecord, { who, index, at, byChannel }: NotedEvent) {
  const personAt =
    who === 'person' && index !== undefined ? Math.max(state.personAt ?? 0, at) : state.personAt;
  return {
    ...(personAt === undefined ? {} : { personAt }),
    ...(byChannel || state.byChannel ? { byChannel: true as const } : {}),
  };
}

function noteRole({ roles = [] }: ConversationRecord, { role }: NotedEvent, now: number) {
  if (role === undefined) return {};
  const others = roles.filter(({ participantSid }) => participantSid !== role.participantSid);
  return { roles: [...others, { ...role, at: now }].slice(-MAX_ROLES) };
}

function noteSaid(state: ConversationRecord, event: NotedEvent) {
  const { stateTo, at } = event;
  const heard = laterSaid(state.saidOff, event.saidOff);
  const said = stateTo === undefined ? heard : withState(heard, stateTo, at);
  return said === undefined ? {} : { saidOff: said };
}

function noteReply(state: ConversationRecord, event: NotedEvent, now: number) {
  const recent = state.replies.filter(({ at }) => now - at < HOUR);
  if (!event.replied) return { replies: recent.slice(-MAX_REPLIES_KEPT) };
  const { key, sentAt, at, tap, offers } = event;
  const reply: NotedReply = {
    at: now,
    key,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(isLate(at, now) ? { late: true as const } : {}),
  };
  return {
    replies: [...recent, reply].slice(-MAX_REPLIES_KEPT),
    spoken: countReply(state.spoken ?? spokenBefore(state), now, tap),
    offered: offers,
  };
}

/** The version before counted by the list of its replies. */
function spokenBefore({ replies }: ConversationRecord): Restraint['spoken'] {
  return replies.reduce<Restraint['spoken']>((spoken, { at }) => countReply(spoken, at, false), undefined);
}

/** A tap on what the bot offered is not a machine's turn: it neither counts as one nor ends a row of them. */
function noteTurn(
  base: ConversationRecord,
  before: ConversationRecord,
  event: NotedEvent,
  now: number,
  muteMs: readonly number[],
) {
  const { at, tap, subject } = event;
  if (tap) return { state: { ...base, repeated: NEW_CONVERSATION.repeated }, muted: false };
  const lastReply = before.replies.at(-1);
  // What was written before our reply (it waited in the queue) is not an answer to it.
  const pause = lastReply === undefined ? Number.POSITIVE_INFINITY : at - (lastReply.sentAt ?? lastReply.at);
  const quick = pause >= 0 && pause < QUICK_MS;
  // In a group people are as fast as machines, together.
  const goesOn = isBySame(before.repeated, subject);
  const quickTurns = quick ? (goesOn ? before.quickTurns : 0) + 1 : 0;
  const repeated = repeat(before.repeated, event);
  if (quickTurns < MAX_QUICK_TURNS) return { state: { ...base, quickTurns, repeated }, muted: false };
  const mutes = now - before.mutedUntil < DAY ? (before.mutes ?? 0) : 0;
  const lasts = muteMs[Math.min(mutes, muteMs.length - 1)] ?? 0;
  // An operator's mute may last longer (by-hand.ts).
  const mutedUntil = Math.max(before.mutedUntil, now + lasts);
  const state = { ...base, quickTurns: 0, repeated, mutes: mutes + 1, mutedUntil };
  return { state, muted: true };
}

/**
 * A queue delivers at least once; the second time must not count as a second turn. What ended before the oldest of the
 * latest keys was noted, was noted then, and its key has given way since. Where the version before wrote, keys may be
 * missing: then what ended more than an hour ago was noted too, unless its record still holds what it changes. In an item
 * of that version, which kept no keys of what was not answered, the Index decides.
 */
function isNoted(
  { noted, notedAt, replies, accounted }: ConversationRecord,
  { key, index, endedAt, change }: NotedEvent,
  now: number,
): boolean {
  const ended = endedAt ?? now;
  if (replies.some((reply) => reply.key === key)) return true;
  const isWhole = noted !== undefined && noted.length === notedAt?.length;
  if (!isWhole && change === undefined && now - ended > HOUR) return true;
  if (noted === undefined) {
    return change === undefined && (index ?? Number.POSITIVE_INFINITY) <= accounted;
  }
  // Without that many nobody knows how far back they go.
  const oldest = notedAt?.at(-MAX_NOTED) ?? Number.NEGATIVE_INFINITY;
  return hasNoted({ noted }, key) || ended <= oldest;
}

/** Whether the key of an event is among the latest that were noted. */
export function hasNoted({ noted = [] }: Pick<ConversationRecord, 'noted'>, key: string): boolean {
  return noted.includes(shortKey(key));
}

/** 12 hexadecimal digits: 32 of them never meet by chance. */
export function shortKey(key: string): string {
  return shortHash(key, 12);
}

function repeat(
  before: ConversationRecord['repeated'],
  { textHash, at, subject }: NotedEvent,
): ConversationRecord['repeated'] {
  const isRecent = at - (before.at ?? 0) < REPEATED_WITHIN_MS;
  const again = before.hash === textHash && isRecent && isBySame(before, subject);
  const count = again ? before.count + 1 : 1;
  return { hash: textHash, count, at, ...(subject !== undefined && { by: subject }) };
}

/** Indexes only grow but may skip numbers, so everything below a handled message counts as accounted for. */
function accountFor(state: ConversationRecord, { index = -1, replyIndexes, isGapOpen }: NotedEvent) {
  let accounted = isGapOpen ? state.accounted : Math.max(state.accounted, index);
  const own = [...new Set([...state.own, ...replyIndexes])];
  while (own.includes(accounted + 1)) accounted += 1;
  return { accounted, own: own.filter((i) => i > accounted) };
}
