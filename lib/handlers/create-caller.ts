import { errorCode } from '../error-code.ts';
import { BotError } from '../errors.ts';
import { eventKey } from '../event/event-key.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import type { Log, LogFields } from '../log.ts';
import type { Clock } from '../ports.ts';
import type { PlainAction } from '../rules/types.ts';
import type { Context, History, LogNumbers } from './context.ts';
import type { Handlers } from './define-handlers.ts';
import { createLeftErrors, type LeftErrors } from './left-errors.ts';
import { type Outside, parseAnswer } from './outside.ts';
import { OutsideError } from './outside-error.ts';
import { type Allowed, readReturned } from './read-returned.ts';

export interface CallerPorts {
  readonly handlers: Handlers;
  readonly outside: Outside;
  readonly clock: Clock;
  readonly log: Pick<Log, 'count' | 'info'>;
  /** Of the process. Without them an error that a handler leaves ends it, as any other does. */
  readonly leftErrors?: LeftErrors | undefined;
}

/** One call of a handler. */
export interface Asked
  extends Allowed,
    Pick<Context, 'match' | 'answer' | 'memory' | 'language' | 'now' | 'conversation' | 'participant'> {
  readonly handler: string;
  readonly given: Readonly<Record<string, string>>;
  readonly event: ConversationEvent;
  readonly history: History;
  /** Until when it must have returned, in milliseconds since the epoch. */
  readonly until: number;
  /** It killed the process twice, so it is not called again. */
  readonly hasDied: boolean;
  /** Throws where what was returned cannot be carried out. */
  readonly check: (actions: readonly PlainAction[]) => void;
  /** What a log says of the event beside. */
  readonly fields: LogFields;
}

/**
 * How a call ended. `missing`: there is no such handler. `died`: the process did, twice, while it was called
 * (reply/open-try.ts).
 */
export type Ending = 'returned' | 'late' | 'thrown' | 'malformed' | 'missing' | 'died';

export interface Called {
  readonly handler: string;
  readonly ended: Ending;
  readonly ms: number;
  /** What to do; where it did not return, the rule's `else` is done. */
  readonly actions?: readonly PlainAction[];
  /** What it threw, or what is wrong with what it returned: for whoever tests it. It may hold anything. */
  readonly problem?: string;
}

export type Caller = (asked: Asked) => Promise<Called>;

/**
 * @returns the function that calls a handler. It never throws, and takes no longer than until `until`, unless the handler
 * keeps the processor to itself. What comes back is checked, and nothing that was thrown is logged but the code of an
 * error of ours.
 */
export function createCaller(ports: CallerPorts): Caller {
  const { handlers, outside, clock, log, leftErrors = createLeftErrors() } = ports;
  return async (asked) => {
    const startedAt = clock.now();
    const { handler, given, fields } = asked;
    const over = new AbortController();
    /** Of errors that we threw, as they were thrown. */
    const codes = new WeakMap<object, string>();
    const tell = (ended: Ending, code?: string): Pick<Called, 'handler' | 'ended' | 'ms'> => {
      const ms = clock.now() - startedAt;
      if (ended !== 'returned') log.count('call_failed', ended);
      log.info('a handler was called', { ...fields, handler, outcome: ended, code, ms });
      return { handler, ended, ms };
    };
    if (asked.hasDied) return tell('died');
    const call = Object.hasOwn(handlers, handler) ? handlers[handler] : undefined;
    if (call === undefined) return tell('missing');

    if (startedAt >= asked.until) return tell('late');
    const left = Promise.withResolvers<Ended>();
    let isLeft = false;
    /** It ends a call that still goes on. After the end it changes nothing, and is logged once: a timer may go on for ever. */
    const onLeft = (thrown: unknown) => {
      left.resolve({ thrown });
      if (!over.signal.aborted || isLeft) return;
      isLeft = true;
      const code = codes.get(Object(thrown)) ?? 'defect';
      log.info('a handler left an error that nobody awaited', { ...fields, handler, code });
    };
    const own = <T>(work: () => T): T => leftErrors.during(onLeft, work);
    const context = makeContext({ outside, clock, log, leftErrors }, asked, over.signal, codes);
    const answering = own(async () => call({ ...given }, context)).then(
      (returned): Ended => ({ returned }),
      (thrown: unknown): Ended => ({ thrown }),
    );
    const tooLate = clock.sleep(Math.max(0, asked.until - startedAt), over.signal).then((): Ended => 'late');
    const ended = await Promise.race([answering, left.promise, tooLate]);
    // Whoever listens to the signal is code of the handler's.
    own(() => over.abort());
    if (ended === 'late') return tell('late');
    if ('thrown' in ended) {
      const code = codes.get(Object(ended.thrown)) ?? 'defect';
      return { ...tell('thrown', code), problem: describe(ended.thrown) };
    }
    try {
      const actions = own(() => readReturned(ended.returned, asked));
      asked.check(actions);
      return { actions, ...tell('returned') };
    } catch (error) {
      return { ...tell('malformed', errorCode(error)), problem: describe(error) };
    }
  };
}

