import type { RenderedContent } from '../emulator/index.ts';

/** A message as lines of text, the way its channel would show it. */
export function drawMessage(
  message: Readonly<Record<string, unknown>>,
  content: RenderedContent | undefined,
): readonly string[] {
  const media = (message['media'] as readonly { content_type: string }[] | null) ?? [];
  const files = media.map(({ content_type }) => `[${content_type}]`);
  if (content === undefined) return [...files, ...written(message['body'])];
  const { fields, body } = content;
  return [
    ...pictures(fields),
    ...line(fields['header_text']),
    ...written(body),
    ...line(fields['subtitle']),
    ...line(fields['footer']),
    ...choices(fields),
  ];
}

function pictures({ media }: RenderedContent['fields']): readonly string[] {
  return Array.isArray(media) ? media.map((url) => `[picture ${String(url)}]`) : [];
}

/** The lines of a text; none where a file came without one. */
function written(body: unknown): readonly string[] {
  return typeof body === 'string' && body !== '' ? body.split('\n') : [];
}

/** A card's subtitle, or what WhatsApp puts above and below its own. */
function line(text: unknown): readonly string[] {
  return typeof text === 'string' ? [text] : [];
}

/** Quick replies, links, list items and the button that opens a Flow. */
function choices({ actions, items, button, button_text }: RenderedContent['fields']): readonly string[] {
  const titles = (list: unknown, name: string) =>
    (Array.isArray(list) ? list : []).map((entry: Record<string, unknown>) => String(entry[name]));
  const listed = titles(items, 'item').map((item) => `  · ${item}`);
  const buttons = titles(actions, 'title').map((title) => `[ ${title} ]`);
  return [
    ...(listed.length > 0 ? [`[ ${String(button)} ]`, ...listed] : []),
    ...(typeof button_text === 'string' ? [`[ ${button_text} ]`] : []),
    ...(buttons.length > 0 ? [buttons.join('  ')] : []),
  ];
}
