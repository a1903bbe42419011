import type { CalledNote } from '../lib/record/message-record.ts';
import { showDuration } from '../lib/rules/match/show-duration.ts';
import type { QuestionChange } from '../lib/rules/memory.ts';
import type { TextTemplate } from '../lib/rules/render/text-template.ts';
import type { Considered, PlainAction, ReplyAction, ReplyDecision, Wait } from '../lib/rules/types.ts';

/** By rule, how its question is open. */
export type Waits = Readonly<Record<string, Wait>>;

type MessageAction = Extract<ReplyAction, { readonly kind: 'text' | 'template' | 'media' }>;
type OtherAction = Exclude<PlainAction, MessageAction>;

/** Whether a rule had its turn, or another had answered before it. */
export function wasAsked({ why }: Considered): boolean {
  return !why.startsWith('not asked');
}

export function isMessageAction(action: ReplyAction): action is MessageAction {
  return action.kind === 'text' || action.kind === 'template' || action.kind === 'media';
}

/** Who answers: the rules that continue, then the one that decided. */
export function nameRules({ shares }: Pick<ReplyDecision, 'shares'>): string {
  return `${shares.length > 1 ? 'rules' : 'rule'} ${shares.map(({ rule }) => rule).join(', ')}`;
}

/**
 * What an action does that posts no message, in a line. What is remembered goes by its name: the value is the customer's.
 * @param would it was decided and never done
 */
export function describeAction(action: OtherAction, would = false): string {
  const does = (plain: string, now: string) => (would ? `Would ${plain}` : now);
  switch (action.kind) {
    case 'remember':
      return `${does('remember', 'Remembers')} ${Object.keys(action.values).join(', ')}.`;
    case 'forget': {
      const names = action.names === 'all' ? 'all that is remembered' : action.names.join(', ');
      return `${does('forget', 'Forgets')} ${names}.`;
    }
    case 'tag': {
      const tags = Object.entries(action.attributes).map(([name, text]) => `${name}: ${written(text)}`);
      return `${does('tag', 'Tags')} the message with ${tags.join(', ')}.`;
    }
    case 'handover': {
      const { forMs, back, invite } = action;
      return [
        `${does('hand', 'Hands')} over to a person for ${showDuration(forMs)}.`,
        ...(back.length > 0 ? [`The customer comes back with ${back.map(quoted).join(', ')}.`] : []),
        ...(invite.length > 0 ? [`${does('invite', 'Invites')} ${invite.join(', ')}.`] : []),
      ].join(' ');
    }
  }
}

/** How a call of a handler ended. */
export function describeCall({ ended, ms }: CalledNote): string {
  return ended === 'returned'
    ? `returned after ${ms} ms`
    : `${ENDINGS[ended] ?? ended}, after ${ms} ms: the rule’s else was done`;
}

const ENDINGS: Readonly<Record<string, string>> = {
  late: 'was not back in time',
  thrown: 'threw an error',
  malformed: 'returned what cannot be done',
  missing: 'is not there',
  died: 'was not called again, for the process ended under it',
};

/** What an answer does to the open question, in a line. */
export function describeQuestion(change: QuestionChange, waits: Waits): string {
  if ('opens' in change) {
    const { opens, misses = 0 } = change;
    const wait = waits[opens];
    const time = wait === undefined ? '' : `, open for ${showDuration(wait.ms)}`;
    const kept = wait?.keep ? '; answers leave it open' : '';
    const missed = misses === 0 ? '' : `; missed ${showTimes(misses)} before`;
    return `Waits: the question of ${opens} is asked${time}${kept}${missed}.`;
  }
  if ('closes' in change) return `The question of ${change.closes.rule} is closed.`;
  if ('misses' in change)
    return `No answer to the question of ${change.misses.rule}: it stays open, and this counts as a miss.`;
  return `The question of ${change.keeps.rule} is answered, and stays open.`;
}

/** As it stands in the rules file. */
export function written(template: TextTemplate): string {
  return template.map((part) => (typeof part === 'string' ? part : `{{ ${part.path} }}`)).join('');
}

/** `once`, `2 times` */
export function showTimes(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function quoted(word: string): string {
  return `“${word}”`;
}
