import { eventKey } from '../../lib/event/event-key.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { readMarker } from '../../lib/event/marker.ts';
import type { HttpRequest, HttpResponse, QueueMessage } from '../../lib/ports.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { type ConversationRecord, shortKey } from '../../lib/record/conversation.ts';
import { type MessageRecord, messageParts } from '../../lib/record/message-record.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import type { Caller, CallFault } from './chaos.ts';
import type { Mortal } from './mortal.ts';
import type { Scheduler } from './scheduler.ts';
import { NO_TRIALS, type Trials } from './set-aside.ts';
import type { SimulatedTable } from './table.ts';

/** What must hold at every step, not only in the end. */
export interface Watch {
  /** In words; empty when all is well. */
  readonly problems: readonly string[];
  /** When the first POST for each subject was started, by its SID. */
  readonly begun: ReadonlyMap<string, number>;
  /** Every POST of a message that was started, in that order. */
  readonly posts: readonly Post[];
  /** Keys of the events that Twilio told of and was answered 200 for, and when that was first. */
  readonly heard: ReadonlyMap<string, number>;
  /** Keys of the events that were put on the queue, and when that was first. */
  readonly queuedKeys: ReadonlyMap<string, number>;
  /** What was put on the queue, by its key. */
  readonly events: ReadonlyMap<string, ConversationEvent>;
  blame(line: string): void;
  /** What befell the processes that worked on an event, by its type and SID; its key may say more. */
  trials(subject: string): Trials;
  /** A process was handed the events with these keys. */
  took(process: Caller, keys: readonly string[]): void;
  /** A process failed, died or stood still at this call; `after` it had taken effect. */
  struck(process: Caller, call: string, fault: CallFault): void;
  /** The time of a process was over. */
  timedOut(process: Caller): void;
  /** The queue has lost an event with which a process was not done. */
  forgot(): void;
  /**
   * How often processes were struck, how often when an event was noted and nobody had counted it, and how often the
   * queue lost what was to count it.
   */
  strikes(): { readonly afterNoting: number; readonly anywhere: number; readonly forgotten: number };
  /** An event is being noted; called back when its process knows that, which it never does when it dies first. */
  noting(): () => void;
  /** A conversation has this item now. */
  noted(state: Pick<ConversationRecord, 'noted'>): void;
  /** Whether the event with this key was ever noted. */
  isNoted(key: string): boolean;
  /** An event is on the queue, or in the spool. */
  stored(deduplicationId: string): void;
  queued(message: QueueMessage): void;
  /** Receive has answered a webhook of Twilio's. */
  acknowledged(status: number, body: string): void;
  asking(process: Mortal, request: HttpRequest): Promise<void>;
  asked(process: Mortal, request: HttpRequest, response: HttpResponse): void;
}

/** One POST of one part of an answer. */
export interface Post {
  readonly subject: string;
  /** As its marker has it. */
  readonly part: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly process: Caller;
  /** Twilio has said that it did nothing. */
  isRefused: boolean;
}

/** To save what came of a POST. */
const SAVE_MS = 1_000;

