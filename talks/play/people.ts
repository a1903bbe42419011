import type { Channel } from '../../lib/event/channels.ts';

/** Somebody who takes part, as Twilio knows them. */
export interface Member {
  readonly name: string;
  readonly sid: string;
  /** An address, or a chat identity: what Twilio calls Author. */
  readonly author: string;
  readonly isByAddress: boolean;
}

/** Numbers that are nobody's: https://en.wikipedia.org/wiki/Fictitious_telephone_number */
const number = (place: number) => `+1555010${String(place).padStart(4, '0')}`;

const ADDRESSES: Readonly<Record<Exclude<Channel, 'chat'>, (place: number) => string>> = {
  whatsapp: (place) => `whatsapp:${number(place)}`,
  sms: number,
  rcs: (place) => `rcs:${number(place)}`,
  messenger: (place) => `messenger:${10_000_000_000 + place}`,
  other: (place) => `customer-${place}@example.com`,
};

/** Source of what is written on a channel, as its webhook says it. */
export const SOURCES: Readonly<Record<Channel, string>> = {
  whatsapp: 'WHATSAPP',
  sms: 'SMS',
  rcs: 'RCS',
  messenger: 'MESSENGER',
  chat: 'SDK',
  other: 'EMAIL',
};

/** The one customer of a talk that names none. */
export const CUSTOMER = 'customer';

/** Who comes is given what the channel gives: an address, or on chat and to your people an identity. */
export function createPeople(channel: Channel, persons: ReadonlySet<string>) {
  const members = new Map<string, Member>();
  const present = new Set<string>();
  /** Somebody by name, who takes part from then on. */
  const come = (name: string): Member => {
    const known = members.get(name);
    present.add(name);
    if (known !== undefined) return known;
    const place = members.size + 1;
    const address = channel === 'chat' || persons.has(name) ? undefined : ADDRESSES[channel](place);
    const isByAddress = address !== undefined;
    const member = { name, sid: madeUpSid('MB', place), author: address ?? name, isByAddress };
    members.set(name, member);
    return member;
  };
  return {
    come,
    /** Undefined where nobody of this name takes part. */
    go: (name: string): Member | undefined => (present.delete(name) ? members.get(name) : undefined),
    present: (): readonly Member[] => [...members.values()].filter(({ name }) => present.has(name)),
    bySid: (sid: string): Member | undefined => [...members.values()].find((member) => member.sid === sid),
  };
}

export type People = ReturnType<typeof createPeople>;

/** The same in each run, so that a talk is played the same. */
export function madeUpSid(prefix: string, place: number): string {
  return prefix + String(place).padStart(32, '0');
}
