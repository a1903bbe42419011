import type { ConversationEvent } from './event-types.ts';

/** The conversation an event belongs to, as REST finds it. */
interface EventAddress {
  /** Twilio leaves it out of some events. */
  readonly serviceSid?: string;
  readonly conversationSid: string;
}

/** In the order in which an event may name several. */
const SUBJECTS = ['MessageSid', 'ParticipantSid', 'ConversationSid'] as const;

/**
 * SID of what an event is about, and a reply to it answers: the message, the participant who joined, or the
 * conversation that began. Works on a webhook's parameters as well.
 * @returns undefined for events about users, and before a conversation exists.
 */
export function subjectOf(event: object): string | undefined {
  const fields = event as Readonly<Record<string, unknown>>;
  for (const name of SUBJECTS) {
    const sid = fields[name];
    if (typeof sid === 'string' && sid !== '') return sid;
  }
  return undefined;
}

/** The conversation an event belongs to; undefined for events about users, and before a conversation exists. */
export function addressOf(event: ConversationEvent): EventAddress | undefined {
  const conversationSid = 'ConversationSid' in event ? event.ConversationSid : undefined;
  if (conversationSid === undefined) return undefined;
  const { ChatServiceSid: serviceSid } = event;
  return serviceSid === undefined ? { conversationSid } : { serviceSid, conversationSid };
}
