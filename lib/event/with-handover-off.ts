import { isExactObject, parseExactly } from '../json.ts';
import { HandoverUnwritableError } from './handover-unwritable-error.ts';
import { MARKER_KEY } from './marker.ts';

/**
 * A conversation's Attributes, as Twilio returns them, that say as well that it is the bot's again. Whatever others keep
 * there stays.
 *
 * @throws HandoverUnwritableError where they are not an object, and would be lost
 */
export function withHandoverOff(attributes: string | null | undefined): string {
  const kept = parseExactly(attributes === 'null' ? '' : (attributes ?? ''));
  if (kept === undefined) throw new HandoverUnwritableError();
  const own = kept[MARKER_KEY];
  return JSON.stringify({ ...kept, [MARKER_KEY]: { ...(isExactObject(own) && own), handover: 'off' } });
}
