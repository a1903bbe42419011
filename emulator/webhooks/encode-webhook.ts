import type { SigningKey } from '../../lib/ports.ts';
import { signatureSettings, signWebhook } from '../../lib/webhook/sign-webhook.ts';
import type { WebhookRequest } from './deliver.ts';
import type { EventParams } from './event-names.ts';

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  /** As configured. */
  readonly url: string;
  readonly params: EventParams;
  /** An auth token, or a shared key. */
  readonly signingKey: SigningKey;
  readonly idempotencyToken: string;
  readonly signaturePort: 'keep' | 'drop';
}

/**
 * A webhook as Twilio's proxy sends it: form body sorted by name for POST; for GET everything in the query, with
 * `+` for a space and `:` left as it is.
 */
export function encodeWebhook(outgoing: Outgoing): WebhookRequest {
  const { method, params } = outgoing;
  const { url, authorization } = splitUserInfo(outgoing.url.split('#')[0] ?? '');
  const form = formOf(params);
  const target = method === 'POST' ? url : appendQuery(url, form.toString().replaceAll('%3A', ':'));
  const signed =
    outgoing.signaturePort === 'keep' ? target : target.replace(/^(https?:\/\/[^/?]+?):\d+/, '$1');
  const headers = {
    accept: '*/*',
    'user-agent': 'TwilioProxy/1.1',
    'x-home-region': 'us1',
    'i-twilio-idempotency-token': outgoing.idempotencyToken,
    'x-twilio-signature': signWebhook(
      outgoing.signingKey,
      signed,
      method === 'POST' ? grouped(params) : new Map(),
    ),
    ...(typeof outgoing.signingKey === 'string'
      ? {}
      : { 'x-twilio-webhooks-signature-settings': signatureSettings(outgoing.signingKey) }),
    ...(authorization === undefined ? {} : { authorization }),
  };
  if (method === 'GET') return { method, url: target, headers, body: '' };
  const type = 'application/x-www-form-urlencoded; charset=utf-8';
  return { method, url: target, headers: { ...headers, 'content-type': type }, body: form.toString() };
}

/** The body of a POST. */
export function formOf(params: EventParams): URLSearchParams {
  const form = new URLSearchParams(params.map(([name, value]): [string, string] => [name, value]));
  form.sort();
  return form;
}

/** Credentials in a webhook's URL become Basic authorization and are never part of the signature. */
function splitUserInfo(url: string): { url: string; authorization: string | undefined } {
  const found = /^(https?:\/\/)([^/?#@]*)@(.*)$/.exec(url);
  if (found === null) return { url, authorization: undefined };
  const [, scheme = '', userInfo = '', rest = ''] = found;
  return { url: scheme + rest, authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` };
}

function appendQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function grouped(params: EventParams): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(params, ([name]) => name);
  return new Map([...groups].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]));
}
