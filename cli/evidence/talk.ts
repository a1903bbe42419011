import { type Marker, keyOf as markedKey, readMarker } from '../../lib/event/marker.ts';
import { isProof } from '../../lib/history/answers.ts';
import { listNewest } from '../../lib/history/find-reply.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Tries } from '../../lib/record/tries.ts';
import { type ConversationAddress, createMessages, type MessageResource } from '../../lib/twilio/messages.ts';
import { checkItem } from '../stage/check-item.ts';
import type { Stage } from '../stage/stage.ts';

/** One conversation as both sides know it: what Twilio has of it, and what the table has. */
export interface Talk {
  readonly address: ConversationAddress;
  /** By Index, those with the least first. */
  readonly messages: readonly MessageResource[];
  /** Twilio has more, of the time that was asked for, than were read. */
  readonly cut: boolean;
  readonly state: ConversationRecord | undefined;
  /** By the key of their event. */
  readonly records: ReadonlyMap<string, MessageRecord>;
  /** What went wrong on the way of an event, by its key. */
  readonly tries: ReadonlyMap<string, Tries>;
  /** When the reconciler put an event on the queue in the last twelve hours, by its key. */
  readonly found: ReadonlyMap<string, { readonly at: number }>;
}

/** A message of the bot's, and what it answers by its marker. */
export interface Answer {
  readonly message: MessageResource;
  readonly marker: Marker;
  /** Of the event that it answers. */
  readonly key: string;
  /** Which message of the answer it is, from 1. */
  readonly part: number;
}

/** As far back as the bot itself looks for a message. */
const MOST_MESSAGES = 1_000;
const MOST_ITEMS = 100_000;

/**
 * One request to Twilio for each hundred messages, and one to the table.
 * @param since how far back, in milliseconds since the epoch
 */
export async function readTalk(
  { twilio, table }: Pick<Stage, 'twilio' | 'table'>,
  address: ConversationAddress,
  since: number,
): Promise<Talk> {
  const { list } = createMessages(twilio);
  const [{ messages, cut }, items] = await Promise.all([
    listNewest(list, address, { afterIndex: -1, since, most: MOST_MESSAGES }),
    table.list<unknown>(address.conversationSid, MOST_ITEMS),
  ]);
  for (const [key, item] of items) checkItem(key, item);
  const under = <T>(prefix: string) =>
    items
      .filter(([{ sk }]) => sk.startsWith(prefix))
      .map(([{ sk }, { value }]) => [sk.slice(prefix.length), value as T] as const);
  return {
    address,
    messages: messages.toReversed(),
    cut,
    state: items.find(([{ sk }]) => sk === 'conversation')?.[1].value as ConversationRecord | undefined,
    records: new Map(under<MessageRecord>('').filter(([key]) => /^on\w+\|/.test(key))),
    tries: new Map(under<Tries>('tries|')),
    found: new Map(under<{ at: number }>('found|')),
  };
}

/** Everything among the messages that proves that something was answered, under whatever name the bot had then. */
export function answersIn({ messages, records }: Talk, botAuthor: string): readonly Answer[] {
  const authors = [...new Set([botAuthor, ...[...records.values()].flatMap(({ author }) => author ?? [])])];
  return messages.flatMap((message) => {
    const marker = readMarker(message.attributes);
    const isOurs = isProof(message, authors);
    if (marker === undefined || !isOurs) return [];
    return [{ message, marker, key: markedKey(marker), part: Number.parseInt(marker.part, 10) }];
  });
}

/** Milliseconds since the epoch; Twilio tells whole seconds. */
export function writtenAt({ date_created: date }: Pick<MessageResource, 'date_created'>): number {
  return Date.parse(date ?? '') || 0;
}
