import { isDeepStrictEqual } from 'node:util';
import type { Key, Versioned } from '../../lib/ports.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { forgottenConversation, forgottenEvent, forgottenRecord } from '../../lib/record/forgotten.ts';
import { ItemBusyError } from '../../lib/record/item-busy-error.ts';
import { conversationKey, recordKey, saveNext, serviceKey } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { createMessages } from '../../lib/twilio/messages.ts';
import { NotFoundError } from '../../lib/twilio/twilio-errors.ts';
import { CommandError } from '../command-error.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import { isReadable } from '../stage/check-item.ts';
import { findAddress } from '../stage/find-address.ts';
import type { Stage } from '../stage/stage.ts';
import { takeFromSpool } from './take-out.ts';

/** What was erased or emptied of a conversation. */
export interface Erased {
  /** 0 where nothing is left. */
  readonly items: number;
  /** Of those, the ones that could not be read. */
  readonly damaged: number;
  /** Whether the table, the spool, the dead letters or Twilio has anything of it. */
  readonly isKnown: boolean;
}

type Item = readonly [key: Key, item: Versioned<unknown>];

/** More than a conversation has in 30 days. */
const MOST_ITEMS = 100_000;
/** As far back as a missed message is looked for (lib/history). */
const MOST_MESSAGES = 1_000;
const TRIES = 10;
const TRIED = /^tries\|(?!gap\|)/;

/**
 * Erases what the bot knows of a conversation: what waits of it in the spool, its memory, and what its records hold beside
 * SIDs. Every message that has no outcome yet gets one, so that neither a copy on the queue nor a look for what was missed
 * has it answered.
 *
 * An item that cannot be read is erased whole, whatever it holds: only its key is needed.
 *
 * @param taken keys of events that were taken out of the dead letters
 */
export async function forgetConversation(
  stage: Stage,
  conversationSid: string,
  taken: readonly string[],
): Promise<Erased> {
  const { table } = stage;
  const spooled = await takeFromSpool(stage, conversationSid);
  const items = await table.list<unknown>(conversationSid, MOST_ITEMS);
  const damaged = items.filter(([key, { value }]) => !isReadable(key, value));
  const sound = items.filter((item) => !damaged.includes(item));
  const state = sound.find(([{ sk }]) => sk === conversationKey(conversationSid).sk)?.[1].value;
  const { accounted = -1 } = (state as ConversationRecord | undefined) ?? {};
  const missed = await missedIn(stage, conversationSid, accounted);
  const tried = items.flatMap(([{ sk }]) => (TRIED.test(sk) ? [sk.replace(TRIED, '')] : []));
  const ended = [
    ...(await endEvents(stage, conversationSid, [...taken, ...spooled, ...missed.keys, ...tried])),
    ...sound.flatMap(([{ sk }, { value }]) => (isInFlight(value) ? [sk] : [])),
  ];
  const of = { ended, accounted: missed.newest, at: stage.clock.now() };
  let changed = taken.length + spooled.length + damaged.length;
  for (const item of damaged) await eraseDamaged(stage, item, of);
  for (const item of sound) changed += Number(await forgetItem(stage, item));
  const isState = await rewrite<ConversationRecord>(stage, conversationKey(conversationSid), (before) =>
    forgottenConversation(before, of),
  );
  const isKnown = missed.isThere || items.length + spooled.length + taken.length > 0;
  return { items: changed + Number(isState), damaged: damaged.length, isKnown };
}

/** Keys of the messages that nobody has accounted for, the newest Index there is, and whether Twilio has it at all. */
async function missedIn(
  stage: Stage,
  conversationSid: string,
  accounted: number,
): Promise<{ readonly keys: readonly string[]; readonly newest: number; readonly isThere: boolean }> {
  const keys: string[] = [];
  let newest = -1;
  let isThere = false;
  try {
    const address = await findAddress(stage, conversationSid);
    isThere = true;
    const { botAuthor } = rulesOf(stage);
    const { list } = createMessages(stage.twilio);
    for await (const { index, sid, author } of list(address, { Order: 'desc', PageSize: 100 })) {
      newest = Math.max(newest, index);
      if (index <= accounted || keys.length === MOST_MESSAGES) break;
      if (author !== botAuthor) keys.push(`onMessageAdded|${sid}`);
    }
  } catch (error) {
    // It was deleted at Twilio first: then nothing of it can be missed.
    if (!(error instanceof NotFoundError || error instanceof CommandError)) throw error;
  }
  return { keys, newest, isThere };
}

/** Writes an outcome for each event that has no record. @returns the keys of those */
async function endEvents(stage: Stage, conversationSid: string, keys: readonly string[]): Promise<string[]> {
  const ports = { store: stage.table, clock: stage.clock };
  const ended: string[] = [];
  for (const sk of new Set(keys)) {
    const value = forgottenEvent(sk.slice(0, sk.indexOf('|')), stage.clock.now());
    const item = { key: recordKey(conversationSid, sk), value, lifetime: 'record' } as const;
    if ((await saveNext(ports, item, undefined)) !== undefined) ended.push(sk);
  }
  return ended;
}

function isRecord(value: unknown): value is MessageRecord {
  const { eventType, parts } = Object(value) as Partial<MessageRecord>;
  return typeof eventType === 'string' && Array.isArray(parts);
}

function isInFlight(value: unknown): boolean {
  return isRecord(value) && value.finished === undefined;
}

/** Records are emptied; everything else goes, but for what stands for the whole conversation. */
async function forgetItem(stage: Stage, [key, { value, version }]: Item): Promise<boolean> {
  const { pk, sk } = key;
  if (sk === conversationKey(pk).sk || sk === serviceKey(pk).sk) return false;
  if (isRecord(value)) {
    const at = stage.clock.now();
    return rewrite<MessageRecord>(stage, key, (before) => forgottenRecord(before, at));
  }
  // What was written meanwhile, the next pass finds.
  await stage.table.remove(key, version);
  return true;
}

/** In its place stands what would stand there of a sound one, so that nothing is answered twice. */
async function eraseDamaged(
  { table }: Stage,
  [key, { version, expiresAt }]: Item,
  of: Parameters<typeof forgottenConversation>[1],
): Promise<void> {
  const put = (value: unknown) => table.put(key, { version: version + 1, expiresAt, value }, version);
  if (key.sk === conversationKey(key.pk).sk) await put(forgottenConversation(NEW_CONVERSATION, of));
  else if (TRIED.test(key.sk)) await table.remove(key, version);
  else await put(forgottenEvent(key.sk.slice(0, key.sk.indexOf('|')), of.at));
}

/** Over the version that was read; what is emptied lives no longer for that. @returns whether it was changed */
async function rewrite<T>({ table }: Stage, key: Key, change: (value: T) => T): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await table.get<T>(key);
    if (stored === undefined) return false;
    const value = change(stored.value);
    if (isDeepStrictEqual(value, stored.value)) return false;
    if (await table.put(key, { ...stored, version: stored.version + 1, value }, stored.version)) return true;
  }
  throw new ItemBusyError(key.pk, key.sk, TRIES);
}