export function createWatch(scheduler: Scheduler, store: SimulatedTable): Watch {
  const problems: string[] = [];
  const begun = new Map<string, number>();
  const posts: Post[] = [];
  const safe = new Set<string>();
  const everNoted = new Set<string>();
  const queuedKeys = new Map<string, number>();
  const heard = new Map<string, number>();
  const events = new Map<string, ConversationEvent>();
  const strikes = { afterNoting: 0, anywhere: 0, forgotten: 0 };
  const trials = new Map<string, Trials>();
  const taken = new WeakMap<Caller, readonly string[]>();
  const notBefore = new WeakMap<Mortal, Map<string, number>>();
  const blame = (line: string) => void problems.push(line);

  /** Several events are worked on side by side in one process, and what was missed before them. */
  function befall(process: Caller, { deaths, failures }: Trials): void {
    for (const key of new Set([...(taken.get(process) ?? []), subjectOf(process)])) {
      const before = trials.get(key) ?? NO_TRIALS;
      trials.set(key, { deaths: before.deaths + deaths, failures: before.failures + failures });
    }
  }

  return {
    problems,
    heard,
    begun,
    posts,
    queuedKeys,
    events,
    blame,
    took: (process, keys) => void taken.set(process, keys),
    trials: (subject) => {
      const own = [...trials].find(([key]) => key === subject || key.startsWith(`${subject}|`));
      return own?.[1] ?? NO_TRIALS;
    },
    struck: (process, call, { kind, when }) => {
      if (kind !== 'fail' || call.startsWith('put tries|')) befall(process, { deaths: 1, failures: 0 });
      strikes.anywhere += 1;
      if (kind === 'fail' && when === 'after' && call === 'put conversation') strikes.afterNoting += 1;
    },
    timedOut: (process) => {
      befall(process, { deaths: 1, failures: 0 });
      strikes.anywhere += 1;
    },
    forgot: () => {
      strikes.forgotten += 1;
    },
    strikes: () => strikes,
    noting: () => {
      strikes.afterNoting += 1;
      return () => {
        strikes.afterNoting -= 1;
      };
    },
    noted: ({ noted = [] }) => {
      for (const short of noted) everNoted.add(short);
    },
    isNoted: (key) => everNoted.has(shortKey(key)),
    stored: (deduplicationId) => void safe.add(deduplicationId),
    queued: ({ groupId, deduplicationId, body }) => {
      if (!queuedKeys.has(deduplicationId)) queuedKeys.set(deduplicationId, scheduler.now());
      const { event, address } = openEnvelope(body);
      events.set(eventKey(event), event);
      if (deduplicationId !== eventKey(event)) blame(`${eventKey(event)} was queued as ${deduplicationId}`);
      if (groupId !== address.conversationSid) blame(`${deduplicationId} was queued in another group`);
    },
    acknowledged: (status, body) => {
      const key = keyOf(body);
      if (status === 200 && !heard.has(key)) heard.set(key, scheduler.now());
      if (status === 200 && !safe.has(key)) blame(`${key} was acknowledged before it was safe`);
      if (status !== 200 && status !== 503) blame(`${key} came from Twilio and was answered ${status}`);
    },
    asking: async (process, { method, path, headers, body, timeoutMs }) => {
      befall(process, { deaths: 0, failures: 1 });
      if (method !== 'POST') return;
      const now = scheduler.now();
      const wait = (notBefore.get(process)?.get(resendOf(path, body)) ?? 0) - now;
      if (wait > 1) blame(`a POST came ${wait} ms before Retry-After`);
      const left = process.deadline - now;
      if (timeoutMs + SAVE_MS > left) blame(`a POST of ${timeoutMs} ms began ${left} ms before the end`);
      const form = new URLSearchParams(body);
      if (!path.endsWith('/Messages')) {
        if (headers['x-twilio-webhook-enabled'] !== 'false') blame('a step was not kept from the webhooks');
        if (!(await isBegunStep(store, path, form)) && store.whole)
          blame(`${path} came without a record of it`);
        return;
      }
      const marker = readMarker(form.get('Attributes'));
      const subject = marker?.in_reply_to ?? '';
      if (!begun.has(subject)) begun.set(subject, now);
      posts.push({ subject, part: marker?.part ?? '', at: now, process, isRefused: false });
      const pk = /Conversations\/(CH\w+)/.exec(path)?.[1] ?? '';
      const record = await recordOf(store, pk, subject);
      const parts = record === undefined ? [] : messageParts(record);
      const part = parts[Number.parseInt(marker?.part ?? '', 10) - 1];
      // Who keeps to a table that was replaced has its record there.
      if (part?.state !== 'sending' && store.whole)
        blame(`${marker?.in_reply_to} was answered without a record of it`);
    },
    asked: (process, { path, body }, { status, headers }) => {
      if (status < 300) befall(process, { deaths: 0, failures: -1 });
      const post = path.endsWith('/Messages') ? posts.findLast((one) => one.process === process) : undefined;
      if (status === 429 && post !== undefined) post.isRefused = true;
      const seconds = Number(headers['retry-after']);
      if (status !== 429 || !(seconds > 0)) return;
      const times = notBefore.get(process) ?? new Map<string, number>();
      notBefore.set(process, times.set(resendOf(path, body), scheduler.now() + seconds * 1_000));
    },
  };
}

/** The key of the event that it has looked at last. */
function subjectOf({ subject = '' }: Caller): string {
  return subject.replace(/^tries\|/, '');
}

/** What is sent again: one part of an answer, or a read. What stands behind a message that has ended is not. */
function resendOf(path: string, body: string | undefined): string {
  const { in_reply_to, part } = readMarker(new URLSearchParams(body).get('Attributes')) ?? {};
  return `${path} ${in_reply_to} ${part}`;
}

/** The key of the event that a webhook tells of. */
function keyOf(body: string): string {
  const params = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body))
    params.set(name, [...(params.get(name) ?? []), value]);
  const parsed = parseEvent(params);
  return parsed.kind === 'event' ? eventKey(parsed.event) : parsed.kind;
}

/** Whether the table knows that this very tag or invitation is under way. */
async function isBegunStep(store: SimulatedTable, path: string, form: URLSearchParams): Promise<boolean> {
  const pk = /Conversations\/(CH\w+)/.exec(path)?.[1] ?? '';
  const tagged = /Messages\/(IM\w+)$/.exec(path)?.[1];
  const items = await store.list<MessageRecord>(pk, 100_000);
  return items.some(([{ sk }, { value }]) => {
    if (!sk.startsWith(tagged === undefined ? 'on' : `onMessageAdded|${tagged}`)) return false;
    return value.parts.some(({ step, state }) => {
      if (step === undefined || state !== 'sending') return false;
      return 'identity' in step ? step.identity === form.get('Identity') : tagged !== undefined;
    });
  });
}

/** Of what a reply answers. Nobody else's key begins with the same SID. */
async function recordOf(
  store: SimulatedTable,
  pk: string,
  subject: string,
): Promise<MessageRecord | undefined> {
  if (subject.startsWith('IM')) {
    return (await store.get<MessageRecord>({ pk, sk: `onMessageAdded|${subject}` }))?.value;
  }
  const items = await store.list<MessageRecord>(pk, 100_000);
  return items.find(([{ sk }]) => sk.split('|')[1] === subject)?.[1].value;
}
