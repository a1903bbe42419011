import { readMarker } from '../../lib/event/marker.ts';
import { isProof } from '../../lib/history/answers.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { writtenAt } from '../evidence/talk.ts';
import type { Stage } from '../stage/stage.ts';
import { parleyLine } from '../stage/suggest.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { stand } from './stand.ts';
import { endOf, type Moment, timeLine } from './time-line.ts';
import type { WhyDecided } from './why-decided.ts';

/** What is printed of a message; its names are those of `--json`. */
export interface Explanation {
  readonly sid: string;
  readonly address: ConversationAddress;
  /** The SID that was asked for, where that is the bot's answer to `sid`. */
  readonly asked?: string;
  /** `replied`, or why there is none: `in flight`, `no record`. */
  readonly outcome: string;
  readonly rule?: string;
  /** From when it was written to its answer, or to its end, in milliseconds. */
  readonly ms?: number;
  readonly moments: readonly Moment[];
  /** How it had ended each time before an operator had it decided anew. */
  readonly before: readonly string[];
  /** Deliveries that failed, or whose process died. */
  readonly failures: number;
  readonly logs: 'read' | 'none' | 'unreadable';
  readonly says: string;
  /** A whole command line; absent where nothing is open. */
  readonly next?: string;
}

/** @param sid of a message that somebody wrote, or of an answer of the bot's, which is explained by what it answers */
export async function explainMessage(
  stage: Stage,
  address: ConversationAddress,
  sid: string,
  why?: WhyDecided,
): Promise<Explanation> {
  const evidence = await gatherEvidence(stage, address, sid);
  const subject = answeredBy(evidence);
  if (subject === undefined) return toExplanation(evidence, why);
  return { ...(await toExplanation(await gatherEvidence(stage, address, subject), why)), asked: sid };
}

function answeredBy({ message, rules, sid }: Evidence): string | undefined {
  const { in_reply_to: subject } = readMarker(message?.attributes) ?? {};
  const isAnswer = message !== undefined && isProof(message, [rules.botAuthor]);
  return isAnswer && subject?.startsWith('IM') && subject !== sid ? subject : undefined;
}

async function toExplanation(evidence: Evidence, why?: WhyDecided): Promise<Explanation> {
  const { sid, address, record, lines, talk, key, given } = evidence;
  const { says, next } = await stand(evidence);
  const ms = took(evidence);
  const { failures = 0, deaths = 0 } = talk.tries.get(key) ?? {};
  return {
    sid,
    address,
    outcome: record?.finished === undefined ? standing(record) : endOf(record.finished),
    ...(record?.rule === undefined ? {} : { rule: record.rule }),
    ...(ms === undefined ? {} : { ms }),
    moments: timeLine(evidence, why?.(evidence)),
    before: (record?.replays ?? []).map(({ was }) => (was === undefined ? 'no record' : endOf(was))),
    failures: failures + deaths,
    logs: lines === undefined ? 'unreadable' : lines.length === 0 ? 'none' : 'read',
    says,
    ...(next === undefined ? {} : { next: parleyLine(filled(next, evidence), { given }) }),
  };
}

function standing(record: Evidence['record']): string {
  return record === undefined ? 'no record' : 'in flight';
}

function filled(words: string, { sid, address }: Evidence): string {
  return words.replace(/\bIM\b/, sid).replace(/\bCH\b/, address.conversationSid);
}

function took({ message, answers, record }: Evidence): number | undefined {
  const [first] = answers;
  const end = first === undefined ? record?.finished?.at : writtenAt(first.message);
  return message === undefined || end === undefined ? undefined : Math.max(0, end - writtenAt(message));
}
