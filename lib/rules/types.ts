import type { OptOut } from '../guards/stop-words.ts';
import type { ReplyAction } from './actions/actions.ts';
import type { When } from './match/conditions/conditions.ts';

export type { PlannedMessage, ReplyAction } from './actions/actions.ts';
export type { When } from './match/conditions/conditions.ts';

/**
 * The rules as data, and what deciding returns. Everything in a RuleBook is plain JSON: the build writes it into a
 * module (build/write-rules.ts), so that no YAML parser and no schema travels to Lambda.
 */

/** Where the rules file has no `quiet_after_person`. */
export const QUIET_AFTER_PERSON_MS = 8 * 3_600_000;

export interface RuleBook {
  readonly version: 1;
  /** The catalogue, by the name that rules use. */
  readonly templates: Readonly<Record<string, Template>>;
  readonly rules: readonly Rule[];
  /** Stop words, where the file says something of them. */
  readonly optOut?: OptOut;
  /** How long the bot keeps quiet after a person has written. @default QUIET_AFTER_PERSON_MS */
  readonly quietAfterPersonMs?: number;
  /** The answer to a message that no rule matches. */
  readonly otherwise?: Then;
}

/** A Content template: https://www.twilio.com/docs/content */
export interface Template {
  /** `HX…` */
  readonly sid: string;
  /** Every placeholder the template has. A rule must give each of them, and no other. */
  readonly variables: readonly string[];
  /** What it offers to tap, as its definition writes it, placeholders included; absent when that is nothing. */
  readonly titles?: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly when: When;
  readonly then: Then;
}

/** `ignore` says nothing, on purpose. */
export type Then = 'ignore' | readonly ReplyAction[];

/** Why one rule did or did not match. Quotes the rule, never the customer. */
export interface Considered {
  readonly rule: string;
  readonly matched: boolean;
  readonly why: string;
}

/** Which resources must be read from Twilio before the actions can be rendered. */
export interface Needs {
  readonly participant: boolean;
  readonly conversation: boolean;
}

export type Decision = ReplyDecision | IgnoredDecision | SuppressedDecision | NoRuleDecision;

export interface ReplyDecision {
  readonly outcome: 'reply';
  /** The rule's id, or `otherwise`. */
  readonly rule: string;
  /** The named groups of the rule's pattern that took part in the match. */
  readonly match: Readonly<Record<string, string>>;
  readonly needs: Needs;
  readonly actions: readonly ReplyAction[];
  readonly considered: readonly Considered[];
}

/** A rule said `ignore`. */
export interface IgnoredDecision {
  readonly outcome: 'ignored';
  readonly rule: string;
  readonly considered: readonly Considered[];
}

/** A guard spoke before any rule (guards/guards.ts), or a stop word found no rule. */
export interface SuppressedDecision {
  readonly outcome: 'suppressed';
  readonly reason: string;
  /** A guard spoke: no rule was asked. */
  readonly guard?: true;
  readonly considered: readonly Considered[];
}

export interface NoRuleDecision {
  readonly outcome: 'no_rule';
  readonly considered: readonly Considered[];
}
