import { normalizeText } from '../../../text/normalize-text.ts';
import type { Spot } from '../spot.ts';

/** WhatsApp shows no more where the template was not approved: https://www.twilio.com/docs/content/twilio-quick-reply */
const MOST_UNAPPROVED = 3;

/** What a content type whose shape is right may still not do as its author believes. */
export function noteContent(type: string, content: Readonly<Record<string, unknown>>, spot: Spot): void {
  const { actions, items } = content;
  if (Array.isArray(actions) && type !== 'twilio/card' && actions.length > MOST_UNAPPROVED) {
    spot
      .at('actions')
      .note(
        `These are ${actions.length} buttons. Where WhatsApp has not approved the template, it takes at most ${MOST_UNAPPROVED}.`,
      );
  }
  for (const [list, key] of [
    ['actions', 'title'],
    ['items', 'item'],
  ] as const) {
    noteTwins(list === 'actions' ? actions : items, key, spot.at(list));
  }
}

/** What is tapped comes back as its title, and as nothing else. */
function noteTwins(list: unknown, key: string, spot: Spot): void {
  if (!Array.isArray(list)) return;
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const title = String((Object(item) as Readonly<Record<string, unknown>>)[key]);
    const normal = normalizeText(title);
    if (seen.has(normal)) {
      spot
        .at(index, key)
        .note(
          `"${title}" is there twice. What is tapped comes back as its title, so no rule can tell the two apart.`,
        );
    }
    seen.add(normal);
  }
}
