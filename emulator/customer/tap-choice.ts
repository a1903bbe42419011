import type { Core } from '../core.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { type Resource, showMessage } from '../show.ts';
import type { RenderedContent } from '../state.ts';
import { type ConversationChoice, locate } from './locate.ts';
import { findWriter, say } from './write-as.ts';

export interface TapInput extends ConversationChoice {
  readonly messageSid: string;
  /** The text on the button, or of the list's item. */
  readonly title: string;
  readonly author?: string | undefined;
}

/**
 * The title of what was tapped comes back as Body. Its id is nowhere in Twilio's documented parameters; with the
 * setting `channelMetadata: 'stub'` the service shows it under …/ChannelMetadata.
 */
export async function tapChoice(core: Core, input: TapInput): Promise<Resource> {
  const { service, conversation, place } = locate(core, input);
  const message = conversation.messages.get(input.messageSid);
  if (message === undefined)
    throw notFound(`/Conversations/${conversation.sid}/Messages/${input.messageSid}`);
  const choices = choicesOf(message.content);
  const choice = choices.find(({ title }) => title === input.title);
  if (choice === undefined) {
    const titles = choices.map(({ title }) => `"${title}"`).join(', ');
    throw new RefusalError(
      20001,
      `Message ${message.sid} offers ${titles === '' ? 'nothing to tap' : titles}`,
    );
  }
  const participant = findWriter(conversation, input.author);
  const answer = await say(core, service, conversation, participant, {
    body: choice.opensFlow && core.settings.flowAnswer === 'empty' ? undefined : choice.title,
    channelMetadata: {
      type: participant.messaging_binding?.type ?? 'chat',
      data: { ButtonText: choice.title, ButtonPayload: choice.id, OriginalMessageSid: message.sid },
    },
  });
  return showMessage(core, place, service, conversation, answer);
}

interface Choice {
  readonly title: string;
  readonly id: string;
  /** How a Flow's answer comes back is in no page of Twilio's; the setting `flowAnswer` decides. */
  readonly opensFlow: boolean;
}

/** What a customer can tap so that it answers: quick replies, list items, a card's quick replies, a Flow's button. */
function choicesOf(content: RenderedContent | null): readonly Choice[] {
  if (content === null) return [];
  const { actions, items, button_text, flow_id } = content.fields;
  if (content.type === 'whatsapp/flows') return [{ ...choice(button_text, flow_id), opensFlow: true }];
  const replies = records(actions).filter((action) => (action['type'] ?? 'QUICK_REPLY') === 'QUICK_REPLY');
  return [
    ...replies.map((action) => choice(action['title'], action['id'])),
    ...records(items).map((item) => choice(item['item'], item['id'])),
  ];
}

function choice(title: unknown, id: unknown): Choice {
  return { title: String(title ?? ''), id: String(id ?? title ?? ''), opensFlow: false };
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
