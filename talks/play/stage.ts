import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { ReadFromTwilio, ReadParticipant } from '../../lib/history/read-from-twilio.ts';
import type { CreateMessageParams } from '../../lib/twilio/messages.ts';
import type { Happening, Talk } from '../talk.ts';
import { createPastMessages, type PastMessages, type Written } from './past-messages.ts';
import { CUSTOMER, createPeople, type Member, madeUpSid, SOURCES } from './people.ts';
import { StageError } from './stage-error.ts';

/** Under which a program posts. */
export const PROGRAM = 'program';
/** The account, and the conversation in which a talk takes place. */
const COMMON = {
  AccountSid: madeUpSid('AC', 1),
  ChatServiceSid: madeUpSid('IS', 1),
  ConversationSid: madeUpSid('CH', 1),
};
export const ADDRESS = { serviceSid: COMMON.ChatServiceSid, conversationSid: COMMON.ConversationSid };

/** Twilio's side of a talk: who takes part, which Index comes next, and the webhook of what happens. */
export interface Stage {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /**
   * What Twilio says of it. `undecided` customers' messages are under way, and will have an Index below the answer's.
   * @throws StageError where it cannot happen here
   */
  readonly tell: (happening: Happening, underWay: number) => ConversationEvent;
  /** The bot posts its next message. */
  readonly reply: (posted: CreateMessageParams) => { readonly sid: string; readonly index: number };
  /** All messages so far. */
  readonly messages: Pick<PastMessages, 'list' | 'fetch' | 'tag'>;
  readonly invite: (identity: string) => void;
  readonly read: ReadFromTwilio;
}

/** @param persons chat identities of your people */
export function createStage(
  talk: Pick<Talk, 'channel' | 'startsAt' | 'attributes'>,
  persons: ReadonlySet<string>,
): Stage {
  const people = createPeople(talk.channel, persons);
  let now = talk.startsAt;
  let next = 0;
  let kept: number[] = [];
  let lastReply: string | undefined;
  let happened = 0;

  const date = () => new Date(now).toISOString();
  const takeIndex = () => {
    next += 1;
    return next - 1;
  };
  const messages = createPastMessages();
  const message = (
    index: number,
    Author: string,
    Body: string,
    more: Partial<Written> & { readonly Source: string },
  ) => {
    const MessageSid = madeUpSid('IM', index);
    const written = { MessageSid, Index: index, Author, Body, Media: [], Attributes: {}, ...more };
    messages.write(written, now);
    return { ...COMMON, EventType: 'onMessageAdded' as const, DateCreated: date(), ...written };
  };
  const byMember = (
    { author, sid, isByAddress }: Member,
    index: number,
    body: string,
    more: Partial<Written> = {},
  ) =>
    message(index, author, body, {
      ParticipantSid: sid,
      Source: isByAddress ? SOURCES[talk.channel] : 'SDK',
      ...more,
    });
  const attributes = ({ name }: Member) => (persons.has(name) ? {} : talk.attributes.participant);
  const participant = (member: Member) => ({
    ...COMMON,
    ParticipantSid: member.sid,
    DateCreated: date(),
    DateUpdated: date(),
    Attributes: attributes(member),
    ...(member.isByAddress
      ? { 'MessagingBinding.Address': [member.author], 'MessagingBinding.Type': SOURCES[talk.channel] }
      : { Identity: member.author }),
  });

  function tell(happening: Happening): ConversationEvent {
    switch (happening.does) {
      case 'says': {
        const index = happening.before ? (kept.shift() ?? takeIndex()) : takeIndex();
        const Media = happening.media.map((ContentType, place) => ({
          Sid: madeUpSid('ME', 100 * index + place),
          ContentType,
        }));
        return byMember(people.come(happening.from ?? CUSTOMER), index, happening.text, { Media });
      }
      case 'taps':
        return byMember(people.come(happening.from ?? CUSTOMER), takeIndex(), happening.title);
      case 'agent':
        return byMember(people.come(happening.identity), takeIndex(), happening.text);
      case 'program': {
        const { waits } = happening;
        const Attributes = waits === undefined ? {} : { parley: { waits } };
        return message(takeIndex(), PROGRAM, happening.text, { Source: 'API', Attributes });
      }
      case 'joins':
        return { ...participant(people.come(happening.name)), EventType: 'onParticipantAdded' };
      case 'leaves': {
        const gone = people.go(happening.name);
        if (gone === undefined) throw new StageError(nobody(happening.name));
        return { ...participant(gone), EventType: 'onParticipantRemoved' };
      }
      case 'begins':
        return {
          ...COMMON,
          EventType: 'onConversationAdded',
          DateCreated: date(),
          Attributes: talk.attributes.conversation,
        };
      case 'fails': {
        if (lastReply === undefined) throw new StageError('The bot has said nothing yet that could fail.');
        happened += 1;
        return {
          ...COMMON,
          EventType: 'onDeliveryUpdated',
          MessageSid: lastReply,
          DeliveryReceiptSid: madeUpSid('DY', happened),
          Status: 'failed',
          ErrorCode: happening.code,
          DateCreated: date(),
        };
      }
    }
  }

  const nobody = (name: string) => {
    const names = people.present().map((one) => one.name);
    const those = names.length === 0 ? 'Nobody takes part yet.' : `Those who do: ${names.join(', ')}.`;
    return `Nobody called ${JSON.stringify(name)} takes part here. ${those}`;
  };

  const resource = (member: Member): ReadParticipant => ({
    identity: member.isByAddress ? null : member.author,
    role_sid: null,
    attributes: JSON.stringify(attributes(member)),
    messaging_binding: member.isByAddress
      ? { type: SOURCES[talk.channel].toLowerCase(), address: member.author }
      : null,
  });

  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    tell: (happening, underWay) => {
      const event = tell(happening);
      if (underWay > 0) kept = Array.from({ length: underWay }, takeIndex);
      return event;
    },
    reply: (posted) => {
      const index = takeIndex();
      const reply = { sid: madeUpSid('IM', index), index };
      lastReply = reply.sid;
      messages.post(reply, posted, now);
      return reply;
    },
    messages,
    invite: (identity) => {
      people.come(identity);
    },
    read: {
      participant: async (_, sid) => {
        const member = people.bySid(sid);
        return member && resource(member);
      },
      conversation: async () => ({
        attributes: JSON.stringify(talk.attributes.conversation),
        state: 'active',
      }),
      participants: async () => people.present().map((member) => ({ ...resource(member), sid: member.sid })),
    },
  };
}
