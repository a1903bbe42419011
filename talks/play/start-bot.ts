import { readConfig } from '../../lib/config.ts';
import { eventKey } from '../../lib/event/event-key.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { markerAttributes } from '../../lib/event/marker.ts';
import type { Names } from '../../lib/guards/names.ts';
import type { Key, Store, Versioned } from '../../lib/ports.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { conversationKey, recordKey } from '../../lib/record/keys.ts';
import {
  finish,
  type MessageRecord,
  nextPart,
  sentPart,
  startPart,
  stepDone,
} from '../../lib/record/message-record.ts';
import { MAX_TRIES } from '../../lib/record/tries.ts';
import { authorSettings, operatorSettings } from '../../lib/reply/answer-settings.ts';
import { claimEvent } from '../../lib/reply/claim.ts';
import { markerOf } from '../../lib/reply/look-for-part.ts';
import { noteEvent } from '../../lib/reply/note-event.ts';
import type { Try } from '../../lib/reply/open-try.ts';
import { planEvent } from '../../lib/reply/plan-event.ts';
import type { CallPorts } from '../../lib/reply/settle-calls.ts';
import { contentOf } from '../../lib/rules/actions/actions.ts';
import { answeredEvents } from '../../lib/rules/answered-events.ts';
import type { Decision, ReplyDecision, RuleBook } from '../../lib/rules/types.ts';
import { SILENT } from './silent-log.ts';
import { ADDRESS, type Stage } from './stage.ts';

/** What the bot made of an event. */
export interface Heard {
  readonly event: ConversationEvent;
  readonly decision: Decision;
  /** The same with what handlers returned in the place of their calls. */
  readonly settled: ReplyDecision | undefined;
  readonly record: MessageRecord;
  /** What was known of the conversation when it was decided. */
  readonly before: ConversationRecord;
}

export interface TalkBot {
  /** Undefined for what Twilio does not tell of, because the rules need nothing of the kind. */
  readonly hear: (event: ConversationEvent) => Promise<Heard | undefined>;
  /** What is known of the conversation by now. */
  readonly conversation: () => ConversationRecord;
}

export interface TalkNames {
  readonly agents: Names;
  readonly programs: Names;
}

/** The settings where an operator says nothing; what connects the bot to Twilio is made up, and nothing is. */
const CONFIG = readConfig('reply', {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_CHAT_SERVICE_SID: ADDRESS.serviceSid,
  TWILIO_API_KEY_SID: `SK${'0'.repeat(32)}`,
  TWILIO_API_KEY_SECRET: 'none',
  QUEUE_URL: 'https://talks.example/none.fifo',
  TABLE_NAME: 'none',
});
const OPERATOR = operatorSettings(CONFIG);
const BOT_AUTHOR = OPERATOR.botAuthor;
/** All that planning and noting may take. */
const REMAINING_MS = 30_000;

/** The way a message takes in Lambda from claim to note, but for the sending: here all is sent at once. */
export function startBot(
  rules: RuleBook,
  { agents, programs }: TalkNames,
  stage: Stage,
  call?: CallPorts['call'],
): TalkBot {
  const { read, now } = stage;
  const clock = { now, sleep: async () => undefined };
  const store = createStore();
  const answered = answeredEvents(rules);
  let told: { readonly decision?: Decision; readonly settled?: ReplyDecision } = {};
  const ports = {
    rules,
    clock,
    log: SILENT,
    call,
    list: stage.messages.list,
    fetch: (_: unknown, messageSid: string) => stage.messages.fetch(messageSid),
    store,
    read,
    ...OPERATOR,
    ...authorSettings(rules),
    agents,
    programs,
    onDecision: (_: ConversationEvent, made: Decision) => {
      told = { decision: made };
    },
    onSettled: (_: ConversationEvent, made: ReplyDecision) => {
      told = { ...told, settled: made };
    },
  };
  const stored = () => store.read<ConversationRecord>(conversationKey(ADDRESS.conversationSid));
  const conversation = () => stored()?.value ?? NEW_CONVERSATION;

  return {
    conversation,
    hear: async (event) => {
      if (!answered.has(event.EventType)) return undefined;
      const before = conversation();
      const version = stored()?.version;
      const claim = claimEvent(ports, {
        event,
        receivedAt: now(),
        address: ADDRESS,
        key: recordKey(ADDRESS.conversationSid, eventKey(event)),
        delivery: { receiveCount: 1, remainingMs: () => REMAINING_MS },
        tries: ONLY_TRY,
        conversation: before,
        found: false,
        tableSince: 0,
        list: nothing,
      });
      told = {};
      const record = send(await planEvent(ports, claim), event, stage);
      await noteEvent(ports, claim, record, version);
      const { decision = NO_RULE, settled } = told;
      return { event, decision, settled, record, before };
    },
  };
}

function send(planned: MessageRecord, event: ConversationEvent, stage: Stage): MessageRecord {
  const { now, reply, messages } = stage;
  let record = planned;
  while (record.finished === undefined) {
    const place = nextPart(record);
    const part = record.parts[place];
    if (part === undefined) record = finish(record, { outcome: 'replied', at: now() });
    else if (part.message === undefined) {
      const { step } = part;
      if (step !== undefined && 'attributes' in step && 'MessageSid' in event)
        messages.tag(event.MessageSid, step.attributes);
      record = stepDone(record, place, now());
    } else {
      const key = event.EventType === 'onMessageAdded' ? undefined : eventKey(event);
      const Attributes = markerAttributes(markerOf(event, record, place), key);
      const posted = { Author: BOT_AUTHOR, Attributes, ...contentOf(part.message) };
      record = sentPart(startPart(record, place, now()), place, reply(posted), now());
    }
  }
  return record;
}

/** What does not work here would not work the next time either. */
const ONLY_TRY: Try = {
  number: MAX_TRIES,
  isLast: true,
  givenUp: undefined,
  isDeadly: false,
  load: async () => undefined,
  advance: () => undefined,
  readingFailed: () => undefined,
  mark: async () => undefined,
  markCall: async () => true,
  unmark: async () => undefined,
  fails: async () => true,
  giveUp: async () => undefined,
};

export const NO_RULE: Decision = { outcome: 'no_rule', considered: [] };

async function* nothing(): AsyncGenerator<never> {}

/** The table, of which nobody else writes. */
function createStore(): Pick<Store, 'get' | 'put'> & {
  read<T>(key: Key): Versioned<T> | undefined;
} {
  const items = new Map<string, Versioned<unknown>>();
  const read = <T>({ pk, sk }: Key) => items.get(`${pk}|${sk}`) as Versioned<T> | undefined;
  return {
    read,
    get: async <T>(key: Key) => read<T>(key),
    put: async ({ pk, sk }, item) => {
      items.set(`${pk}|${sk}`, item);
      return true;
    },
  };
}
