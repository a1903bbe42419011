import { BotError } from '../errors.ts';
import type { Clock, Key, Store } from '../ports.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { saveNext, triesKey } from '../record/keys.ts';
import {
  CALLS_MARKED_FROM,
  countDeath,
  countFailure,
  countPatience,
  giveUp,
  hasDiedCalling,
  isDeadly,
  MARKED_FROM,
  MAX_TRIES,
  markCall,
  markTry,
  NO_TRIES,
  type Tries,
  unmarkTry,
} from '../record/tries.ts';
import { RetryError } from '../retry-error.ts';
import type { Circuit } from './circuit.ts';

export interface TryPorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly circuit: Pick<Circuit, 'succeeded'>;
  /** Whether Twilio answers other requests, asked with one. */
  readonly answersAtAll: () => Promise<boolean>;
  /** Whether an error is the table's: then nothing can be recorded, and the event waits. */
  readonly isOfTable: (error: unknown) => boolean;
}

/**
 * One try to bring an event to its outcome. Everything ends: what fails each time is set aside at its fifth failure
 * while Twilio answers other requests, and at the age limit while it does not; what kills the process each time is set
 * aside by the sixth delivery, which finds the mark of the fifth, the third one in a row.
 *
 * The queue's count would not do: it counts too what waited, behind another message or for Twilio, and a message that
 * no webhook told of has none.
 */
export interface Try {
  /** How often it has been tried by itself, this time and what it waited patiently for included. */
  readonly number: number;
  /** A failure that does not pass is its end. */
  readonly isLast: boolean;
  /** Why it was given up, while what may have been sent is still looked for. */
  readonly givenUp: string | undefined;
  /** Processes die of it, so nobody may work on it any more. */
  readonly isDeadly: boolean;
  /** Reads how it went so far, which the first deliveries do not need to know. */
  load(): Promise<void>;
  /** A part of its answer was sent, so what fails from now on is another matter. */
  advance(): void;
  /** What is read of its conversation fails each time, so that is its end as soon as it needs it. */
  readingFailed(): void;
  /** Saves, from the third delivery on, that a process works on it. Comes before whatever might kill it. */
  mark(): Promise<void>;
  /**
   * Saves, from the second delivery on, that a handler is called next.
   * @returns whether it may be: not where a process died of that after an earlier delivery had not ended well either.
   */
  markCall(handler: string): Promise<boolean>;
  /** Takes the mark off, because another event is worked on next. */
  unmark(): Promise<void>;
  /**
   * Ends the try with `error`, and counts it where it is the event's own; the same error only once.
   * @returns whether this is the end of it; else the queue must bring it again.
   */
  fails(error: unknown): Promise<boolean>;
  /** To be said when it ends while it is not known what was sent. */
  giveUp(reason: string): Promise<void>;
}

/** What it takes to send one part and to save that, and to ask whether Twilio answers. */
const SENDING_MS = 10_000;
const ASKING_MS = 5_000;
const FENCED_MS = 1_000;

/** What a delivery that ended so leaves behind. */
const ENDINGS = { failure: countFailure, patience: countPatience, wait: unmarkTry } as const;

/**
 * Waits that are nobody's fault, each of which ends by itself: what we or others may have sent settles, a budget fills up and
 * a circuit closes or the message becomes too old, Twilio has asked for a pause, another process or a newer deployment writes on.
 */
const WAITS: readonly string[] = [
  'settling',
  'half_answered',
  'catching_up',
  'twilio_down',
  'retry_after',
  'stalled',
  'fenced',
  'conversation_changed',
  'newer_record',
];

interface Tried {
  readonly record: Key;
  readonly until: number;
  readonly delivery: Delivery;
  readonly found: boolean;
}

/**
 * @param of.record the key of its record
 * @param of.until the last moment in which an answer may begin, in milliseconds since the epoch
 * @param of.found whether another delivery than its own may have come to it before
 */
