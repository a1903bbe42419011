import { tellWho } from '../guards/who.ts';
import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import { hourOf, markActive, quarterOf } from '../record/active.ts';
import { note } from '../record/conversation.ts';
import { conversationKey, saveNext } from '../record/keys.ts';
import { eraseChange, type MessageRecord } from '../record/message-record.ts';
import { notedEvent } from '../record/noted-event.ts';
import { RetryError } from '../retry-error.ts';
import { waitOf } from '../rules/match/open-question.ts';
import type { RuleBook } from '../rules/types.ts';
import type { AuthorSettings } from './answer-settings.ts';
import type { Author, Claim, ClaimPorts } from './claim.ts';
import { findGiveBack, saidInSilence } from './give-back.ts';
import { programQuestion } from './program-question.ts';
import { saveRecord } from './save-record.ts';

export interface NotePorts extends Omit<ClaimPorts, 'clock'>, AuthorSettings {
  readonly rules: RuleBook;
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count' | 'info' | 'warn'>;
  /** How long the first mute of a conversation lasts, the second, and so on, in milliseconds. */
  readonly muteMs: readonly number[];
}

/**
 * Comes after the record and before the queue forgets the message, so a crash in between only notes it again.
 * @param expected the version of the conversation's item that `claim` knows; undefined when there is none yet.
 * @returns whether it had not been noted before.
 */
export async function noteEvent(
  ports: NotePorts,
  claim: Claim,
  record: MessageRecord,
  expected: number | undefined,
): Promise<boolean> {
  const { event, address, key, conversation: before } = claim;
  const now = ports.clock.now();
  const { rules, quietAfterPersonMs, optOut, muteMs, programs } = ports;
  const author = await tellAuthor(ports, claim);
  const context = {
    before,
    ...author,
    said: await saidInSilence(ports, claim, author.who, record),
    asks: programQuestion(event, programs),
    givesBackAt: await orLeave(
      claim,
      () => findGiveBack(ports, claim),
      async () => undefined,
    ),
    optOut,
  };
  // Until its change is erased, whoever comes next must find it again.
  const isGapOpen = claim.isGapOpen || (claim.isPassing && record.change !== undefined);
  const noted = { ...notedEvent(event, key.sk, record, context), isGapOpen };
  const isWaiting = (rule: string) => waitOf(rules, rule) !== undefined;
  const { state, isNew, ...did } = note(before, noted, now, { muteMs, quietAfterPersonMs, isWaiting });
  const value = { ...state, activeIn: hourOf(now), activeAt: now };
  if (quarterOf(before.activeAt ?? 0) !== quarterOf(now)) await markActive(ports, address, now);
  const item = { key: conversationKey(address.conversationSid), value, lifetime: 'conversation' } as const;
  if ((await saveNext(ports, item, expected, now)) === undefined)
    throw new RetryError('conversation_changed', 0);
  tell(ports, claim, did);
  return isNew;
}

function tell(
  { log }: NotePorts,
  { address }: Claim,
  { muted, handedOver, handedBack, questionGone }: Omit<ReturnType<typeof note>, 'state' | 'isNew'>,
): void {
  if (muted) {
    log.count('loop_muted');
    log.warn('muted: the other side answers like a machine', { ...address });
  }
  if (handedOver) {
    log.count('handed_over');
    log.info('handed over to a person', { ...address });
  }
  if (handedBack) {
    log.count('handed_back');
    log.info('given back to the bot', { ...address });
  }
  if (questionGone) {
    log.count('question_gone');
    log.warn('a question is closed: its rule is gone, or asks nothing any more', { ...address });
  }
}

/**
 * What is noted need not be kept in the record as well. A crash before this leaves it there, and changes nothing twice:
 * the conversation knows what it has noted.
 */
export async function eraseNoted(
  ports: NotePorts,
  { key }: Pick<Claim, 'key'>,
  record: MessageRecord,
): Promise<void> {
  if (record.change === undefined) return;
  const stored = await ports.store.get<MessageRecord>(key);
  if (stored?.value.change === undefined) return;
  await saveRecord(ports, key, eraseChange(stored.value), stored.version);
}

/** Who it is about; of somebody who cannot be asked about, as if Twilio showed nobody. */
function tellAuthor(ports: Omit<ClaimPorts, 'clock'>, claim: Claim): Promise<Author> {
  const { event, conversation } = claim;
  const byChannel = conversation.byChannel === true;
  const likely = { ...ports, byChannel, participant: async () => undefined };
  return orLeave(claim, claim.author, async () => ({ who: await tellWho(event, likely) }));
}

/** The record has its outcome by now: what cannot be read must not bring the event back for ever. */
async function orLeave<T>({ tries }: Claim, read: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  if (tries.isDeadly) return otherwise();
  try {
    return await read();
  } catch (error) {
    if (!(await tries.fails(error))) throw error;
    return otherwise();
  }
}
