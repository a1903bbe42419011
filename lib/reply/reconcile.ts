import { BotError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Clock, Queue, Store } from '../ports.ts';
import type { ConversationPage, ListConversationsOptions } from '../twilio/conversations.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { sealEnvelope } from '../webhook/envelope.ts';
import { eventKey } from '../webhook/event-key.ts';
import { eventParams } from '../webhook/event-params.ts';
import type { MessageAdded } from '../webhook/event-types.ts';
import { recentlyActive } from './active.ts';
import type { ConversationState } from './conversation.ts';
import type { ListMessages } from './find-reply.ts';
import { unaccounted } from './missed-messages.ts';
import { serviceSince } from './since.ts';
import { sweepSpool } from './spool.ts';

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

/**
 * Finds what no webhook told us: Twilio gives up after five seconds and by default never asks again. Looks through
 * the conversations that were active in the last day, the new ones, and in turn all others, and puts every message
 * without a record on the queue, under the key its webhook would have had. Whatever arrives twice is one event.
 * @returns how many messages were found.
 */
export async function reconcile(ports: ReconcilePorts): Promise<number> {
  const { log, remainingMs } = ports;
  await attempt(ports, () => sweepSpool(ports));
  const since = await serviceSince(ports);
  let found = 0;
  const seen = new Set<string>();
  for await (const address of conversations(ports)) {
    if (remainingMs() < RESERVE_MS) {
      log.count('reconcile_unfinished');
      break;
    }
    if (seen.has(address.conversationSid)) continue;
    seen.add(address.conversationSid);
    found += (await attempt(ports, () => reconcileConversation(ports, address, since))) ?? 0;
  }
  log.count('reconcile_alive');
  return found;
}

async function* conversations(ports: ReconcilePorts): AsyncGenerator<ConversationAddress> {
  const { clock, serviceSids } = ports;
  for (const serviceSid of serviceSids) {
    for (const conversationSid of (await attempt(ports, () => recentlyActive(ports, serviceSid))) ?? []) {
      yield { serviceSid, conversationSid };
    }
    const StartDate = new Date(clock.now() - NEW_MS).toISOString().replace(/\.\d+Z$/, 'Z');
    let from: string | undefined;
    do {
      const page = await attempt(ports, () => ports.listConversations(serviceSid, { StartDate, from }));
      for (const { sid } of page?.conversations ?? []) yield { serviceSid, conversationSid: sid };
      from = page?.next;
    } while (from !== undefined);
    yield* sweepAll(ports, serviceSid);
  }
}

/** A few pages of all conversations, from where the last run stopped. */
async function* sweepAll(ports: ReconcilePorts, serviceSid: string): AsyncGenerator<ConversationAddress> {
  const key = { pk: 'parley', sk: `sweep|${serviceSid}` };
  const stored = await ports.store.get<{ from: string | undefined }>(key);
  let from = stored?.value.from;
  for (let pages = 0; pages < SWEEP_PAGES; pages += 1) {
    const page = await attempt(ports, () => ports.listConversations(serviceSid, { from }));
    for (const { sid } of page?.conversations ?? []) yield { serviceSid, conversationSid: sid };
    // A page token may have grown too old: then start again.
    from = page?.next;
    if (from === undefined) break;
  }
  const expiresAt = Math.floor(ports.clock.now() / 1000) + 7 * 86_400;
  const item = { version: (stored?.version ?? 0) + 1, expiresAt, value: { from } };
  await ports.store.put(key, item, stored?.version);
}

async function reconcileConversation(ports: ReconcilePorts, address: ConversationAddress, since: number) {
  const { store, queue, accountSid, clock, log } = ports;
  const state = await store.get<ConversationState>({ pk: address.conversationSid, sk: 'conversation' });
  const { messages } = await unaccounted(ports, { address, accountSid, state: state?.value, since });
  const missed: MessageAdded[] = [];
  for (const message of messages) {
    const known = await store.get({ pk: address.conversationSid, sk: eventKey(message) });
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
    log.count('reconcile_failed', error instanceof BotError ? error.code : 'defect');
    return undefined;
  }
}
