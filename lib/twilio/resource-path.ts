import { MAX_NAME } from '../limits.ts';
import { isSid } from '../sid.ts';
import { InvalidParameterError } from './parameter-errors.ts';

/** A conversation of a Conversations service: what every service-scoped path starts with. */
export interface ConversationAddress {
  /** `IS…` */
  readonly serviceSid: string;
  /** `CH…`, or the conversation's UniqueName. */
  readonly conversationSid: string;
}

/**
 * `/v1/Services/{IS}/Conversations/{CH}` and below.
 * @throws InvalidParameterError for what is not a SID or name; nothing unchecked gets into a path.
 */
export function conversationPath(
  { serviceSid, conversationSid }: ConversationAddress,
  ...rest: string[]
): string {
  const segments = [
    'Services',
    checkSid('serviceSid', 'IS', serviceSid),
    'Conversations',
    checkName('conversationSid', conversationSid),
    ...rest,
  ];
  return `/v1/${segments.map(encodeURIComponent).join('/')}`;
}

/** @throws InvalidParameterError unless `value` is `prefix` and 32 hexadecimal digits. */
export function checkSid(field: string, prefix: string, value: string): string {
  if (isSid(prefix, value)) return value;
  throw new InvalidParameterError(
    field,
    `is ${quoted(value)}: expected ${prefix} followed by 32 hexadecimal digits.`,
  );
}

/**
 * A SID, or a name that somebody chose (UniqueName, identity). Slashes are refused though they would be encoded:
 * servers decode `%2F` before they route, and Twilio's own library refuses them too.
 */
export function checkName(field: string, value: string): string {
  const usable =
    value !== '' &&
    value !== '.' &&
    value !== '..' &&
    value.length <= MAX_NAME &&
    value.isWellFormed() &&
    !/[/\\?\p{Cc}]/u.test(value);
  if (usable) return value;
  throw new InvalidParameterError(
    field,
    `is ${quoted(value)}; 1 to ${MAX_NAME} characters without / \\ ? or control characters are allowed.`,
  );
}

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 40));
}
