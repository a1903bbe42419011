import type { EventName, EventOf } from '../event/event-types.ts';
import type { HttpRequest } from '../ports.ts';
import type { ConversationValues, ParticipantValues } from '../rules/render/look-up.ts';

/** What a handler gets beside its values. */
export interface Context<Event extends EventName = EventName> {
  /** A copy of what Twilio told. */
  readonly event: EventFor<Event>;
  /** The named groups of the rule's pattern. */
  readonly match: Readonly<Record<string, string | undefined>>;
  /** What the rule's `answer` took from the message. */
  readonly answer: string | undefined;
  /** What is remembered of the conversation, by name. */
  readonly memory: Readonly<Record<string, string | undefined>>;
  /** In which the bot speaks here. */
  readonly language: string;
  /** When the customer wrote, in milliseconds since the epoch. */
  readonly now: number;
  /** The conversation as Twilio knows it; undefined when it is gone. */
  conversation(): Promise<ConversationValues | undefined>;
  /** Whoever wrote or joined, as Twilio knows them; undefined when they are gone, or it is nobody. */
  participant(): Promise<ParticipantValues | undefined>;
  readonly history: History;
  /**
   * What a service answers, parsed from JSON: say what it is, or check it. Undefined where it answers 404, or nothing.
   * @throws OutsideError for any other status than 2xx, for what is not JSON, and whatever `request` throws
   */
  json<T = Parsed>(url: string, options?: RequestOptions): Promise<T | undefined>;
  /**
   * One HTTP exchange, within the time that is left, at most 1 MB of answer. It follows a redirect of a GET to the
   * same host only, and never tries again.
   * @throws OutsideError, ConnectionError
   */
  request(url: string, options?: RequestOptions): Promise<Answer>;
  /** Writes these numbers into the bot's log, with the handler, the rule and the message's SID. */
  log(fields: LogNumbers): void;
  /** Aborted when the time is over, or the handler has returned. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left. */
  remainingMs(): number;
  /**
   * The MessageSid, or what else tells this event from every other: the same whenever the handler is called again for
   * it. Give it to whatever must be done once, as its idempotency key.
   */
  readonly key: string;
}

/** Of several events, each by itself. */
type EventFor<Name extends EventName> = Name extends EventName ? EventOf<Name> : never;

/** Whatever was parsed. */
type Parsed = ReturnType<typeof JSON.parse>;

export interface History {
  /** The newest messages of the conversation, the newest first; at most 100. @param count @default 20 */
  list(count?: number): Promise<readonly PastMessage[]>;
  /** Undefined when it is gone. */
  fetch(messageSid: string): Promise<PastMessage | undefined>;
}

/** A message as Twilio returns it: https://www.twilio.com/docs/conversations/api/conversation-message-resource */
export interface PastMessage {
  readonly sid: string;
  readonly index: number;
  readonly author: string | null;
  readonly body: string | null;
  readonly participant_sid: string | null;
  /** ISO 8601. */
  readonly date_created: string | null;
  /** A string of JSON. */
  readonly attributes: string;
}

type HttpMethod = HttpRequest['method'];

export interface RequestOptions {
  /** In capitals or not. @default GET, or POST where there is a body */
  readonly method?: HttpMethod | Lowercase<HttpMethod> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text as it is; anything else as JSON. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Numbers only, and small ones: words, and what a customer could be found by, have no way into a log. What is undefined,
 * as the length of a list that may be missing, is left out.
 */
export interface LogNumbers {
  /** 100 to 599. */
  readonly status?: number | undefined;
  /** 0 to 60,000. */
  readonly ms?: number | undefined;
  /** 0 to 999. */
  readonly count?: number | undefined;
}
