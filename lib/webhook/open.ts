import { type ConversationEvent, PRE_EVENTS } from '../event/event-types.ts';
import type { FormParams } from '../event/form-params.ts';
import type { AuthTokens } from '../ports.ts';
import { decodeForm } from './decode-form.ts';
import { parseEvent } from './parse-event.ts';
import { readRequest } from './read-request.ts';
import { isSignature, verifySignature } from './verify-signature.ts';

export interface Keys {
  /** What Twilio may have signed, from `signedUrls`. */
  readonly urls: readonly string[];
  readonly authTokens: AuthTokens;
}

/** A webhook as it is once it is verified, or why it is not. */
export type Opened =
  | {
      readonly kind: 'event';
      readonly event: ConversationEvent;
      /** Good for its SIDs and its name; the rest is to be read from Twilio (find-ambiguity.ts). */
      readonly doubtful: boolean;
      /** As they were signed. */
      readonly params: FormParams;
    }
  /** Twilio asks before it acts. Signed, and not looked at any further: nothing we do depends on it. */
  | { readonly kind: 'question' }
  /** An event Twilio has added since. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'refused';
      readonly status: 400 | 403 | 405 | 413 | 415;
      /** One of a small number, never anything a stranger chose. */
      readonly reason: string;
      /** Of a request that was signed by nobody we know, to find out why. */
      readonly params?: FormParams;
    }
  /** Whether it is signed cannot be said now. */
  | { readonly kind: 'failed'; readonly reason: 'auth_tokens'; readonly error: unknown };

/**
 * The door: reads an HTTP request, verifies its signature, and only then looks at what it says. Never throws.
 * @param httpEvent as API Gateway, a Function URL or a load balancer hands it over (read-request.ts).
 */
export async function openWebhook(httpEvent: unknown, { urls, authTokens }: Keys): Promise<Opened> {
  const request = readRequest(httpEvent);
  if ('status' in request) return { kind: 'refused', ...request };
  const signature = request.headers.get('x-twilio-signature');
  const settings = request.headers.get('x-twilio-webhooks-signature-settings');
  // Before anything that costs: a flood of nonsense must stay cheap.
  if (!isSignature(signature, settings)) {
    return refused(403, signature ? 'signature_malformed' : 'signature_missing');
  }
  const params = decodeForm(request.body);
  if (params === undefined) return refused(400, 'malformed_form');
  try {
    if (!(await isSigned(authTokens, { signature, settings, params, urls }))) {
      return { ...refused(403, 'signature'), params };
    }
  } catch (error) {
    return { kind: 'failed', reason: 'auth_tokens', error };
  }
  return isQuestion(params.get('EventType')?.[0]) ? { kind: 'question' } : readEvent(params);
}

/**
 * A key may have been rotated since we last asked, so a mismatch is worth one more look (rate-limited there).
 * @throws SecretUnavailableError where a key that may have signed it could not be read
 */
async function isSigned(
  authTokens: AuthTokens,
  request: Omit<Parameters<typeof verifySignature>[0], 'authTokens'>,
): Promise<boolean> {
  const known = await authTokens.get();
  if (verifySignature({ ...request, authTokens: known })) return true;
  const fresh = await authTokens.refresh();
  if (fresh !== known && verifySignature({ ...request, authTokens: fresh })) return true;
  // It may be signed with a key that could not be read, and nobody who is refused comes again.
  const doubt = authTokens.doubt?.();
  if (doubt !== undefined) throw doubt;
  return false;
}

function readEvent(params: FormParams): Opened {
  const parsed = parseEvent(params);
  switch (parsed.kind) {
    case 'event':
      return { ...parsed, params };
    case 'unknown':
      return parsed;
    case 'malformed':
      return refused(400, `malformed_${parsed.reason}`);
    case 'refused':
      return refused(403, parsed.reason);
  }
}

function isQuestion(eventType: string | undefined): boolean {
  return PRE_EVENTS.some((name) => name === eventType);
}

function refused(status: 400 | 403, reason: string) {
  return { kind: 'refused', status, reason } as const;
}
