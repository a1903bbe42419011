import type { Core } from '../core.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Conversation, MessagingBinding, Participant, Service } from '../state.ts';
import { isGroup } from './conversation-channel.ts';
import { conversationsOf } from './memberships.ts';

/**
 * Group MMS: everybody sees everybody, so who belongs to a message is not a pair of addresses but a set of them, and
 * each set is one open conversation.
 * https://www.twilio.com/docs/conversations/group-texting
 */

type Bound = Pick<Participant, 'messaging_binding'>;

/** Fewer are not a group: it takes two customers and the business. */
const SMALLEST_GROUP = 3;

/** Every address in a group, the business's own included. */
function memberAddresses(participants: readonly Bound[]): ReadonlySet<string> {
  return new Set(participants.flatMap(({ messaging_binding: binding }) => addressesOf(binding)));
}

/** The open group conversation of exactly these addresses. */
export function findGroup(
  core: Core,
  addresses: ReadonlySet<string>,
): { readonly service: Service; readonly conversation: Conversation } | undefined {
  for (const service of core.state.services.items) {
    const candidates = [...addresses].flatMap((address) => conversationsOf(service, address));
    const conversation = candidates.find(
      (candidate) =>
        candidate.state !== 'closed' &&
        isGroup(candidate) &&
        isSame(memberAddresses(candidate.participants.items), addresses),
    );
    if (conversation !== undefined) return { service, conversation };
  }
  return undefined;
}

/** @throws RefusalError 50438 when these are the members of another open group */
export function requireNewGroup(core: Core, members: readonly Bound[], own?: Conversation): void {
  const addresses = memberAddresses(members);
  if (addresses.size < SMALLEST_GROUP) return;
  const found = findGroup(core, addresses);
  if (found !== undefined && found.conversation !== own) throw new RefusalError(50438);
}

function addressesOf(binding: MessagingBinding | null): readonly string[] {
  return [binding?.address, binding?.proxy_address, binding?.projected_address].flatMap((one) => one ?? []);
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
