import type { ConversationEvent } from '../event/event-types.ts';
import { DEFAULT_OPT_OUT, isStopWord } from '../guards/stop-words.ts';
import { needsOf } from './actions/needs.ts';
import { explain, OTHERWISE } from './explain.ts';
import { capturesOf, matches } from './match/match-rule.ts';
import { type Facts, readFacts } from './match/read-facts.ts';
import { candidates } from './match/rule-index.ts';
import type { Decision, ReplyDecision, Rule, RuleBook, Then } from './types.ts';

/**
 * What to do about an event that the guards let through: the first rule whose conditions all hold, then `otherwise`
 * (messages only, and no stop words). Pure: no time, no chance, no I/O, and it never throws.
 *
 * `considered` is worked out when it is read, because explaining costs more than deciding.
 */
export function decide(book: RuleBook, event: ConversationEvent): Decision {
  const facts = readFacts(event, book);
  const rule = firstMatch(book, facts);
  if (rule !== undefined) return conclude(book, facts, rule.id, rule.then, capturesOf(rule.when, facts));
  if (event.EventType === 'onMessageAdded') {
    if (isStopWord(event.Body, book.optOut ?? DEFAULT_OPT_OUT)) {
      return {
        outcome: 'suppressed',
        reason: 'stop_word',
        get considered() {
          return explain(book, facts, 'a stop word such as STOP is left alone');
        },
      };
    }
    if (book.otherwise !== undefined) return conclude(book, facts, OTHERWISE, book.otherwise, {});
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

function conclude(
  book: RuleBook,
  facts: Facts,
  rule: string,
  then: Then,
  match: ReplyDecision['match'],
): Decision {
  if (then === 'ignore') {
    return {
      outcome: 'ignored',
      rule,
      get considered() {
        return explain(book, facts);
      },
    };
  }
  return {
    outcome: 'reply',
    rule,
    match,
    needs: needsOf(then, facts.event.EventType),
    actions: then,
    get considered() {
      return explain(book, facts);
    },
  };
}
