import type { ConversationEvent } from '../event/event-types.ts';

/**
 * Who is not a customer: chat identities (`*` stands for anything) and participant roles (`RL…`), from the AGENTS
 * setting. People on SMS, WhatsApp and the like are known by their address and never match.
 */
export interface Agents {
  readonly identities: readonly string[];
  readonly roleSids: readonly string[];
}

export function parseAgents(entries: readonly string[]): Agents {
  return {
    identities: entries.filter((entry) => !isRoleSid(entry)),
    roleSids: entries.filter(isRoleSid),
  };
}

/** Reads a participant's `role_sid`; called only when AGENTS names roles. */
export type ReadRole = (participantSid: string) => Promise<string | null | undefined>;

/**
 * One rule for webhooks and for messages read back from Twilio, which carry no Source. A customer takes part in the
 * conversation (or came in by a channel or an SDK, says Source) and is not one of the agents. What other programs
 * post through REST has neither.
 */
export async function isCustomer(
  event: ConversationEvent,
  agents: Agents,
  readRole: ReadRole,
): Promise<boolean> {
  if (event.EventType === 'onParticipantAdded') {
    return event.Identity === undefined || !isNamed(agents, event.Identity);
  }
  if (event.EventType !== 'onMessageAdded') return true;
  const { Author, ParticipantSid, Source } = event;
  const cameIn = Source !== undefined && Source.toUpperCase() !== 'API';
  if (ParticipantSid === undefined && !cameIn) return false;
  if (/^(\w+:)?\+\d+$/.test(Author)) return true;
  if (isNamed(agents, Author)) return false;
  if (agents.roleSids.length === 0 || ParticipantSid === undefined) return true;
  const role = await readRole(ParticipantSid);
  return !agents.roleSids.some((sid) => sid === role);
}

function isNamed({ identities }: Agents, identity: string): boolean {
  return identities.some((pattern) => matchesGlob(pattern, identity));
}

function isRoleSid(entry: string): boolean {
  return /^RL[0-9a-fA-F]{32}$/.test(entry);
}

/** Backtracks only to the latest `*`, so it is linear in practice and needs no RegExp. */
function matchesGlob(pattern: string, text: string): boolean {
  const first = pattern.indexOf('*');
  if (first === -1) return text === pattern;
  if (!text.startsWith(pattern.slice(0, first))) return false;
  const last = pattern.lastIndexOf('*');
  const tail = pattern.slice(last + 1);
  let from = first;
  for (const piece of pattern.slice(first, last).split('*')) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}
