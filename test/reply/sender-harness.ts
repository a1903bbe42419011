import type { BotError } from '../../lib/errors.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import { markerAttributes, markerFor } from '../../lib/event/marker.ts';
import { type MessageRecord, planRecord } from '../../lib/record/message-record.ts';
import { createCircuit } from '../../lib/reply/circuit.ts';
import { sendParts } from '../../lib/reply/send-parts.ts';
import type { Sending, SendPorts } from '../../lib/reply/sending.ts';
import { isMessage } from '../../lib/rules/actions/is-message.ts';
import type { PlannedStep } from '../../lib/rules/types.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { messageAdded } from '../rules/support.ts';
import { silentLog } from '../support/silent-log.ts';

export const START = Date.UTC(2026, 10, 20, 22, 30);
export const SETTLE_MS = 45_000;
export const MAX_AGE_MS = 3_600_000;
const ADDRESS = { serviceSid: `IS${'a'.repeat(32)}`, conversationSid: `CH${'a'.repeat(32)}` };
const KEY = { pk: ADDRESS.conversationSid, sk: 'event' };

type Create = SendPorts['create'];

/** What it takes to send the parts of one answer and to carry out its other steps, with time and every outcome in the test's hands. */
export function sender(
  steps: readonly PlannedStep[],
  { event = messageAdded(), ...ports }: Partial<SendPorts> & { readonly event?: ConversationEvent } = {},
) {
  // Half a second past, so that rounding shows.
  const time = { now: START + 500, remainingMs: 60_000 };
  const clock = {
    now: () => time.now,
    sleep: async (ms: number) => {
      time.now += ms;
      time.remainingMs -= ms;
    },
  };
  const store = createMemoryStore({ clock });
  const log = silentLog();
  const circuit = createCircuit(clock);
  const created: Parameters<Create>[] = [];
  /** Everything that was done, in order: the bodies of messages, tags, identities. */
  const done: unknown[] = [];
  const listed: number[] = [];
  /** What is at Twilio, oldest first. */
  const there: MessageResource[] = [];
  /** How the next POSTs end, and how the next steps that are no messages do; those after them succeed. */
  const failures: unknown[] = [];
  const stepFailures: unknown[] = [];
  const act = async (what: unknown) => {
    done.push(what);
    if (stepFailures.length > 0) throw stepFailures.shift();
  };
  const count = steps.filter(isMessage).length;
  const put = (part: number, index: number): MessageResource => {
    const attributes = JSON.stringify(markerAttributes(markerFor(event, part, count)));
    const message = { sid: `IM${index}`, index, author: 'parley', attributes } as MessageResource;
    there.push(message);
    return message;
  };
  const all: SendPorts = {
    store,
    create: async (...call) => {
      created.push(call);
      done.push(call[1].Body);
      if (failures.length > 0) throw failures.shift();
      const part = Number(/"part":"(\d+)/.exec(JSON.stringify(call[1].Attributes))?.[1]) - 1;
      return put(part, 10 + there.length);
    },
    list: async function* () {
      listed.push(time.now - START);
      yield* there.toReversed();
    },
    tag: (...asked) => act(['tag', ...asked.slice(1)]),
    invite: (...asked) => act(['invite', ...asked.slice(1)]),
    circuit,
    modes: { latest: async () => 'live', isOutdated: () => false },
    clock,
    log,
    botAuthor: 'parley',
    webhookEnabled: false,
    settleMs: SETTLE_MS,
    maxAgeMs: MAX_AGE_MS,
    ...ports,
  };
  const planned = planRecord({ eventType: event.EventType, receivedAt: START }, 'rule', steps);
  const stored = async () => store.get<MessageRecord>(KEY);
  return {
    time,
    store,
    log,
    circuit,
    created,
    done,
    listed,
    there,
    failures,
    stepFailures,
    put,
    stored,
    /** One invocation, going on from what is stored. */
    send: async (claimed: Partial<Sending> = {}) => {
      const item = await stored();
      const delivery = { remainingMs: () => time.remainingMs };
      const claim = { key: KEY, event, address: ADDRESS, delivery, ...claimed };
      return sendParts(all, claim, item?.value ?? planned, item?.version);
    },
  };
}

/** How it went so far: not the last try, and nothing that fails is its end, unless `at` says so. */
export function trying(at: Partial<NonNullable<Sending['tries']>> = {}): Pick<Sending, 'tries'> {
  const tries = { isLast: false, givenUp: undefined, advance: () => undefined, fails: async () => false };
  return { tries: { ...tries, ...at } };
}

/** A list that cannot be read. */
export const unreadable = (error: unknown) => () => ({
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
});

export const text = (Body: string) => ({ kind: 'text', Body }) as const;

/** What an invocation that cannot finish throws. */
export async function thrownBy(work: Promise<unknown>): Promise<BotError> {
  const error = await work.then(
    () => new Error('it finished'),
    (thrown: unknown) => thrown,
  );
  return error as BotError;
}
