import { nameRules } from '../../../describe-decision.ts';
import { readOtherwise } from '../../../read-otherwise.ts';
import { formatAgo, formatName } from '../ui/format.ts';
import { describeOutcome, describeTurn, type Standing } from './describe-turn.ts';
import { findPersonsMessage } from './find-person.ts';
import type { Conversation, Message, Model, Turn } from './model.ts';

/**
 * What became of a turn, in words: what somebody wants to know first.
 * @param now world time, in milliseconds since the epoch
 */
export function tellOutcome(turn: Turn, conversation: Conversation, now: number): Standing {
  const { finished, decision } = turn;
  if (finished === undefined) return describeTurn(turn, now);
  if (finished.outcome === 'replied') return tellAnswer(turn);
  if (finished.outcome === 'no_rule' && !conversation.messages.has(turn.subject)) {
    return { tone: 'plain', text: `Nothing said: no rule is for ${whatHappened(turn, conversation)}` };
  }
  if (finished.reason === 'dry_run' && decision?.outcome === 'reply') {
    return { tone: 'warn', text: `Would be answered by ${nameAnswer(decision)}: the mode is dry-run` };
  }
  const { tone } = describeOutcome(finished);
  return { tone, text: explainSilence(turn, conversation, now) ?? describeOutcome(finished).text };
}

/**
 * What stands under a message that was not answered, in a sentence; undefined while it is being worked on, also when
 * that is once more, and when it has been answered.
 */
export function explainSilence(turn: Turn, conversation: Conversation, now: number): string | undefined {
  const { finished, why, working, dueAt } = turn;
  if (finished === undefined || finished.outcome === 'replied' || working || dueAt !== undefined) {
    return undefined;
  }
  const wrote = finished.reason === 'person' ? findPersonsMessage(conversation, turn) : undefined;
  if (wrote !== undefined) {
    return `Not answered: ${formatName(wrote.author)} wrote ${formatAgo(Math.max(0, now - wrote.at))}, and the bot keeps quiet for a while.`;
  }
  return why === undefined ? describeOutcome(finished).text : `Not answered: ${why}`;
}

/**
 * The same where there is no bot yet, as its rules have not been good since the start: under the newest message, since
 * what is older may be of another start and answered.
 */
export function explainNoBot(
  { rules }: Pick<Model, 'rules'>,
  { messages }: Conversation,
  { sid }: Pick<Message, 'sid'>,
): string | undefined {
  const runs = rules === undefined || rules.running.length > 0;
  const isNewest = [...messages.keys()].at(-1) === sid;
  return runs || !isNewest ? undefined : `Not answered: ${rules.file} cannot be used.`;
}

/** Whether what the decision says was never done, because something came between. */
export function isOnlyDecided({ finished, steps }: Turn): boolean {
  return (
    finished !== undefined && finished.outcome !== 'replied' && !steps.some(({ kind }) => kind === 'reply')
  );
}

type Otherwise = NonNullable<ReturnType<typeof readOtherwise>>;

/** An `otherwise` answers what the rules did not foresee: that is worth a look. */
function tellAnswer({ decision }: Turn): Standing {
  if (decision?.outcome !== 'reply') return { tone: 'good', text: 'Answered' };
  const tone = readOtherwise(decision.rule) ? 'warn' : 'good';
  return { tone, text: `Answered by ${nameAnswer(decision)}` };
}

function nameAnswer(decision: Extract<NonNullable<Turn['decision']>, { outcome: 'reply' }>): string {
  const { rule, shares } = decision;
  const otherwise = readOtherwise(rule);
  if (otherwise === undefined) return nameRules(decision);
  const before = shares.slice(0, -1);
  return [...(before.length > 0 ? [nameRules({ shares: before })] : []), nameOtherwise(otherwise)].join(
    ', then ',
  );
}

function nameOtherwise({ asker }: Otherwise): string {
  return asker === undefined ? 'otherwise' : `the otherwise of rule ${asker}`;
}

function whatHappened({ subject }: Turn, { participants }: Conversation): string {
  return participants.has(subject) ? 'somebody who joins' : 'a conversation that begins';
}
