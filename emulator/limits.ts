/**
 * Twilio's limits on everything but what a message may hold (lib/limits.ts):
 * https://www.twilio.com/docs/conversations/conversations-limits
 */
const KILOBYTE = 1024;

export const PARTICIPANT_ATTRIBUTES_BYTES = 4 * KILOBYTE;
export const USER_ATTRIBUTES_BYTES = 4 * KILOBYTE;
export const CONVERSATION_ATTRIBUTES_BYTES = 16 * KILOBYTE;
export const PARTICIPANTS = 1000;
export const NON_CHAT_PARTICIPANTS = 50;
export const GROUP_PARTICIPANTS = 10;
export const CONVERSATIONS_OF_A_USER = 1000;
export const SCOPED_WEBHOOKS = 5;
export const TRIGGERS = 5;
export const TRIGGER_CHARACTERS = 248;
export const WEBHOOK_URL_CHARACTERS = 512;
export const MEDIA_BYTES = 150 * KILOBYTE * KILOBYTE;
export const WHATSAPP_MEDIA_BYTES = 16 * KILOBYTE * KILOBYTE;
export const WHATSAPP_WINDOW_MS = 24 * 3_600_000;
export const WEBHOOK_TIMEOUT_MS = 5000;
