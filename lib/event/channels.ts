/** The channels that rules can name. */
export const CHANNELS = ['whatsapp', 'sms', 'rcs', 'messenger', 'chat'] as const;

/** `other` is e-mail, Apple Messages and whatever Twilio adds: an address, and no channel that rules can name. */
export type Channel = (typeof CHANNELS)[number] | 'other';
