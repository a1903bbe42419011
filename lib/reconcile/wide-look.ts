import { errorCode } from '../error-code.ts';
import type { ConversationPage, ConversationResource } from '../twilio/conversations.ts';
import { isRefusal } from './is-refusal.ts';
import { listPage } from './list-page.ts';
import { ASKED, type LookState, type WidePlace } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { sideBySide } from './side-by-side.ts';

/** The sign that a service can be listed again that a wide look passed over. */
export const LISTED_AGAIN = 'listed_again';
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

/** How far a wide look has come. */
export interface WideLook {
  /** Where it stopped; absent when it has been through all services. */
  readonly place?: WidePlace;
  /** Services that were passed over, since Twilio refuses to list them. */
  readonly refused: readonly string[];
}

/**
 * Goes on through all conversations, page by page, as long as there is time. Where listing fails it stops, and the next run
 * begins with the same page; a service that may not be listed is passed over, or the others would never be looked at.
 */
export async function lookWidely(
  ports: Pick<ReconcilePorts, 'listConversations' | 'log'>,
  begun: WidePlace,
  { serviceSids, goesOn, look }: WideLookOptions,
): Promise<WideLook> {
  const refused: string[] = [];
  let place: WidePlace | undefined = begun;
  while (place !== undefined && goesOn()) {
    const { serviceSid, from, upTo }: WidePlace = place;
    if (!serviceSids.includes(serviceSid)) {
      place = firstAfter(serviceSids, serviceSid);
      continue;
    }
    const page = await listOrRefuse(ports, serviceSid, from);
    if (page === 'failed') break;
    if (page === 'refused') {
      refused.push(serviceSid);
      place = firstAfter(serviceSids, serviceSid);
      continue;
    }
    const left = after(page.conversations, upTo);
    const done = await sideBySide(left, goesOn, ({ sid }) => look(serviceSid, sid));
    const last = left[done - 1]?.sid ?? upTo;
    if (done < left.length) {
      place = { ...place, ...(last === undefined ? {} : { upTo: last }) };
      break;
    }
    place = page.next === undefined ? firstAfter(serviceSids, serviceSid) : { serviceSid, from: page.next };
  }
  return { refused, ...(place === undefined ? {} : { place }) };
}

async function listOrRefuse(
  ports: Pick<ReconcilePorts, 'listConversations' | 'log'>,
  serviceSid: string,
  from: string | undefined,
): Promise<ConversationPage | 'failed' | 'refused'> {
  try {
    return await listPage(ports, serviceSid, { StartDate, from });
  } catch (error) {
    ports.log.count('reconcile_failed', errorCode(error));
    return isRefusal(error) ? 'refused' : 'failed';
  }
}

function after(conversations: readonly ConversationResource[], upTo: string | undefined) {
  return conversations.slice(conversations.findIndex(({ sid }) => sid === upTo) + 1);
}

/** The first page of the service after this one; after one that is not looked at any more, of the first. */
function firstAfter(serviceSids: readonly string[], serviceSid: string): WidePlace | undefined {
  const next = serviceSids[serviceSids.indexOf(serviceSid) + 1];
  return next === undefined ? undefined : { serviceSid: next };
}
