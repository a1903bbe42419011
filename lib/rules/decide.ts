import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import { askFirst } from './ask-first.ts';
import { changeQuestion } from './change-question.ts';
import { explain } from './explain.ts';
import { type Found, findAnswer } from './find-answer.ts';
import { followGoTo } from './follow-go-to.ts';
import { readAnswer } from './match/conditions/answer.ts';
import { capturesOf } from './match/match-rule.ts';
import { type Facts, readFacts } from './match/read-facts.ts';
import { readComposed } from './match/read-match.ts';
import type { Read } from './match/reading.ts';
import type { Memory } from './memory.ts';
import { onceKey } from './once-key.ts';
import type { Decided, Decision, Needs, ReplyDecision, RuleBook, Share } from './types.ts';

/**
 * What to do about an event that the guards let through: the first rule whose conditions all hold, then the
 * `otherwise` of the question that is open, then the file's (messages only, and no stop words). Rules that `continue`
 * speak first. Pure: no time, no chance, no I/O, and it never throws.
 *
 * `considered` is worked out when it is read, because explaining costs more than deciding.
 *
 * @param memory what the conversation remembers
 * @param now when the customer wrote, in milliseconds since the epoch
 * @param read what was read from Twilio; where more is needed the decision says so, and `decide` is called again
 */
export function decide(
  book: RuleBook,
  event: ConversationEvent,
  memory: Memory = {},
  now: number = eventTime(event, 0),
  read: Read = {},
): Decided {
  const facts = readFacts(event, book, { memory, at: now, read });
  const found = findAnswer(book, facts);
  if (facts.missing() !== undefined) return askFor(facts);
  const { taken, continued, isLeftAlone } = found;
  if (isLeftAlone) return explained(book, facts, found, { outcome: 'suppressed', reason: 'stop_word' });
  const answers = [...continued, ...(taken ? [taken] : [])].map((one) => ({
    ...one,
    ...followGoTo(book, one),
  }));
  const last = answers.at(-1);
  const kept = readLanguage(facts);
  if (last === undefined) return explained(book, facts, found, { outcome: 'no_rule', ...kept });
  const speaking = answers.filter(({ isIgnored }) => !isIgnored);
  if (speaking.length === 0)
    return explained(book, facts, found, { outcome: 'ignored', rule: last.id, ...kept });
  const shares = speaking.map(({ id, when, rule, actions, goneOnTo }): Share => {
    const answer = when?.answer && readAnswer(when.answer, facts);
    const match = when === undefined ? {} : capturesOf(when, facts);
    const composed = when?.pattern && readComposed(when.pattern, facts, match);
    return {
      rule: id,
      match,
      ...(composed && { composed }),
      ...(answer === undefined ? {} : { answer }),
      actions,
      ...(goneOnTo.length > 0 && { goesOnTo: goneOnTo }),
      ...(rule?.continues && { continues: true }),
    };
  });
  const language = askFirst(facts, shares);
  if (facts.missing() !== undefined) return askFor(facts);
  const question = taken && !last.isIgnored ? changeQuestion(book, facts, last) : undefined;
  return explained(book, facts, found, {
    outcome: 'reply',
    rule: last.isIgnored ? (speaking.at(-1) ?? last).id : last.id,
    shares,
    once: speaking.flatMap(({ spoken }) => spoken).map(onceKey),
    ...(question && { question }),
    language,
    ...readLanguage(facts),
  });
}

type Unexplained<D> = D extends unknown ? Omit<D, 'considered'> : never;

function explained(book: RuleBook, facts: Facts, found: Found, decision: Unexplained<Decision>): Decision {
  return {
    ...decision,
    get considered() {
      return explain(book, facts, found);
    },
  };
}

function askFor(facts: Facts): Decided {
  return { outcome: 'read', needs: facts.missing() as Needs };
}

function readLanguage(facts: Facts): Pick<ReplyDecision, 'readLanguage'> {
  const read = facts.toldLanguage()?.read;
  return read === undefined ? {} : { readLanguage: read };
}
