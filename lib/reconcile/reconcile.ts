import { errorCode } from '../error-code.ts';
import { eventKey } from '../event/event-key.ts';
import { eventParams } from '../event/event-params.ts';
import type { MessageAdded } from '../event/event-types.ts';
import type { ListMessages } from '../history/find-reply.ts';
import { unaccounted } from '../history/missed-messages.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Queue, Store } from '../ports.ts';
import { sealEnvelope } from '../queue/envelope.ts';
import { sweepSpool } from '../queue/spool.ts';
import { recentlyActive } from '../record/active.ts';
import type { ConversationRecord } from '../record/conversation.ts';
import { conversationKey, ROUND_KEY, recordKey, saveNext, sweepKey } from '../record/keys.ts';
import { serviceSince } from '../record/since.ts';
import type { ConversationPage, ListConversationsOptions } from '../twilio/conversations.ts';
import type { ConversationAddress } from '../twilio/messages.ts';

export interface ReconcilePorts {
  readonly store: Store;
  readonly queue: Queue;
  readonly list: ListMessages;
  readonly listConversations: (
    serviceSid: string,
    options: ListConversationsOptions,
  ) => Promise<ConversationPage>;
  readonly accountSid: string;
  readonly serviceSids: readonly string[];
  readonly botAuthor: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds until this invocation ends. */
  readonly remainingMs: () => number;
}

/** Pages of 100 conversations a run and service, of all there are; the next run goes on where this one stopped. */
const SWEEP_PAGES = 3;
/** Twilio filters by day. */
const NEW_MS = 86_400_000;
/** Stop in time to end well. */
const RESERVE_MS = 10_000;
/** Each of them waits for Twilio most of the time. */
const LOOK_AT_ONCE = 4;

/**
 * Finds what no webhook told us: Twilio gives up after five seconds and by default never asks again. Looks through
 * the conversations that were active in the last day, the new ones, and in turn all others, and puts every message
 * without a record on the queue, under the key its webhook would have had. Whatever arrives twice is one event.
 *
 * When time runs out before all of them were looked at, the next run begins with the rest.
 * @returns how many messages were found.
 */
export async function reconcile(ports: ReconcilePorts): Promise<number> {
  const { log } = ports;
  await attempt(ports, () => sweepSpool({ ...ports, hasTime: () => hasTime(ports) }));
  const since = await serviceSince(ports);
  const round = await ports.store.get<{ after: string }>(ROUND_KEY);
  const due = beginAfter(round?.value.after ?? '', await conversationsOf(ports));
  const { found, stoppedAfter } = await lookThrough(ports, due, since);
  if (stoppedAfter !== undefined) log.count('reconcile_unfinished');
  if (stoppedAfter !== undefined || round !== undefined) {
    await saveCursor(ports, ROUND_KEY, { after: stoppedAfter ?? '' }, round?.version);
  }
  log.count('reconcile_alive');
  return found;
}

function hasTime({ remainingMs }: ReconcilePorts): boolean {
  return remainingMs() >= RESERVE_MS;
}

/** SIDs are random, so their order favours nobody. */
function beginAfter(
  after: string,
  addresses: ReadonlyMap<string, ConversationAddress>,
): readonly ConversationAddress[] {
  const sorted = [...addresses.keys()].sort();
  const next = sorted.findIndex((sid) => sid > after);
  const order = next === -1 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)];
  return order.map((sid) => addresses.get(sid) as ConversationAddress);
}

/** @returns the conversation after which time ran out, if it did. */
async function lookThrough(ports: ReconcilePorts, due: readonly ConversationAddress[], since: number) {
  let [found, next] = [0, 0];
  const look = async () => {
    while (next < due.length && hasTime(ports)) {
      const address = due[next++] as ConversationAddress;
      const missed = await attempt(ports, () => reconcileConversation(ports, address, since));
      found += missed ?? 0;
    }
  };
  await Promise.all(Array.from({ length: LOOK_AT_ONCE }, look));
  const stoppedAfter = next < due.length ? (due.at(next - 1)?.conversationSid ?? '') : undefined;
  return { found, stoppedAfter };
}

async function conversationsOf(ports: ReconcilePorts): Promise<ReadonlyMap<string, ConversationAddress>> {
  const all = new Map<string, ConversationAddress>();
  for (const serviceSid of ports.serviceSids) {
    const add = (conversationSid: string) => all.set(conversationSid, { serviceSid, conversationSid });
    for (const sid of (await attempt(ports, () => recentlyActive(ports, serviceSid))) ?? []) add(sid);
    const StartDate = new Date(ports.clock.now() - NEW_MS).toISOString().replace(/\.\d+Z$/, 'Z');
    let from: string | undefined;
    do {
      const page = await attempt(ports, () => ports.listConversations(serviceSid, { StartDate, from }));
      for (const { sid } of page?.conversations ?? []) add(sid);
      from = page?.next;
    } while (from !== undefined && hasTime(ports));
    for (const sid of await sweepAll(ports, serviceSid)) add(sid);
  }
  return all;
}

/** A few pages of all conversations, from where the last run stopped. */
async function sweepAll(ports: ReconcilePorts, serviceSid: string): Promise<readonly string[]> {
  const key = sweepKey(serviceSid);
  const stored = await ports.store.get<{ from: string | undefined }>(key);
  const sids: string[] = [];
  let from = stored?.value.from;
  for (let pages = 0; pages < SWEEP_PAGES; pages += 1) {
    const page = await attempt(ports, () => ports.listConversations(serviceSid, { from }));
    sids.push(...(page?.conversations ?? []).map(({ sid }) => sid));
    // A page token may have grown too old: then start again.
    from = page?.next;
    if (from === undefined) break;
  }
  await saveCursor(ports, key, { from }, stored?.version);
  return sids;
}

async function saveCursor(ports: ReconcilePorts, key: Key, value: object, expected: number | undefined) {
  await saveNext(ports, { key, value, lifetime: 'cursor' }, expected);
}

async function reconcileConversation(ports: ReconcilePorts, address: ConversationAddress, since: number) {
  const { store, queue, accountSid, clock, log } = ports;
  const state = await store.get<ConversationRecord>(conversationKey(address.conversationSid));
  const { messages } = await unaccounted(ports, { address, accountSid, state: state?.value, since });
  const missed: MessageAdded[] = [];
  for (const message of messages) {
    const known = await store.get(recordKey(address.conversationSid, eventKey(message)));
    if (known === undefined) missed.push(message);
  }
  for (const message of missed) {
    await queue.send({
      groupId: address.conversationSid,
      deduplicationId: eventKey(message),
      body: sealEnvelope(eventParams(message), clock.now()),
    });
    log.count('message_found');
    log.info('a message was found whose webhook never came', { ...address, messageSid: message.MessageSid });
  }
  return missed.length;
}

/** One conversation that cannot be read must not hide the others; the next run tries again. */
async function attempt<T>({ log }: ReconcilePorts, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    log.count('reconcile_failed', errorCode(error));
    return undefined;
  }
}
