import { addressType } from '../address-type.ts';
import type { Core } from '../core.ts';
import { GROUP_PARTICIPANTS } from '../limits.ts';
import { RefusalError } from '../refusal-error.ts';
import { findGroup } from '../resources/groups.ts';
import { type Resource, showMessage } from '../show.ts';
import { type AutoCreation, type Conversation, pairKey, type Service } from '../state.ts';
import { placeIn } from './locate.ts';
import { findService, type Opened, openOnChannel } from './start-conversation.ts';
import { type Said, say } from './write-as.ts';

export interface InboundInput extends Said {
  /** The customer's address, with its `whatsapp:` if it has one. */
  readonly from: string;
  /** The business's. */
  readonly to: string;
  readonly serviceSid?: string | undefined;
  /** Who else the message went to: a group MMS. */
  readonly others?: readonly string[] | undefined;
}

/** A carrier hands over a message: its addresses, a pair or a group's, decide which conversation it belongs to. */
export async function receiveInbound(core: Core, input: InboundInput): Promise<Resource> {
  const { service, conversation, participant } = await findOrOpen(core, input);
  const message = await say(core, service, conversation, participant, input);
  return showMessage(core, placeIn(service), service, conversation, message);
}

interface Found extends Opened {
  readonly service: Service;
}

async function findOrOpen(core: Core, input: InboundInput): Promise<Found> {
  const { from, to, others = [] } = input;
  if (others.length === 0) return findPair(core, from, to) ?? openFor(core, input);
  requireGroup([from, to, ...others]);
  const group = findGroup(core, new Set([from, to, ...others]));
  const participant = group?.conversation.participants.items.find(
    ({ messaging_binding: binding }) => binding?.address === from,
  );
  if (group === undefined || participant === undefined) return openFor(core, input);
  return { ...group, participant };
}

function findPair(core: Core, from: string, to: string): Found | undefined {
  const holder = core.state.pairs.get(pairKey(from, to));
  const service = core.state.services.get(holder?.service_sid ?? '');
  const conversation = service?.conversations.get(holder?.conversation_sid ?? '');
  const participant = conversation?.participants.get(holder?.participant_sid ?? '');
  if (service === undefined || conversation === undefined || participant === undefined) return undefined;
  return { service, conversation, participant };
}

/** Checked before anything is made: a group that does not come about must leave nothing behind. */
function requireGroup(addresses: readonly string[]): void {
  if (addresses.some((address) => addressType(address) !== 'sms')) {
    throw new RefusalError(20001, 'A group MMS is among telephone numbers only');
  }
  if (new Set(addresses).size !== addresses.length) throw new RefusalError(50437);
  // The business itself is not a participant.
  if (addresses.length - 1 > GROUP_PARTICIPANTS) throw new RefusalError(50436);
}

/** Makes a conversation as the configuration of the business's address says, if it has one. */
async function openFor(core: Core, input: InboundInput): Promise<Found> {
  const { from: address, to: proxyAddress, body, others } = input;
  const auto = core.state.addresses.items.find(
    (configured) => configured.address === proxyAddress,
  )?.auto_creation;
  if (auto?.enabled === false) {
    throw new RefusalError(
      20001,
      `${proxyAddress} is configured not to make conversations: enable its AutoCreation`,
    );
  }
  const service = findService(core, input.serviceSid ?? auto?.conversation_service_sid ?? undefined);
  const opened = await openOnChannel(core, service, {}, { address, proxyAddress, body, others });
  if (auto !== undefined) attachWebhook(core, opened.conversation, auto);
  return { service, ...opened };
}

function attachWebhook(core: Core, conversation: Conversation, auto: AutoCreation): void {
  if (auto.type === 'default') return;
  const now = core.timeline.now();
  conversation.webhooks.add({
    sid: core.newSid('WH'),
    target: auto.type === 'studio' ? 'studio' : 'webhook',
    url: auto.webhook_url,
    method: auto.webhook_method?.toLowerCase() ?? 'post',
    filters: auto.webhook_filters ?? ['onMessageAdded'],
    triggers: [],
    flow_sid: auto.studio_flow_sid,
    date_created: now,
    date_updated: now,
  });
}
