import {
  CUSTOMER_CHANNELS,
  type Happening,
  type RenderedContent,
  type RequestHappening,
  type Resource,
  type ResourceHappening,
} from '../emulator/index.ts';
import { systemClock } from '../lib/clock.ts';
import { readMarker } from '../lib/event/marker.ts';
import { subjectOf } from '../lib/event/subject.ts';
import type { Handover } from '../lib/guards/guard.ts';
import type { CalledNote, MessageRecord } from '../lib/record/message-record.ts';
import type { Memory } from '../lib/rules/memory.ts';
import type { Wait } from '../lib/rules/types.ts';
import { sidSource } from '../lib/sid.ts';
import { hasFailed, type ReceiptStatus } from '../lib/twilio/delivery.ts';
import type { BotStep } from './bot/bot-step.ts';

/** How a customer can write here. */
export const SAID_BY = CUSTOMER_CHANNELS;
export type SaidBy = (typeof SAID_BY)[number];

/** What a customer writes, and as whom. */
export interface SayInput {
  readonly body: string | undefined;
  readonly channel: SaidBy;
  readonly author: string | undefined;
  readonly media: readonly string[];
}

/** A world in which something is said: one of this process, or one that runs already. */
export interface SayWorld {
  /** @returns the SID of a conversation with this customer */
  begin(said: SayInput): Promise<string>;
  /** Writes as that customer. */
  write(conversationSid: string, said: SayInput): Promise<Resource>;
  /** @returns ends the subscription */
  watch(watcher: (event: Happening | BotStep) => void): () => void;
  /** How the question of a rule is open. */
  waitOf(rule: string): Wait | undefined;
  /** Names of templates, by SID. */
  templates(): Readonly<Record<string, string>>;
  /** What helps somebody who got no answer in time. */
  readonly advice: string;
}

/** Everything one message led to. */
export interface SayResult {
  readonly inbound: Resource;
  readonly decision: Extract<BotStep, { kind: 'decision' }>['decision'];
  readonly outcome: { readonly outcome: string; readonly reason?: string };
  /** Why it was not answered, in a sentence. */
  readonly why: string | undefined;
  readonly replies: readonly Reply[];
  /** What the answer did besides its messages. */
  readonly steps: MessageRecord['parts'];
  /** The handlers that were called. */
  readonly called: readonly CalledNote[];
  /** Names of templates, by SID. */
  readonly templates: Readonly<Record<string, string>>;
  /** What the conversation remembers by now. */
  readonly noted: Noted;
  readonly requests: readonly RequestHappening[];
}

interface Reply {
  readonly resource: Resource;
  readonly content: RenderedContent | undefined;
  /** One for each recipient whom it will not reach. */
  readonly failures: readonly ReceiptStatus[];
}

/** Times are in milliseconds since the epoch. */
export interface Noted {
  readonly question?: { readonly rule: string; readonly until: number; readonly misses: number };
  readonly handover?: Handover;
  readonly values?: Memory['values'];
}

const PATIENCE_MS = 20_000;
/** For receipts, which come only where the conversation has somebody on a channel, and time goes on. */
const RECEIPTS_MS = 2_000;

/** Writes as a customer and waits for what comes of it. */
export async function sayOnce(world: SayWorld, said: SayInput): Promise<SayResult> {
  const conversationSid = await world.begin(said);
  const events: (Happening | BotStep)[] = [];
  const end = world.watch((event) => events.push(event));
  const inbound = await world.write(conversationSid, said);
  const mine = (event: Happening | BotStep) =>
    'event' in event && typeof event.event === 'object' && subjectOf(event.event) === inbound['sid'];
  const isOver = () =>
    events.some((event) => event.kind === 'finished' && mine(event)) &&
    events.some((event) => event.kind === 'queue' && event.change === 'deleted' && mine(event));
  for (let waited = 0; !isOver(); waited += 10) {
    if (waited >= PATIENCE_MS) throw new Error(`The bot did not finish within 20 seconds; ${world.advice}`);
    await systemClock.sleep(10);
  }
  const replied = events.flatMap((event) =>
    event.kind === 'message' && event.change === 'added' && answers(event.resource, inbound) ? [event] : [],
  );
  const receiptsOf = ({ resource }: ResourceHappening) => latestReceipts(events, resource['sid']);
  const isDelivered = (reply: ResourceHappening) => receiptsOf(reply).some(({ status }) => status !== 'sent');
  const hasReceipts = said.channel !== 'chat';
  for (let waited = 0; hasReceipts && waited < RECEIPTS_MS && !replied.every(isDelivered); waited += 10)
    await systemClock.sleep(10);
  end();

  const decision = events.find((event) => event.kind === 'decision' && mine(event));
  const finished = events.find((event) => event.kind === 'finished' && mine(event));
  if (decision?.kind !== 'decision' || finished?.kind !== 'finished' || !finished.record.finished) {
    throw new Error('The bot finished without a decision, which is a defect in parley.');
  }
  const handled = events.slice(
    events.findIndex((event) => event.kind === 'queue' && event.change === 'received' && mine(event)),
  );
  return {
    inbound,
    decision: decision.decision,
    outcome: finished.record.finished,
    why: finished.why,
    steps: finished.record.parts.filter(({ step }) => step !== undefined),
    called: finished.record.called ?? [],
    templates: world.templates(),
    noted: readNoted(events, conversationSid, world),
    replies: replied.map((reply) => ({
      resource: reply.resource,
      content: reply.content as RenderedContent | undefined,
      failures: receiptsOf(reply).filter(hasFailed),
    })),
    requests: handled.filter((event) => event.kind === 'request').filter(isAbout(conversationSid)),
  };
}

/** By recipient, how far it came. */
function latestReceipts(
  events: readonly (Happening | BotStep)[],
  messageSid: unknown,
): readonly ReceiptStatus[] {
  const latest = new Map<unknown, ReceiptStatus>();
  for (const event of events) {
    if (event.kind !== 'receipt' || event.resource['message_sid'] !== messageSid) continue;
    const { sid, status, error_code } = event.resource;
    latest.set(sid, { status: String(status), errorCode: Number(error_code) });
  }
  return [...latest.values()];
}

const IN_A_CONVERSATION = new RegExp(`/Conversations/${sidSource('CH')}`, 'i');

/** In a world where others write too: what names another conversation is theirs. */
function isAbout(conversationSid: string) {
  return ({ path }: RequestHappening) => path.includes(conversationSid) || !IN_A_CONVERSATION.test(path);
}

function readNoted(
  events: readonly (Happening | BotStep)[],
  conversationSid: string,
  { waitOf }: Pick<SayWorld, 'waitOf'>,
): Noted {
  const last = events.findLast(
    (event) => event.kind === 'noted' && event.conversationSid === conversationSid,
  );
  if (last?.kind !== 'noted') return {};
  const { handover, memory: { question, values } = {} } = last.conversation;
  const wait = question && waitOf(question.rule);
  return {
    ...(question &&
      wait && {
        question: { rule: question.rule, until: question.at + wait.ms, misses: question.misses },
      }),
    ...(handover && { handover }),
    ...(values && { values }),
  };
}

function answers(message: Resource, inbound: Resource): boolean {
  return readMarker(String(message['attributes']))?.in_reply_to === inbound['sid'];
}
