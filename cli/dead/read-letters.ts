import { subjectOf } from '../../lib/event/subject.ts';
import type { OpenedEnvelope } from '../../lib/queue/envelope.ts';
import { recordKey, triesKey } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Tries } from '../../lib/record/tries.ts';
import { plural } from '../plural.ts';
import { envelopeIn, eventKeyIn } from '../stage/event-key-in.ts';
import type { DeadLetter, Stage } from '../stage/stage.ts';

/** A dead letter, and what is known of its event. */
export interface Known {
  readonly letter: DeadLetter;
  readonly conversationSid: string;
  /** `IM…`, or whatever else the event is about. */
  readonly subject: string | null;
  readonly eventType: string;
  /** Of its record. */
  readonly key: string;
  readonly opened: OpenedEnvelope | undefined;
  readonly record: MessageRecord | undefined;
  readonly tries: Tries | undefined;
}

const MOST = 1_000;

/** All that SQS gives, in order within a conversation; nobody else sees them until they are released. */
export async function readLetters(stage: Stage, most = MOST): Promise<readonly Known[]> {
  const letters = (await stage.deadLetters.count()) === 0 ? [] : await stage.deadLetters.read(most);
  return Promise.all(letters.map((letter) => know(stage, letter)));
}

export async function release({ deadLetters }: Stage, letters: readonly Known[]): Promise<void> {
  await Promise.all(letters.map(({ letter }) => deadLetters.release(letter)));
}

/** Those that are meant, and how many more SQS does not show before these are gone. */
export async function chooseLetters(
  stage: Stage,
  which: readonly string[],
): Promise<{ readonly chosen: readonly Known[]; readonly hidden: number }> {
  const letters = await readLetters(stage);
  await release(stage, letters);
  const chosen = letters.filter((known) => isChosen(known, which));
  if (which.length > 0) return { chosen, hidden: 0 };
  return { chosen, hidden: Math.max(0, (await stage.deadLetters.count()) - letters.length) };
}

/** An order for each, to be agreed to. @param order such as `Drop` */
export function ordersFor(
  order: string,
  { chosen, hidden }: Awaited<ReturnType<typeof chooseLetters>>,
): readonly string[] {
  return [
    ...chosen.map(({ subject, letter }) => `${order} ${subject ?? letter.id} in ${letter.groupId}.`),
    ...Array.from({ length: hidden }, () => `${order} one that SQS shows once those before it are gone.`),
  ];
}

/** @param which SIDs of conversations, or of what the events are about; none: every one */
export function isChosen({ conversationSid, subject }: Known, which: readonly string[]): boolean {
  return which.length === 0 || which.includes(conversationSid) || which.includes(subject ?? '');
}

/** How its event stands, in one line without a word of anybody's. */
export function standing({ opened, record, tries }: Known): string {
  if (opened === undefined) return 'it is not an envelope that this version reads';
  const { finished, parts = [], rule } = record ?? {};
  if (finished !== undefined) return `its record says ${finished.outcome}`;
  const trouble = tries === undefined ? '' : `, ${plural(tries.failures, 'failure')} of its own`;
  if (record === undefined) return `nothing was decided yet${trouble}`;
  const sent = parts.filter(({ state }) => state === 'sent').length;
  return `rule ${rule}, ${sent} of ${parts.length} parts sent${trouble}`;
}

async function know({ table }: Stage, letter: DeadLetter): Promise<Known> {
  const opened = envelopeIn(letter);
  const key = eventKeyIn(letter);
  const at = recordKey(letter.groupId, key);
  const [record, tries] = await Promise.all([table.get<MessageRecord>(at), table.get<Tries>(triesKey(at))]);
  return {
    letter,
    conversationSid: letter.groupId,
    subject: (opened && subjectOf(opened.event)) ?? null,
    eventType: opened?.event.EventType ?? 'unknown',
    key,
    opened,
    record: record?.value,
    tries: tries?.value,
  };
}
