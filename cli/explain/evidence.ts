import type { MessageAdded } from '../../lib/event/event-types.ts';
import { messageAddedFrom } from '../../lib/history/message-event.ts';
import { SINCE_KEY } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { type Mark, type Marks, markOf } from '../../lib/record/since.ts';
import { type ConversationAddress, createMessages, type MessageResource } from '../../lib/twilio/messages.ts';
import { unlessGone } from '../../lib/twilio/unless-gone.ts';
import { listReceipts, type Receipt } from '../evidence/list-receipts.ts';
import { type OpenWork, readOpenWork } from '../evidence/open-work.ts';
import { rulesOf, type StageRules } from '../evidence/rules-of.ts';
import { type Answer, answersIn, readTalk, type Talk, writtenAt } from '../evidence/talk.ts';
import type { LogLine, Stage } from '../stage/stage.ts';

/** Everything that anybody knows of one message. */
export interface Evidence {
  /** How its stage was found. */
  readonly given: Stage['given'];
  readonly sid: string;
  readonly address: ConversationAddress;
  readonly rules: StageRules;
  /** As Twilio has it; undefined where it was deleted. */
  readonly message: MessageResource | undefined;
  readonly event: MessageAdded | undefined;
  /** Of its event. */
  readonly key: string;
  readonly talk: Talk;
  readonly record: MessageRecord | undefined;
  /** What the bot answered it. */
  readonly answers: readonly Answer[];
  /** By the SID of the answer's message. */
  readonly receipts: ReadonlyMap<string, readonly Receipt[]>;
  readonly work: OpenWork;
  /** What the functions wrote of it; undefined where the logs cannot be read. */
  readonly lines: readonly LogLine[] | undefined;
  /** When the bot began for the service; undefined where it never has. */
  readonly mark: Mark | undefined;
  readonly now: number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const MOST_LINES = 200;

/** @param sid of a message in the conversation at `address` */
export async function gatherEvidence(
  stage: Stage,
  address: ConversationAddress,
  sid: string,
): Promise<Evidence> {
  const rules = rulesOf(stage);
  const now = stage.clock.now();
  const work = await readOpenWork(stage);
  const fetched = await unlessGone(createMessages(stage.twilio).fetch(address, sid));
  const at = fetched === undefined ? now - DAY : writtenAt(fetched);
  const [talk, lines, marks] = await Promise.all([
    readTalk(stage, address, at - MINUTE),
    stage.logs.find(sid, { from: at - MINUTE, to: now + MINUTE, limit: MOST_LINES }).catch(() => undefined),
    stage.table.get<Marks>(SINCE_KEY),
  ]);
  const key = `onMessageAdded|${sid}`;
  const answers = answersIn(talk, rules.botAuthor).filter((answer) => answer.key === key);
  const receipts = answers.map(async ({ message }) => {
    const listed = await unlessGone(listReceipts(stage.twilio, address, message.sid));
    return [message.sid, listed ?? []] as const;
  });
  return {
    given: stage.given,
    sid,
    address,
    rules,
    message: fetched,
    event: fetched && messageAddedFrom(fetched, rules.accountSid, address),
    key,
    talk,
    record: talk.records.get(key),
    answers,
    receipts: new Map(await Promise.all(receipts)),
    work,
    lines,
    mark: marks && markOf(marks.value, address.serviceSid),
    now,
  };
}
