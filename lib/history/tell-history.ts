import { BotError } from '../errors.ts';
import type { MessageAdded } from '../event/event-types.ts';
import { showsChannel } from '../event/read-channel.ts';
import type { Who } from '../guards/guard.ts';
import { type Clues, tellWho } from '../guards/who.ts';
import type { Mark } from '../record/since.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import type { ListedParticipant, ReadFromTwilio } from './read-from-twilio.ts';

export interface HistoryPorts extends Pick<Clues, 'botAuthor' | 'agents' | 'programs'> {
  readonly read: Pick<ReadFromTwilio, 'participants'>;
}

/** A message that no webhook has told of (yet). */
export interface Missed {
  readonly event: MessageAdded;
  /** From before this bot: not to be answered, but a person who wrote it is to be known. */
  readonly isHistory: boolean;
  /** It is history, and says of no person anything that a later message does not say. */
  readonly isPassedOver: boolean;
}

/** The spool is swept each minute: what a look had to leave there comes with the next. */
const SWEPT_EVERY_MS = 60_000;

/**
 * What is older than the mark waits for its turn only where the bot may have been there before, and nobody but customers
 * has said anything since; else it is history. The bot was there before a mark that was set on hearing of a message, and
 * may have been before a look's: the process that heard of the message at `at` had died, or the queue still refused its
 * elders. Of history the latest message of a person is enough.
 * @param messages what stands before it, oldest first
 * @param context `at` is when it was written, in milliseconds since the epoch
 */
export async function tellHistory(
  ports: HistoryPorts,
  messages: readonly MessageAdded[],
  context: {
    readonly address: ConversationAddress;
    readonly mark: Mark;
    readonly at: number;
    readonly byChannel: boolean;
  },
): Promise<readonly Missed[]> {
  const { mark, at } = context;
  const isOld = ({ DateCreated }: MessageAdded) => Date.parse(DateCreated) < mark.since;
  const authors = messages.some(isOld) ? await tellAuthors(ports, messages, context) : [];
  const mayWait = mark.heard === true || at < mark.since + SWEPT_EVERY_MS;
  const lastAnswered = authors.findLastIndex((who) => who !== 'customer');
  const isHistory = messages.map((event, place) => isOld(event) && !(mayWait && place > lastAnswered));
  const lastPerson = authors.findLastIndex((who, place) => isHistory[place] && who === 'person');
  return messages.map((event, place) => {
    const old = isHistory[place] === true;
    return { event, isHistory: old, isPassedOver: old && place !== lastPerson };
  });
}

/**
 * Who wrote each of them, by one list of all who take part, which is asked for where nothing else says. Who is not shown
 * has left, and has no role any more; where nobody may be listed, nobody is shown.
 */
async function tellAuthors(
  { read, ...names }: HistoryPorts,
  messages: readonly MessageAdded[],
  { address, byChannel: isKnown }: { readonly address: ConversationAddress; readonly byChannel: boolean },
): Promise<readonly Who[]> {
  const byChannel = isKnown || messages.some(showsChannel);
  let listed: Promise<readonly ListedParticipant[]> | undefined;
  const participant = async (asked: string) => {
    listed ??= read.participants(address).catch((error: unknown) => {
      if (error instanceof BotError && !error.retryable) return [];
      throw error;
    });
    return (await listed).find(({ sid }) => sid === asked) ?? {};
  };
  const authors: Who[] = [];
  for (const event of messages) authors.push(await tellWho(event, { ...names, byChannel, participant }));
  return authors;
}
