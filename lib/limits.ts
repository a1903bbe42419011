/**
 * Twilio's limits on what a message may hold: https://www.twilio.com/docs/conversations/conversations-limits
 * Lengths are counted in UTF-16 units: Twilio does not say which unit it counts in, and the count in units is never
 * below the count in code points, so this is safe under both.
 */

/** Characters in the Body of a message to SMS and WhatsApp. */
export const MAX_BODY = 1600;

/** Bytes in the Body of a message to chat, and of one that comes in. */
export const MAX_CHAT_BODY_BYTES = 32 * 1024;

/** Bytes in a message's Attributes. */
export const MAX_ATTRIBUTES_BYTES = 4 * 1024;

/** Characters in an author, a subject, an identity, an address, a name. */
export const MAX_NAME = 256;

/** Variables in one message. https://www.twilio.com/docs/api/errors/92002 */
export const MAX_VARIABLES = 100;

/** Characters in a variable's name. https://www.twilio.com/docs/api/errors/50540 */
export const MAX_VARIABLE_NAME = 16;

/**
 * Characters in a variable's value. https://www.twilio.com/docs/api/errors/50541 says 256, a newer page 1,600:
 * the smaller one can never be refused.
 */
export const MAX_VARIABLE_VALUE = 256;

/** Characters in ContentVariables as JSON. https://www.twilio.com/docs/api/errors/50529 */
export const MAX_VARIABLES_TOTAL = 27_801;
