import { isHandedOver } from '../../lib/guards/handover.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { SINCE_KEY } from '../../lib/record/keys.ts';
import { type Marks, markOf } from '../../lib/record/since.ts';
import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { readOpenWork } from '../evidence/open-work.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import { readTalk, writtenAt } from '../evidence/talk.ts';
import { judgeTalk } from '../prove/judge-talk.ts';
import { seeTalk } from '../prove/seen.ts';
import type { Stage } from '../stage/stage.ts';
import { parleyLine } from '../stage/suggest.ts';
import { endOf } from './time-line.ts';

/** What is printed of a conversation; its names are those of `--json`. */
export interface ConversationExplanation {
  readonly address: ConversationAddress;
  /** One sentence each: muted, handed over, what it remembers by name. */
  readonly state: readonly string[];
  /** The latest of them, in order. */
  readonly messages: readonly Line[];
  /** Events that are not messages and were answered, such as welcomes. */
  readonly events: readonly Line[];
  readonly says: string;
  /** A whole command line; absent where nothing is open. */
  readonly next?: string;
}

interface Line {
  readonly at: number;
  readonly sid: string;
  /** The outcome of what others wrote; what the bot wrote answers something. */
  readonly what: string;
}

const DAY = 86_400_000;
const MOST = 20;

export async function explainConversation(
  stage: Stage,
  address: ConversationAddress,
): Promise<ConversationExplanation> {
  const rules = rulesOf(stage);
  const now = stage.clock.now();
  const work = await readOpenWork(stage);
  const talk = await readTalk(stage, address, now - 30 * DAY);
  const marks = (await stage.table.get<Marks>(SINCE_KEY))?.value;
  const mark = marks && markOf(marks, address.serviceSid);
  const seen = seeTalk(talk, {
    rules,
    work,
    now,
    isOurs: true,
    span: { from: now - DAY, to: now },
    mark: mark ?? { since: now },
    redrivenAt: [],
  });
  const answers = new Map(seen.answers.map((answer) => [answer.message.sid, answer]));
  const messages = talk.messages.slice(-MOST).map((message): Line => {
    const answer = answers.get(message.sid);
    const finished = talk.records.get(`onMessageAdded|${message.sid}`)?.finished;
    const own =
      answer && `the bot’s, part ${answer.marker.part} of the answer to ${answer.marker.in_reply_to}`;
    const isKnown = talk.records.has(`onMessageAdded|${message.sid}`);
    const what = own ?? (finished ? endOf(finished) : isKnown ? 'in flight' : 'no record');
    return { at: writtenAt(message), sid: message.sid, what };
  });
  const events = [...talk.records].flatMap(([key, { finished, receivedAt }]): Line[] => {
    const [type = '', sid = ''] = key.split('|');
    if (type === 'onMessageAdded') return [];
    return [{ at: receivedAt, sid, what: `${type}: ${finished ? endOf(finished) : 'in flight'}` }];
  });
  const [finding] = await judgeTalk(seen);
  const { says, next } = standNow(talk.state, now) ?? {
    says: finding?.says ?? 'Nothing is open.',
    // Nothing says more of a join; the doctor looks at the queue and the dead letters.
    next: finding && (finding.sid?.startsWith('IM') ? `explain ${finding.sid} CH` : 'doctor'),
  };
  return {
    address,
    state: describe(talk.state, now),
    messages,
    events: events.toSorted((a, b) => a.at - b.at).slice(-MOST),
    says,
    ...(next && { next: parleyLine(next.replace(/\bCH\b/, address.conversationSid), stage) }),
  };
}

function standNow(
  state: ConversationRecord | undefined,
  now: number,
): { readonly says: string; readonly next: string } | undefined {
  if ((state?.mutedUntil ?? 0) > now) return { says: 'It is muted.', next: 'unmute CH' };
  if (isHandedOver(state ?? {}, now)) return { says: 'It is handed over to a person.', next: 'handback CH' };
  return undefined;
}

/** Names, times and numbers, never what is remembered under them. */
function describe(state: ConversationRecord | undefined, now: number): readonly string[] {
  if (state === undefined) return ['The table knows nothing of it.'];
  const { accounted, mutedUntil, handover, personAt, memory } = state;
  const names = Object.keys(memory?.values ?? {});
  return [
    `Accounted for up to Index ${accounted}.`,
    ...(mutedUntil > now ? [`Muted until ${time(mutedUntil)}.`] : []),
    ...(handover !== undefined && isHandedOver(state, now)
      ? [`Handed over until ${time(handover.until)}.`]
      : []),
    ...(personAt === undefined ? [] : [`A person wrote last at ${time(personAt)}.`]),
    ...(memory?.question === undefined ? [] : [`The question of rule ${memory.question.rule} is open.`]),
    ...(names.length === 0 ? [] : [`It remembers ${names.join(', ')}.`]),
  ];
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
