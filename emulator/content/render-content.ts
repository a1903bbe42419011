import type { Content, RenderedContent } from '../state.ts';

/**
 * What Conversations can send, richest first; a channel gets the first of its list that the template has.
 * Every other type is refused with 50542.
 * @see https://www.twilio.com/docs/conversations/send-rich-content-messages
 */
const RICHEST_FIRST = [
  'whatsapp/flows',
  'whatsapp/card',
  'twilio/card',
  'twilio/list-picker',
  'twilio/quick-reply',
  'twilio/call-to-action',
  'twilio/location',
  'twilio/media',
  'twilio/text',
] as const;

/** For channels without buttons. */
const PLAINEST_FIRST = ['twilio/media', 'twilio/text', ...RICHEST_FIRST];
const WITHOUT_BUTTONS: ReadonlySet<string> = new Set(['sms', 'email']);

export const SENDABLE_TYPES: readonly string[] = RICHEST_FIRST;

/** Types of WhatsApp's own, which go nowhere else. */
export function isOnlyForWhatsApp(type: string): boolean {
  return type.startsWith('whatsapp/');
}

/**
 * The template as one channel shows it; a type of WhatsApp's own on another channel only when there is no other.
 * @returns undefined when the template has no type that Conversations can send
 */
export function renderContent(
  content: Content,
  channel: string,
  values: Readonly<Record<string, string>>,
): RenderedContent | undefined {
  const preferred = WITHOUT_BUTTONS.has(channel) ? PLAINEST_FIRST : RICHEST_FIRST;
  const there = preferred.filter((candidate) => Object.hasOwn(content.types, candidate));
  const fitting = there.find((candidate) => channel === 'whatsapp' || !isOnlyForWhatsApp(candidate));
  const type = fitting ?? there[0];
  if (type === undefined) return undefined;
  const variables = new Map([...Object.entries(content.variables), ...Object.entries(values)]);
  const fields = fill(content.types[type], variables) as Record<string, unknown>;
  return { type, fields, body: bodyOf(fields) };
}

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** Fills placeholders in every string; one that has neither value nor default stays as it is. */
function fill(value: unknown, variables: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(PLACEHOLDER, (whole, name: string) => variables.get(name) ?? whole);
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, variables)]));
}

function bodyOf(fields: Readonly<Record<string, unknown>>): string | null {
  for (const name of ['body', 'title', 'label']) {
    const text = fields[name];
    if (typeof text === 'string') return text;
  }
  return null;
}
