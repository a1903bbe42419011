import { markedIn, QUARTER_MS, quarterOf } from '../../lib/record/active.ts';
import { listConversations } from '../../lib/twilio/conversations.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Span, Stage } from '../stage/stage.ts';

export interface Chosen {
  readonly addresses: readonly ConversationAddress[];
  /** How many there are; of a sample, how many were seen to be drawn from. */
  readonly of: number;
  /** There are others, or may be. */
  readonly isSample: boolean;
}

export interface ChooseOptions {
  readonly span: Span;
  /** Most conversations to look at; undefined: all. */
  readonly sample: number | undefined;
  /** Whether more requests than `LIMIT` may be made without asking. */
  readonly yes: boolean;
  readonly terminal: Pick<Terminal, 'ask'>;
}

/** Requests to Twilio for which nobody is asked. */
export const LIMIT = 1_000;
/** A sample is drawn from so many pages of a hundred at most. */
const SAMPLED_PAGES = 100;
const PAGE = 100;
/** So long the table keeps what was active. */
const KNOWN_MS = 24 * 3_600_000;

/**
 * The conversations to look at: all that Twilio lists, at a request for each hundred, or a sample, of which those come
 * first in which something happened lately.
 * @throws CommandError where all of them would take more than LIMIT requests and nobody agrees to that
 */
export async function chooseConversations(
  stage: Stage,
  serviceSids: readonly string[],
  { span, sample, yes, terminal }: ChooseOptions,
): Promise<Chosen> {
  const active = sample === undefined ? [] : await activeIn(stage, serviceSids, span);
  const enough = sample === undefined ? undefined : sample - active.length;
  const listed: ConversationAddress[] = [];
  let isWhole = enough === undefined || enough > 0;
  if (isWhole) {
    for await (const address of listAll(stage, serviceSids)) {
      listed.push(address);
      if (sample === undefined && !yes && listed.length === LIMIT) await agree(terminal);
      if (sample !== undefined && listed.length === SAMPLED_PAGES * PAGE) {
        isWhole = false;
        break;
      }
    }
  }
  if (sample === undefined) return { addresses: listed, of: listed.length, isSample: false };
  const known = new Set(active.map(({ conversationSid }) => conversationSid));
  const silent = listed.filter(({ conversationSid }) => !known.has(conversationSid));
  const drawn = [...shuffle(active, stage.random), ...shuffle(silent, stage.random)].slice(0, sample);
  const of = active.length + silent.length;
  return { addresses: drawn, of, isSample: !isWhole || drawn.length < of };
}

const MANY = `There are ${LIMIT} conversations or more, and each takes a request to Twilio at least.`;

async function agree({ ask }: Pick<Terminal, 'ask'>): Promise<void> {
  const answer = ask === undefined ? '' : await ask(`${MANY} Look at all of them? (y/N) `);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new CommandError(
    MISUSED,
    `${MANY} Give --yes to look at all of them, or --sample 500 to look at some.`,
  );
}

async function* listAll(
  { twilio }: Stage,
  serviceSids: readonly string[],
): AsyncGenerator<ConversationAddress> {
  for (const serviceSid of serviceSids) {
    let from: string | undefined;
    do {
      const page = await listConversations(twilio, serviceSid, { from });
      for (const { sid } of page.conversations) yield { serviceSid, conversationSid: sid };
      from = page.next;
    } while (from !== undefined);
  }
}

async function activeIn(
  { table, clock }: Stage,
  serviceSids: readonly string[],
  { from, to }: Span,
): Promise<readonly ConversationAddress[]> {
  const quarters: string[] = [];
  for (let at = Math.max(from, to - KNOWN_MS); at < to + QUARTER_MS; at += QUARTER_MS)
    quarters.push(quarterOf(at));
  const ports = { store: table, clock, onCut: () => undefined };
  const marked = await Promise.all(serviceSids.map((sid) => markedIn(ports, sid, quarters)));
  const bySid = new Map(marked.flat().map((one) => [one.conversationSid, one]));
  return [...bySid.values()].map(({ serviceSid, conversationSid }) => ({ serviceSid, conversationSid }));
}

/** https://en.wikipedia.org/wiki/Fisher%E2%80%93Yates_shuffle */
function shuffle<T>(all: readonly T[], random: () => number): readonly T[] {
  const mixed = [...all];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [mixed[last], mixed[at]] = [mixed[at] as T, mixed[last] as T];
  }
  return mixed;
}