export async function openTry(ports: TryPorts, { record, until, delivery, found }: Tried): Promise<Try> {
  const key = triesKey(record);
  const { receiveCount, remainingMs } = delivery;
  const hadTime = remainingMs() >= SENDING_MS;
  let tries = NO_TRIES;
  let version: number | undefined;
  let isLoaded = false;
  let isMarked = false;
  let hasAdvanced = false;
  let hasReadInVain = false;
  let deadly = false;

  async function load(): Promise<void> {
    if (isLoaded) return;
    const stored = await ports.store.get<Tries>(key);
    isLoaded = true;
    if (stored === undefined) return;
    version = stored.version;
    tries = stored.value.working ? countDeath(stored.value) : stored.value;
    deadly = stored.value.working === true && isDeadly(tries);
  }

  async function save(next: Tries): Promise<void> {
    const saved = await saveNext(ports, { key, value: next, lifetime: 'record' }, version);
    if (saved === undefined) throw new RetryError('fenced', FENCED_MS);
    version = saved;
    tries = next;
  }

  /** A mark that stays because the table failed once would look like a death. */
  async function saveAgain(next: Tries): Promise<void> {
    const stored = await ports.store.get<Tries>(key);
    // It may have been written although the table said that it was not.
    if (JSON.stringify(stored?.value) === JSON.stringify(next)) version = stored?.version;
    else await save(next);
    tries = next;
  }

  /** A mark that was saved although the table said that it was not would look like a death as well. */
  async function unmarkLost(): Promise<void> {
    const stored = await ports.store.get<Tries>(key);
    if (stored?.value.working !== true || stored.version !== (version ?? 0) + 1) return;
    version = stored.version;
    await save(unmarkTry(stored.value));
  }

  async function saveMark(marked: Tries): Promise<void> {
    await save(marked).catch(async (error: unknown) => {
      if (ports.isOfTable(error)) await unmarkLost().catch(() => undefined);
      throw error;
    });
    isMarked = true;
  }

  /** The error that ends the try matters more than that it could not be counted. */
  async function end(how: keyof typeof ENDINGS): Promise<boolean> {
    try {
      await load();
      const next = ENDINGS[how](tries, hasAdvanced);
      await save(next).catch(() => saveAgain(next));
      isMarked = false;
      return true;
    } catch {
      return false;
    }
  }

  const isWait = (error: unknown) =>
    error instanceof RetryError &&
    (WAITS.includes(error.reason) || (error.reason === 'no_time_left' && !hadTime));

  async function fails(error: unknown): Promise<boolean> {
    if (ports.isOfTable(error) || isWait(error)) {
      if (tries.working) await end('wait');
      return false;
    }
    if (isPatience(error)) {
      await end('patience');
      return false;
    }
    const answers = !mayBeTwilio(error) || (remainingMs() >= ASKING_MS && (await ports.answersAtAll()));
    if (!answers) {
      if (tries.working) await end('wait');
      return ports.clock.now() > until;
    }
    // What fails in sending comes as a RetryError.
    const isReading = !(error instanceof RetryError);
    const isOver = (await end('failure')) && (tries.failures >= MAX_TRIES || (hasReadInVain && isReading));
    // The failures in a row were its own: whoever comes next need not wait for them.
    if (isOver && mayBeTwilio(error)) ports.circuit.succeeded();
    return isOver;
  }

  const failures = () => {
    if (hasAdvanced) return 0;
    return isLoaded ? tries.failures : receiveCount - 1;
  };
  const verdicts = new Map<unknown, Promise<boolean>>();
  if (receiveCount >= MARKED_FROM) await load();
  return {
    get number() {
      return failures() + (isLoaded ? (tries.patience ?? 0) : 0) + 1;
    },
    get isLast() {
      return failures() + 1 >= MAX_TRIES;
    },
    get givenUp() {
      return tries.givenUp;
    },
    get isDeadly() {
      return deadly;
    },
    load,
    advance: () => {
      hasAdvanced = true;
    },
    readingFailed: () => {
      hasReadInVain = true;
    },
    mark: async () => {
      if (receiveCount < MARKED_FROM || isMarked) return;
      await saveMark(markTry(tries));
    },
    markCall: async (handler) => {
      if (receiveCount < CALLS_MARKED_FROM && !found) return true;
      await load();
      if (hasDiedCalling(tries, handler)) return false;
      if (tries.calling !== handler) await saveMark(markCall(tries, handler));
      return true;
    },
    unmark: async () => {
      if (!isMarked) return;
      await save(unmarkTry(tries));
      isMarked = false;
    },
    fails: (error) => {
      const verdict = verdicts.get(error) ?? fails(error);
      verdicts.set(error, verdict);
      return verdict;
    },
    giveUp: async (reason) => {
      await load();
      await save(giveUp(tries, reason));
    },
  };
}

/** Twilio does not show yet what it has told of, which is waited for a few times. */
function isPatience(error: unknown): boolean {
  return error instanceof RetryError && error.cause === undefined && error.reason !== 'no_time_left';
}

/** Whether it may be Twilio as a whole that fails. One request that Twilio itself refuses shows that it does not. */
function mayBeTwilio(error: unknown): boolean {
  const failure = error instanceof RetryError ? error.cause : error;
  return failure instanceof BotError && failure.retryable && failure.code !== 'rejected';
}