interface Left {
  readonly leftErrors: LeftErrors;
}

type Ended = 'late' | { readonly returned: unknown } | { readonly thrown: unknown };

function makeContext(
  { outside, clock, log, leftErrors }: Omit<CallerPorts, 'handlers' | 'leftErrors'> & Left,
  { handler, event, until, fields, history, ...asked }: Asked,
  signal: AbortSignal,
  codes: WeakMap<object, string>,
): Context {
  /** What is still going on when the time is over is nobody's any more. */
  const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      if (signal.aborted) throw new OutsideError('over');
      return await leftErrors.outside(work);
    } catch (error) {
      // What a handler throws again from within a request has its code already, whatever it made of that.
      if (!codes.has(Object(error))) codes.set(Object(error), errorCode(error));
      throw error;
    }
  };
  /** Two requests side by side fail together, and one of them is awaited: the other must not end the process. */
  const mayBeLeft = <T>(work: () => Promise<T>): Promise<T> => {
    const answer = inTime(work);
    answer.catch(() => undefined);
    return answer;
  };
  const remainingMs = () => Math.max(0, until - clock.now());
  return {
    event: structuredClone(event),
    match: { ...asked.match },
    answer: asked.answer,
    memory: { ...asked.memory },
    language: asked.language,
    now: asked.now,
    conversation: () => mayBeLeft(asked.conversation),
    participant: () => mayBeLeft(asked.participant),
    history: {
      list: (count) => mayBeLeft(() => history.list(count)),
      fetch: (messageSid) => mayBeLeft(() => history.fetch(messageSid)),
    },
    json: (url, options = {}) =>
      mayBeLeft(async () => parseAnswer(await outside(url, options, remainingMs)) as never),
    request: (url, options = {}) => mayBeLeft(() => outside(url, options, remainingMs)),
    log: (numbers) => {
      if (!signal.aborted) log.info('a handler says', { ...fields, handler, ...smallNumbers(numbers) });
    },
    signal,
    remainingMs,
    key: 'MessageSid' in event ? event.MessageSid : eventKey(event),
  };
}

const LIMITS = { status: [100, 599], ms: [0, 60_000], count: [0, 999] } as const;

/** Of what a handler wants to be logged only what nobody can be found by. */
function smallNumbers(numbers: LogNumbers): LogNumbers {
  return Object.fromEntries(
    Object.entries(LIMITS).flatMap(([name, [least, most]]) => {
      const value: unknown = numbers[name as keyof LogNumbers];
      const isSmall = typeof value === 'number' && value >= least && value <= most;
      return isSmall ? [[name, Math.round(value)]] : [];
    }),
  );
}

/** It may be anything, and may throw when it is asked what it is. */
function describe(thrown: unknown): string {
  try {
    if (thrown instanceof BotError) return thrown.message;
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return 'something that cannot be shown';
  }
}
