import type { Random } from '../../lib/ports.ts';
import { BUSINESS_NUMBER } from './business-number.ts';

/** What a conversation can be started on here; `customer.receive` takes any address Twilio takes. */
export const CUSTOMER_CHANNELS = ['whatsapp', 'sms', 'rcs', 'messenger', 'email', 'chat'] as const;

export type CustomerChannel = (typeof CUSTOMER_CHANNELS)[number];

interface ChannelAddresses {
  /** In front of an address that comes without it. */
  readonly prefix: string;
  /** A customer of the kind that is never given to anybody. */
  readonly madeUp: (random: Random) => string;
  /** Whom the customer writes to, when nobody says it. */
  readonly business: string;
}

const madeUpNumber = (random: Random) => `+1555${digits(random, 7)}`;

/** How people are addressed on each channel that has addresses. */
export const CHANNEL_ADDRESSES: Readonly<Record<Exclude<CustomerChannel, 'chat'>, ChannelAddresses>> = {
  whatsapp: { prefix: 'whatsapp:', madeUp: madeUpNumber, business: BUSINESS_NUMBER },
  sms: { prefix: '', madeUp: madeUpNumber, business: BUSINESS_NUMBER },
  rcs: { prefix: 'rcs:', madeUp: madeUpNumber, business: 'business_agent' },
  messenger: { prefix: 'messenger:', madeUp: (random) => digits(random, 16), business: '100000000000001' },
  email: {
    prefix: '',
    madeUp: (random) => `customer-${digits(random, 7)}@example.com`,
    business: 'business@example.com',
  },
};

export function onChannel(channel: Exclude<CustomerChannel, 'chat'>, address: string): string {
  return address.includes(':') ? address : CHANNEL_ADDRESSES[channel].prefix + address;
}

function digits(random: Random, length: number): string {
  return String(Math.floor(random() * 10 ** length)).padStart(length, '0');
}
