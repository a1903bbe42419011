import type { ConversationEvent } from '../event/event-types.ts';
import { suppressReason } from '../guards/guards.ts';
import { explain, OTHERWISE } from './explain.ts';
import { matches } from './match/conditions.ts';
import { findPattern } from './match/find-pattern.ts';
import { type Facts, readFacts } from './match/read-facts.ts';
import { candidates } from './match/rule-index.ts';
import { needsOf } from './render/needs.ts';
import type { Decision, Rule, RuleBook, Then } from './types.ts';

export interface DecideOptions {
  /** The Author under which the bot writes. */
  readonly botAuthor: string;
}

/**
 * What to do about an event: guards first, then the first rule whose conditions all hold, then `otherwise`
 * (messages only). Pure: no time, no chance, no I/O, and it never throws.
 *
 * `considered` is worked out when it is read, because explaining costs more than deciding.
 */
export function decide(book: RuleBook, event: ConversationEvent, { botAuthor }: DecideOptions): Decision {
  const reason = suppressReason(event, botAuthor);
  if (reason !== undefined) return { outcome: 'suppressed', reason, considered: [] };

  const facts = readFacts(event);
  const rule = firstMatch(book, facts);
  if (rule !== undefined) return conclude(book, facts, rule, rule.then);
  if (book.otherwise !== undefined && event.EventType === 'onMessageAdded') {
    return conclude(book, facts, undefined, book.otherwise);
  }
  return {
    outcome: 'no_rule',
    get considered() {
      return explain(book, facts);
    },
  };
}

function firstMatch(book: RuleBook, facts: Facts): Rule | undefined {
  for (const rule of candidates(book, facts)) {
    if (matches(rule.when, facts)) return rule;
  }
  return undefined;
}

function conclude(book: RuleBook, facts: Facts, rule: Rule | undefined, then: Then): Decision {
  const id = rule?.id ?? OTHERWISE;
  if (then === 'ignore') {
    return {
      outcome: 'ignored',
      rule: id,
      get considered() {
        return explain(book, facts);
      },
    };
  }
  return {
    outcome: 'reply',
    rule: id,
    match: findPattern(rule?.when.pattern ?? [], facts.text) ?? {},
    needs: needsOf(then, facts.event),
    actions: then,
    get considered() {
      return explain(book, facts);
    },
  };
}
