import {
  MAX_ATTRIBUTES_BYTES,
  MAX_BODY,
  MAX_CHAT_BODY_BYTES,
  MAX_NAME,
  MAX_VARIABLE_NAME,
  MAX_VARIABLE_VALUE,
  MAX_VARIABLES,
  MAX_VARIABLES_TOTAL,
} from '../limits.ts';
import type { CreateMessageParams } from './message-params.ts';
import { InvalidParameterError, LimitExceededError } from './parameter-errors.ts';

/** What differs by recipient; see https://www.twilio.com/docs/conversations/conversations-limits */
export interface Limits {
  /** SMS and WhatsApp take 1,600 characters a message, chat takes 32 KB. @default sms */
  readonly channel?: 'sms' | 'whatsapp' | 'chat';
  /** Characters of one template variable: error 50541 says 256, a newer page up to 1,600. @default 256 */
  readonly variableLength?: number;
}

/**
 * Refuses what Twilio would refuse, or would accept and a carrier then drop.
 * @throws LimitExceededError naming the field, the limit and the length.
 * @throws InvalidParameterError for what has the wrong form. Neither quotes a value.
 */
export function checkLimits(params: CreateMessageParams, limits: Limits = {}): void {
  const { Author, Body, Subject, Attributes, ContentSid, ContentVariables } = params;
  atMost('Author', MAX_NAME, Author?.length);
  atMost('Subject', MAX_NAME, Subject?.length);
  if (limits.channel === 'chat')
    atMost('Body', MAX_CHAT_BODY_BYTES, Body && Buffer.byteLength(Body), 'bytes');
  else atMost('Body', MAX_BODY, Body?.length);
  if (Attributes !== undefined)
    atMost('Attributes', MAX_ATTRIBUTES_BYTES, Buffer.byteLength(JSON.stringify(Attributes)), 'bytes');
  if (ContentVariables === undefined) return;
  if (ContentSid === undefined)
    throw new InvalidParameterError(
      'ContentVariables',
      'needs a ContentSid, the template it fills (Twilio error 50528).',
    );
  checkVariables(ContentVariables, limits.variableLength ?? MAX_VARIABLE_VALUE);
}

function checkVariables(variables: Readonly<Record<string, unknown>>, maxLength: number): void {
  const entries = Object.entries(variables);
  atMost('ContentVariables', MAX_VARIABLES, entries.length, 'variables');
  for (const [name, value] of entries) {
    const field = `ContentVariables.${name.slice(0, 40)}`;
    if (name === '' || /\s/.test(name))
      throw new InvalidParameterError(
        field,
        'is not a variable name: 1 to 16 characters without spaces are allowed.',
      );
    atMost(`${field} (the name)`, MAX_VARIABLE_NAME, name.length);
    if (typeof value !== 'string')
      throw new InvalidParameterError(
        field,
        `is ${value === null ? 'null' : typeof value}; make it a string.`,
      );
    atMost(field, maxLength, value.length);
    // WhatsApp refuses these after Twilio has answered 201: https://www.twilio.com/docs/api/errors/63013
    if (/\p{Cc}| {5}/u.test(value))
      throw new InvalidParameterError(
        field,
        'holds a line break, a tab, another control character or more than four spaces in a row; replace them.',
      );
  }
  atMost('ContentVariables', MAX_VARIABLES_TOTAL, JSON.stringify(variables).length, 'characters of JSON');
}

function atMost(field: string, limit: number, length: number | '' | undefined, unit = 'characters'): void {
  if (length && length > limit) throw new LimitExceededError(field, limit, length, unit);
}
