import { bookOf } from '../rules/support.ts';
import type { Canaries } from './canaries.ts';
import type { PlantedWorld } from './planted-world.ts';

/** Rules that use everything a reply can use, and such as cannot be rendered. */
export const RULES = bookOf(`version: 1
templates: { card: { sid: HX${'5'.repeat(32)}, variables: ['1'] } }
rules:
  - id: long
    when: { pattern: '^long (?<what>.+)$' }
    then: { text: 'too long: ${'{{ match.what }}'.repeat(20)}' }
  - id: long-variable
    when: { pattern: '^variable (?<what>.+)$' }
    then: { template: card, variables: { '1': '${'{{ match.what }}'.repeat(12)}' } }
  - id: blank
    when: { keyword: blank }
    then: { text: '{{ participant.attributes.missing | default: " " }}' }
  - id: ignored
    when: { includes: ignored }
    then: { ignore: true }
  - id: media
    when: { media: true }
    then: { text: 'Thank you for the picture, {{ author | default: "you" }}' }
  - id: two
    when: { pattern: '^two (?<what>.+)$' }
    then:
      - { text: 'first {{ match.what }}' }
      - { text: 'second {{ match.what }}' }
  - id: all
    when: { pattern: '^echo (?<what>.+)$' }
    then:
      text: >-
        {{ match.what }} {{ author | default: "nobody" }} {{ participant.identity | default: "nobody" }}
        {{ participant.address | default: "nowhere" }} {{ participant.attributes.name | default: "nameless" }}
        {{ conversation.friendly_name | default: "nameless" }} {{ conversation.unique_name | default: "nameless" }}
        {{ conversation.attributes.note | default: "nothing" }}
  - id: joined
    when: { event: onParticipantAdded }
    then: { text: 'Hello {{ participant.identity | default: "you" }} {{ participant.attributes.name | default: "" }}!' }
  - id: opened
    when: { event: onConversationAdded }
    then: { text: 'Welcome to {{ conversation.friendly_name | default: "the shop" }}' }
`);

/** One conversation of each kind, personal in every field. */
export interface People {
  readonly phone: { readonly conversationSid: string; readonly address: string };
  readonly chat: { readonly conversationSid: string; readonly identity: string };
  /** A message's text: `words`, and a canary of its own. */
  text(words: string, place?: string): string;
}

export async function plantPeople({ service }: PlantedWorld, canaries: Canaries): Promise<People> {
  const address = canaries.plantValue('customer number', '+15557301984');
  const proxyAddress = '+15550100000';
  const phone = await service.customer.startConversation({
    channel: 'whatsapp',
    author: address,
    proxyAddress,
    friendlyName: canaries.plant('conversation FriendlyName'),
    uniqueName: canaries.plant('conversation UniqueName'),
    attributes: JSON.stringify({ note: canaries.plant('conversation Attributes') }),
  });
  const identity = canaries.plant('chat identity');
  const chat = await service.customer.startConversation({
    channel: 'chat',
    author: identity,
    friendlyName: canaries.plant('chat FriendlyName'),
  });
  const conversationSid = String(chat.conversation['sid']);
  await service.customer.join({
    conversationSid,
    identity: canaries.plant('identity of who joins'),
    attributes: JSON.stringify({ name: canaries.plant('participant Attributes') }),
  });
  return {
    phone: { conversationSid: String(phone.conversation['sid']), address },
    chat: { conversationSid, identity },
    text: (words, place = 'message Body') => `${words} ${canaries.plant(`${place}: ${words}`)}`,
  };
}
