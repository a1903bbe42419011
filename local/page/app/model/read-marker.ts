import { parseAttributes } from '../../../../lib/json.ts';

/** What the bot's message answers, by the marker it leaves in Attributes (lib/event/marker.ts). */
export function readMarker(attributes: string | undefined): string | undefined {
  const { parley } = Object(parseAttributes(attributes)) as { parley?: { in_reply_to?: unknown } };
  return typeof parley?.in_reply_to === 'string' ? parley.in_reply_to : undefined;
}
