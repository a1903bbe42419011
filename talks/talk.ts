import type { Channel } from '../lib/event/channels.ts';
import type { HandlerAction } from '../lib/handlers/returned.ts';

/** A conversation as a test: what people do, and what the bot makes of it. `bot/talks/*.yaml` hold them as a list. */
export interface Talk {
  readonly name: string;
  readonly place: Place;
  readonly channel: Channel;
  /** When its first step happens, in milliseconds since the epoch. */
  readonly startsAt: number;
  /** Attributes of every customer, and of the conversation, as rules can name them. */
  readonly attributes: { readonly participant: Attributes; readonly conversation: Attributes };
  readonly steps: readonly Step[];
}

export type Attributes = Readonly<Record<string, string>>;

/** Where something stands. Lines and columns count from 1, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** From the top of the file: the talk's place, `steps`, the step's place. */
  readonly path: readonly (string | number)[];
}

export type Step = { readonly place: Place } & (Happening | Waits | Calls | Expectation);
export type StepOf<Does extends Step['does']> = Extract<Step, { readonly does: Does }>;

/** What happens, and the bot may answer. */
export type Happening = Says | Taps | Agent | Program | Joins | Leaves | Begins | Fails;

export interface Says {
  readonly does: 'says';
  readonly text: string;
  /** MIME types of the files that are sent. */
  readonly media: readonly string[];
  /** Who, in a group. */
  readonly from?: string;
  /** It was under way when the bot asked: its Index is below the question's. */
  readonly before: boolean;
}

export interface Taps {
  readonly does: 'taps';
  readonly title: string;
  readonly from?: string;
}

/** One of your people writes. */
export interface Agent {
  readonly does: 'agent';
  readonly identity: string;
  readonly text: string;
}

/** A program posts, under an author whom PROGRAMS names. */
export interface Program {
  readonly does: 'program';
  readonly text: string;
  /** The rule whose question it asks. */
  readonly waits?: string;
}

export interface Joins {
  readonly does: 'joins';
  readonly name: string;
}

export interface Leaves {
  readonly does: 'leaves';
  readonly name: string;
}

/** The conversation itself, for rules that answer that. */
export interface Begins {
  readonly does: 'begins';
}

/** The bot's last message does not reach the customer. https://www.twilio.com/docs/api/errors */
export interface Fails {
  readonly does: 'fails';
  readonly code: number;
}

export interface Waits {
  readonly does: 'waits';
  readonly ms: number;
}

/** What the handlers that rules call return from here on. */
export interface Calls {
  readonly does: 'call';
  readonly stated: Readonly<Record<string, Stated>>;
}

/** What one handler returns; or it fails, and the rule's `else` is done. */
export type Stated = readonly HandlerAction[] | 'fails';

/** What is expected of the bot. Undefined where the step is empty, for `--update` to fill in. */
export type Expectation =
  | { readonly does: 'bot'; readonly items: readonly Item[] | undefined }
  | { readonly does: 'silence'; readonly reason: string | undefined }
  | { readonly does: 'handed over'; readonly isSo: boolean | undefined }
  | { readonly does: 'remembered'; readonly values: Readonly<Record<string, string>> | undefined }
  | { readonly does: 'language'; readonly language: string | undefined };

/** A part of what the bot is expected to say or do. */
export type Item =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'matching'; readonly pattern: RegExp }
  | { readonly kind: 'template'; readonly template: string; readonly variables?: Attributes }
  | { readonly kind: 'media'; readonly media: string; readonly text?: string }
  /** All that this rule, or item of an `otherwise`, says. */
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'tag'; readonly attributes?: Attributes }
  | {
      readonly kind: 'handover';
      readonly forMs?: number;
      readonly back?: readonly string[];
      readonly invite?: readonly string[];
    };
