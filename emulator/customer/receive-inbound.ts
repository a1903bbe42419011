import type { Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import { addressType } from '../resources/messaging-binding.ts';
import { type Resource, showMessage } from '../show.ts';
import { type AutoCreation, type Conversation, type Participant, pairKey, type Service } from '../state.ts';
import { placeIn } from './locate.ts';
import { findService, openConversation } from './start-conversation.ts';
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

/** A carrier hands over a message: the pair of addresses decides which conversation it belongs to. */
export async function receiveInbound(core: Core, input: InboundInput): Promise<Resource> {
  const { service, conversation, participant } = await findOrOpen(core, input);
  const message = await say(core, service, conversation, participant, input);
  return showMessage(core, placeIn(service), service, conversation, message);
}

async function findOrOpen(
  core: Core,
  input: InboundInput,
): Promise<{ service: Service; conversation: Conversation; participant: Participant }> {
  const holder = core.state.pairs.get(pairKey(input.from, input.to));
  const held = holder === undefined ? undefined : core.state.services.get(holder.service_sid);
  const conversation = held?.conversations.get(holder?.conversation_sid ?? '');
  const participant = conversation?.participants.get(holder?.participant_sid ?? '');
  if (held !== undefined && conversation !== undefined && participant !== undefined) {
    return { service: held, conversation, participant };
  }
  return openFor(core, input);
}

/** Makes a conversation for a pair of addresses as the configuration of the business's address says, if it has one. */
async function openFor(
  core: Core,
  input: InboundInput,
): Promise<{ service: Service; conversation: Conversation; participant: Participant }> {
  const auto = core.state.addresses.items.find(({ address }) => address === input.to)?.auto_creation;
  if (auto?.enabled === false) {
    throw new Refusal(20001, `${input.to} is configured not to make conversations: enable its AutoCreation`);
  }
  const service = findService(core, input.serviceSid ?? auto?.conversation_service_sid ?? undefined);
  const channel = addressType(input.from) === 'sms' ? 'sms' : 'whatsapp';
  const start = { channel, author: input.from, proxyAddress: input.to } as const;
  const opened = await openConversation(core, service, start, input);
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
