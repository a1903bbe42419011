import type { ConversationResource } from '../twilio/conversations.ts';
import { listPage } from './list-page.ts';
import type { LookState, WidePlace } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { sideBySide } from './side-by-side.ts';

/** The sign that somebody leaves who asks for it. */
export const ASKED = 'asked';
/** However many signs there are, no wide look begins sooner after the one before. */
const BEGIN_EVERY_MS = 15 * 60_000;
/** Asked for a date, Twilio lists the newest first. There were no conversations then. */
const StartDate = '2015-01-01T00:00:00Z';

export interface WideLookOptions {
  readonly serviceSids: readonly string[];
  readonly goesOn: () => boolean;
  /** Resolves to false for a conversation that was not looked at. */
  readonly look: (serviceSid: string, conversationSid: string) => Promise<boolean>;
}

/**
 * The wide look to go on with: the one that is not finished, or a new one where there are signs of loss. Whoever asks for
 * one has set something right, the mark or the wiring, so it begins anew and at once.
 */
export function nextWideLook(
  { wide, wideAt = Number.NEGATIVE_INFINITY, signs }: LookState,
  serviceSids: readonly string[],
  now: number,
): { readonly wide: WidePlace; readonly begins: boolean } | undefined {
  const isAsked = signs.includes(ASKED);
  if (wide !== undefined && !isAsked) return { wide, begins: false };
  const [serviceSid] = serviceSids;
  if (signs.length === 0 || serviceSid === undefined) return undefined;
  if (now - wideAt < BEGIN_EVERY_MS && !isAsked) return undefined;
  return { wide: { serviceSid }, begins: true };
}

/**
 * Goes on through all conversations, page by page, as long as there is time.
 * @returns where it stopped; undefined when it has seen them all.
 * @throws what listing throws; the next run begins with the same page.
 */
export async function lookWidely(
  ports: Pick<ReconcilePorts, 'listConversations'>,
  begun: WidePlace,
  { serviceSids, goesOn, look }: WideLookOptions,
): Promise<WidePlace | undefined> {
  let place: WidePlace | undefined = begun;
  while (place !== undefined && goesOn()) {
    const { serviceSid, from, upTo }: WidePlace = place;
    if (!serviceSids.includes(serviceSid)) {
      place = firstAfter(serviceSids, serviceSid);
      continue;
    }
    const page = await listPage(ports, serviceSid, { StartDate, from });
    const left = after(page.conversations, upTo);
    const done = await sideBySide(left, goesOn, ({ sid }) => look(serviceSid, sid));
    const last = left[done - 1]?.sid ?? upTo;
    if (done < left.length) return { ...place, ...(last === undefined ? {} : { upTo: last }) };
    place = page.next === undefined ? firstAfter(serviceSids, serviceSid) : { serviceSid, from: page.next };
  }
  return place;
}

function after(conversations: readonly ConversationResource[], upTo: string | undefined) {
  return conversations.slice(conversations.findIndex(({ sid }) => sid === upTo) + 1);
}

/** The first page of the service after this one; after one that is not looked at any more, of the first. */
function firstAfter(serviceSids: readonly string[], serviceSid: string): WidePlace | undefined {
  const next = serviceSids[serviceSids.indexOf(serviceSid) + 1];
  return next === undefined ? undefined : { serviceSid: next };
}
