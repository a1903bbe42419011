import type { OptOut } from '../guards/stop-words.ts';
import type { ReplyAction } from './actions/actions.ts';
import type { OpeningHours } from './hours/opening-hours.ts';
import type { When } from './match/conditions/conditions.ts';
import type { Wait } from './match/open-question.ts';
import type { QuestionChange, ReadLanguage } from './memory.ts';
import type { Localized } from './render/text-template.ts';

export type { PlainAction, PlannedMessage, PlannedStep, ReplyAction } from './actions/actions.ts';
export type { When } from './match/conditions/conditions.ts';
export type { Wait } from './match/open-question.ts';

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
  /** An IANA time zone, for hours and `now`. @default UTC */
  readonly timezone?: string;
  /** Opening hours by name. */
  readonly hours?: Readonly<Record<string, OpeningHours>>;
  /** Of texts, the first is the fallback. @default ['en'] */
  readonly languages?: readonly string[];
  /** The answers to a message that no rule matches: the first whose conditions hold. */
  readonly otherwise?: readonly Otherwise[];
}

/** A Content template: https://www.twilio.com/docs/content */
export interface Template {
  /** `HX…`, or one for each language. */
  readonly sid: Localized<string>;
  /** Every placeholder the template has. A rule must give each of them, and no other. */
  readonly variables: readonly string[];
  /** What it offers to tap, as its definition writes it, placeholders included; absent when that is nothing. */
  readonly titles?: readonly string[];
  /** By its SID, where each language has a definition of its own. */
  readonly titlesBySid?: Readonly<Record<string, readonly string[]>>;
}

export interface Rule {
  readonly id: string;
  /** Absent where it never answers by itself: only `go_to` or a program's message leads to it. */
  readonly when?: When;
  readonly then: Then;
  /** It says something and lets the rules below decide as well. */
  readonly continues?: true;
  /** What it says is a question. */
  readonly waits?: Wait;
  /** What answers while its question is open and no rule takes the message; goes with `waits`. */
  readonly otherwise?: readonly Otherwise[];
}

export interface Otherwise {
  /** `otherwise`, `<rule>.otherwise`, and with its place behind it, from 1, where the file has a list of them. */
  readonly id: string;
  /** Always about messages. */
  readonly when?: When;
  readonly then: Then;
}

/** What an answer does. `ignore` says nothing, on purpose. */
export type Then = 'ignore' | Answer;

export interface Answer {
  readonly actions: readonly ReplyAction[];
  /** Goes on with this rule's answer. */
  readonly goTo?: string;
}

/** Why one rule did or did not match. Quotes the rule, never the customer. */
export interface Considered {
  readonly rule: string;
  readonly matched: boolean;
  readonly why: string;
}

/** Which resources must be read from Twilio before it can be decided, or rendered. */
export interface Needs {
  readonly participant: boolean;
  readonly conversation: boolean;
}

export type Decision = ReplyDecision | IgnoredDecision | SuppressedDecision | NoRuleDecision;

/** What `decide` returns: a decision, or what it has to be given before it can decide. */
export type Decided = Decision | ReadDecision;

/** A rule that may match asks for what was not read yet: read it, and decide again. */
export interface ReadDecision {
  readonly outcome: 'read';
  readonly needs: Needs;
}

export interface ReplyDecision {
  readonly outcome: 'reply';
  /** Who answers: a rule's id, `otherwise`, or the name of an item of one. */
  readonly rule: string;
  /** What each rule that has a say does, in order: those that `continue` first. */
  readonly shares: readonly Share[];
  /** By onceKey, what has a `once` and speaks here. */
  readonly once: readonly string[];
  readonly question?: QuestionChange;
  /** What an action speaks where nothing is remembered of it by then. */
  readonly language: string;
  /** The language was read from Twilio for this message, and is kept a day. */
  readonly readLanguage?: ReadLanguage;
  readonly considered: readonly Considered[];
}

/** One rule's share of an answer. */
export interface Share {
  readonly rule: string;
  /** The named groups of the rule's pattern that took part in the match. */
  readonly match: Readonly<Record<string, string>>;
  /** The same as it was matched, where that differs from what the customer wrote. */
  readonly composed?: Readonly<Record<string, string>>;
  /** What `answer` took from the message. */
  readonly answer?: string;
  /** Its own, then those of the rules that it goes on to. */
  readonly actions: readonly ReplyAction[];
  /** The rules that it goes on to, in order. */
  readonly goesOnTo?: readonly string[];
  /** The rules below it decided as well. */
  readonly continues?: true;
}

/** A rule said `ignore`. */
export interface IgnoredDecision {
  readonly outcome: 'ignored';
  readonly rule: string;
  readonly readLanguage?: ReadLanguage;
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
  readonly readLanguage?: ReadLanguage;
  readonly considered: readonly Considered[];
}
