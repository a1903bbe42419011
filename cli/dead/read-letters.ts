import { subjectOf } from '../../lib/event/subject.ts';
import type { OpenedEnvelope } from '../../lib/queue/envelope.ts';
import { recordKey, triesKey } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Tries } from '../../lib/record/tries.ts';
import type { Terminal } from '../command.ts';
import { plural } from '../plural.ts';
import type { Stopped } from '../stage/change.ts';
import { envelopeIn, eventKeyIn } from '../stage/event-key-in.ts';
import type { DeadLetter, Stage } from '../stage/stage.ts';
import { parleyLine } from '../stage/suggest.ts';

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

export interface ChosenLetters {
  readonly chosen: readonly Known[];
  /** How many more SQS does not show before these are gone. */
  readonly hidden: number;
  /** SIDs that were asked for, and are of no letter that SQS shows. */
  readonly unknown: readonly string[];
}

/** Those that are meant. */
export async function chooseLetters(stage: Stage, which: readonly string[]): Promise<ChosenLetters> {
  const letters = await readLetters(stage);
  await release(stage, letters);
  const chosen = letters.filter((known) => isChosen(known, which));
  const unknown = [...new Set(which)].filter((sid) => !letters.some((known) => isChosen(known, [sid])));
  const hidden = Math.max(0, (await stage.deadLetters.count()) - letters.length);
  return { chosen, hidden, unknown };
}

/** An order for each, to be agreed to. @param order such as `Drop` */
export function ordersFor(
  order: string,
  { chosen, hidden }: ChosenLetters,
  which: readonly string[],
): readonly string[] {
  return [
    ...chosen.map((known) => orderFor(order, known)),
    ...Array.from(
      { length: which.length > 0 ? 0 : hidden },
      () => `${order} one that SQS shows once those before it are gone.`,
    ),
  ];
}

function orderFor(order: string, { subject, letter }: Known): string {
  return `${order} ${subject ?? letter.id} in ${letter.groupId}.`;
}

/** Says of each SID that is of no dead letter what is known of it. */
export function tellUnknown(
  stage: Stage,
  { unknown, hidden }: ChosenLetters,
  { err }: Pick<Terminal, 'err'>,
): void {
  const behind = hidden === 0 ? '' : `, though ${hidden} more are behind those that SQS shows`;
  const next = parleyLine('dead list', stage);
  for (const sid of unknown) err(`There is no dead letter of ${sid}${behind}. Next: ${next}`);
}

/** What kept letters from being worked through. */
export interface LetterFailure {
  /** At which; undefined where they could not be read. */
  readonly at: Known | undefined;
  readonly error: unknown;
}

/** @param done those that were done */
export function stoppedAt(
  order: string,
  { chosen }: ChosenLetters,
  done: readonly Known[],
  { at, error }: LetterFailure,
): Stopped {
  const over = new Set([...done, ...(at === undefined ? [] : [at])].map(({ letter }) => letter.id));
  return {
    done: done.map((known) => orderFor(order, known)),
    failed: at === undefined ? 'Read the dead letters.' : orderFor(order, at),
    error,
    notTried: chosen.filter(({ letter }) => !over.has(letter.id)).map((known) => orderFor(order, known)),
  };
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
