import type { Fault, Happening } from '../../emulator/index.ts';
import type { Problem } from '../../lib/rules/compile/problem.ts';
import type { Wait } from '../../lib/rules/types.ts';
import type { BotStep } from '../bot/bot-step.ts';
import type { RunningRule } from './running-rule.ts';

/** What the page is told over server-sent events: what the service tells, what the bot tells, and the switches. */
export type PageEvent = Happening | BotStep | Hello | CaughtUp | Switches | RulesRead;

/** A page event at a moment of the world's time, in milliseconds since the epoch. */
export type Timed = PageEvent & { readonly at: number };

/** Comes first, and again when the page has to forget what it knew. */
export interface Hello {
  readonly kind: 'hello';
  readonly accountSid: string;
  readonly serviceSid: string;
  /** The Author under which the bot writes; absent where only the service runs, for a client of any kind. */
  readonly botAuthor?: string;
}

/** Everything so far has been told; what follows is live. */
export interface CaughtUp {
  readonly kind: 'caught-up';
}

/** The state of what a person can switch; comes whenever some of it changes. */
export interface Switches {
  readonly kind: 'switches';
  readonly frozen: boolean;
  readonly faults: readonly Fault[];
}

/** The rules file was read, at the start or because it changed. */
export interface RulesRead {
  readonly kind: 'rules';
  /** As messages name it. */
  readonly file: string;
  /** Why it cannot be used; the rules before it keep running. Empty when all is well. */
  readonly problems: readonly Problem[];
  /** What is worth knowing, and keeps no rule from running; none before the file was read anew. */
  readonly notes: readonly Problem[];
  /** Ids of the rules that run now, in order. */
  readonly running: readonly string[];
  /** The same with each `otherwise`, and what every one of them waits for and does. */
  readonly rules: readonly RunningRule[];
  /** How the questions of these are open, by rule. */
  readonly waits: Readonly<Record<string, Wait>>;
  /** How long the bot keeps quiet after a person has written; 0: it does not. */
  readonly quietAfterPersonMs: number;
  /** In which they tell the time: an IANA name. */
  readonly timezone: string;
  /** Names of its templates, by SID. */
  readonly templates: Readonly<Record<string, string>>;
}
