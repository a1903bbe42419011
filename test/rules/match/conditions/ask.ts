import type { ConversationEvent } from '../../../../lib/event/event-types.ts';
import { compileRules } from '../../../../lib/rules/compile/compile-rules.ts';
import { decide } from '../../../../lib/rules/decide.ts';
import type { Read } from '../../../../lib/rules/match/reading.ts';
import type { Memory } from '../../../../lib/rules/memory.ts';
import type { Considered, RuleBook } from '../../../../lib/rules/types.ts';
import { bookOf, messageAdded } from '../../support.ts';

/** What stands in the file beside the rule that is asked, whose id is `rule`. */
export interface Beside {
  /** Keys of the file, a line each. */
  readonly top?: string;
  /** Rules above it, in YAML's flow style. */
  readonly rules?: readonly string[];
  readonly memory?: Memory;
  readonly read?: Read;
}

/** When messages are written here. */
export const NOW = Date.parse(messageAdded().DateCreated);

/** What one rule with these conditions says of an event; undefined where it asks for what was not read. */
export function ask(
  when: string,
  event: ConversationEvent | string,
  { memory = {}, read, ...beside }: Beside = {},
): Considered | undefined {
  const asked = typeof event === 'string' ? messageAdded({ Body: event, Index: 9 }) : event;
  const decided = decide(bookOf(fileWith(when, beside)), asked, memory, undefined, read);
  return decided.outcome === 'read' ? undefined : decided.considered.find(({ rule }) => rule === 'rule');
}

export function holds(...asked: Parameters<typeof ask>): boolean | undefined {
  return ask(...asked)?.matched;
}

/** What the check says of these conditions, without the places. */
export function problemsOf(when: string, beside: Beside = {}): readonly string[] {
  const compiled = compileRules(fileWith(when, beside));
  return compiled.ok ? [] : compiled.problems.map(({ message }) => message);
}

export function notesOf(when: string, beside: Beside = {}): readonly string[] {
  return compileRules(fileWith(when, beside)).notes.map(({ message }) => message);
}

/** What the conditions are compiled to. */
export function compiled(when: string, beside: Beside = {}): RuleBook['rules'][number]['when'] {
  return bookOf(fileWith(when, beside)).rules.at(-1)?.when;
}

function fileWith(when: string, { top = '', rules = [] }: Beside): string {
  const all = [...rules, `{ id: rule, when: ${when}, then: { text: x } }`];
  return `version: 1\n${top}\nrules:\n${all.map((rule) => `  - ${rule}\n`).join('')}`;
}

/** A question that ana is asked, and a rule that takes an answer to it. */
export const QUESTION = {
  rules: [
    '{ id: q, when: { keyword: q }, then: { text: What?, wait: 1h } }',
    '{ id: other, when: { keyword: other }, then: { text: What?, wait: 1h } }',
    '{ id: o, when: { after: other, keyword: o }, then: { text: o } }',
  ],
  memory: { question: { rule: 'q', index: 5, at: NOW, misses: 0 } },
} as const satisfies Beside;
