import type { ConversationEvent, EventOf, MessageAdded } from '../event/event-types.ts';
import { isMarked } from '../event/marker.ts';
import { cameByChannel, cameIn, showsChannel } from '../event/read-channel.ts';
import type { Who } from './guard.ts';
import { hasName, hasRole, type Names } from './names.ts';
import { isSystem } from './system-author.ts';

/** What tells them apart. */
export interface Clues {
  readonly botAuthor: string;
  /** AGENTS: persons. */
  readonly agents: Names;
  /** PROGRAMS. */
  readonly programs: Names;
  /** Whether somebody has come to this conversation by a channel address. */
  readonly byChannel: boolean;
  /** Asks for a participant, undefined where nobody can be shown; called only where nothing else says. */
  readonly participant: (sid: string) => Promise<Identified | undefined>;
}

/** What is read of a participant. */
export interface Identified {
  readonly identity?: string | null;
  readonly role_sid?: string | null;
  readonly messaging_binding?: { readonly type?: string | null } | null;
}

/**
 * One rule for webhooks and for messages read back from Twilio, which carry no Source. Customers are told by their
 * channel – binding, Source and the address's prefix, never its digits –, persons by AGENTS. Where AGENTS is empty, a
 * chat identity that joins or takes part in a conversation to which somebody came by a channel is a person too.
 */
export async function tellWho(event: ConversationEvent, clues: Clues): Promise<Who> {
  if (event.EventType === 'onMessageAdded') return tellAuthor(event, clues);
  return event.EventType === 'onParticipantAdded' ? tellJoiner(event, clues) : 'customer';
}

async function tellJoiner(event: EventOf<'onParticipantAdded'>, clues: Clues): Promise<Who> {
  const { Identity, ParticipantSid, RoleSid } = event;
  if (Identity === undefined) return 'customer';
  if (Identity === clues.botAuthor) return 'bot';
  if (hasName(clues.programs, Identity)) return 'program';
  if (hasName(clues.agents, Identity)) return 'person';
  if (clues.agents.roleSids.length === 0) return areOthersPersons(clues) ? 'person' : 'customer';
  const found = RoleSid ? { role_sid: RoleSid } : await clues.participant(ParticipantSid);
  return isAgentByRole(found, clues) ? 'person' : 'customer';
}

async function tellAuthor(event: MessageAdded, clues: Clues): Promise<Who> {
  const { Author, ParticipantSid } = event;
  const { agents } = clues;
  if (Author === clues.botAuthor) return 'bot';
  if (isSystem(Author)) return 'system';
  if (hasName(clues.programs, Author)) return 'program';
  // A message without a participant was written with the account's key: by a bot, ours or another stack's.
  const marked = isMarked(event.Attributes);
  if (marked && ParticipantSid === undefined) return 'bot';

  const byChannel = cameByChannel(event);
  if (byChannel === true) return showsChannel(event) ? 'customer' : 'program';
  const participant = async () => (ParticipantSid ? clues.participant(ParticipantSid) : undefined);
  /** Read back from Twilio, a short code looks like an identity; only its binding says that it is none. */
  const isNoIdentity = async () => byChannel === undefined && isAddress(await participant());

  if (hasName(agents, Author)) return (await isNoIdentity()) ? 'customer' : 'person';
  const goesByRole = agents.roleSids.length > 0 && ParticipantSid !== undefined;
  // Whoever chats may put our marker into Attributes.
  if (goesByRole && isAgentByRole(await participant(), clues)) return 'person';
  if (marked) return 'bot';
  if (ParticipantSid === undefined) return cameIn(event) ? 'customer' : 'program';
  return !areOthersPersons(clues) || (await isNoIdentity()) ? 'customer' : 'person';
}

/** Whether a participant came by a channel address. In a group text a chat identity has a binding, too: its number there. */
export function isAddress(found: Identified | undefined): boolean {
  return Boolean(found?.messaging_binding?.type) && !found?.identity;
}

/**
 * Where customers come by a channel, whoever did not and cannot be shown is rather one of your people: to keep quiet for
 * once can be made good, to talk over them cannot.
 */
function isAgentByRole(found: Identified | undefined, { agents, byChannel }: Clues): boolean {
  return found === undefined ? byChannel : hasRole(agents, found.role_sid);
}

/** Whether somebody who takes part, or did, is one of your people. */
export function isPersonThere(
  { identity, role_sid: roleSid }: Identified,
  { botAuthor, agents, programs, byChannel }: Omit<Clues, 'participant'>,
): boolean {
  if (!identity || identity === botAuthor || hasName(programs, identity)) return false;
  return hasName(agents, identity) || hasRole(agents, roleSid) || areOthersPersons({ agents, byChannel });
}

/** Whether a chat identity that no name or role tells is one of your people: where AGENTS says of nobody who is. */
function areOthersPersons({ agents, byChannel }: Pick<Clues, 'agents' | 'byChannel'>): boolean {
  return byChannel && agents.identities.length === 0 && agents.roleSids.length === 0;
}
