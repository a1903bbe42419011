import { subjectOf } from '../../../../lib/event/subject.ts';
import type { Conversation, Model, Turn } from './model.ts';

/** The turn of a subject, which begins when it is first heard of. */
export function openTurn(conversation: Conversation, subject: string, at: number): Turn {
  const known = conversation.turns.get(subject);
  if (known !== undefined) return known;
  const turn: Turn = {
    subject,
    conversationSid: conversation.sid,
    at,
    steps: [],
    working: false,
    dueAt: undefined,
    handedBack: undefined,
    decision: undefined,
    finished: undefined,
    why: undefined,
  };
  conversation.turns.set(subject, turn);
  return turn;
}

/** The turn that an event of the bot or a webhook belongs to; undefined for what belongs to no conversation. */
export function turnOf(model: Model, event: object, at: number): Turn | undefined {
  const subject = subjectOf(event);
  const { ConversationSid } = event as Record<string, unknown>;
  const conversation = model.conversations.get(String(ConversationSid));
  if (subject === undefined || conversation === undefined) return undefined;
  return openTurn(conversation, subject, at);
}

/** Whether the bot runs in this world, or only the service does. */
export function hasBot({ hello }: Model): boolean {
  return hello?.botAuthor !== undefined;
}

export function newestTurn({ turns }: Conversation): Turn | undefined {
  return [...turns.values()].at(-1);
}
