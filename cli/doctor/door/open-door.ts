import type { SigningKey } from '../../../lib/ports.ts';
import { signatureSettings, signWebhook } from '../../../lib/webhook/sign-webhook.ts';

import { once } from '../once.ts';

/** How the webhook's address answers. */
export interface DoorAnswer {
  readonly status: number;
  /** When it answered by its own clock, in milliseconds since the epoch; NaN where it does not say. */
  readonly at: number;
}

export interface Door {
  readonly url: string;
  get(): Promise<DoorAnswer>;
  /** Posts an event of a type that Twilio does not have, which nobody answers. @param key signs it */
  post(key?: SigningKey): Promise<DoorAnswer>;
  readonly requests: () => number;
}

/** Longer than the five seconds of Twilio: what a slow address answers in the end is worth knowing. */
const PATIENCE_MS = 20_000;

/** @param send makes the request; it follows no redirect, as Twilio does not */
export function openDoor(url: string, send: typeof fetch): Door {
  let requests = 0;
  async function ask(init: RequestInit): Promise<DoorAnswer> {
    requests += 1;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await send(url, { ...init, redirect: 'manual', signal });
    await response.body?.cancel();
    return { status: response.status, at: Date.parse(response.headers.get('date') ?? '') };
  }
  return {
    url,
    get: once(() => ask({ method: 'GET' })),
    post: (key) => ask({ method: 'POST', ...eventOfNoType(url, key) }),
    requests: () => requests,
  };
}

/** Not one of Twilio's: whoever verified it answers 200, and does no more. */
const TYPE = 'onDoctorAsked';

function eventOfNoType(url: string, key: SigningKey | undefined) {
  const params = new Map([['EventType', [TYPE]]]);
  const signed = key === undefined ? {} : { 'x-twilio-signature': signWebhook(key, url, params) };
  const settings =
    typeof key === 'object' ? { 'x-twilio-webhooks-signature-settings': signatureSettings(key) } : {};
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...signed, ...settings },
    body: String(new URLSearchParams({ EventType: TYPE })),
  };
}
