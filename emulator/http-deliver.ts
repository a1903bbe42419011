import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Deliver, WebhookResponse } from './webhooks/deliver.ts';

/** A webhook's answer is read up to here; Twilio has no use for more. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Carries webhooks over HTTP. Follows no redirects, rejects when nobody is reached, and gives up by itself a
 * little after the service has stopped waiting.
 *
 * @example Over HTTP, but for one address that is answered in process.
 * ```ts
 * import { type Deliver, deliverOverHttp } from './emulator/index.ts';
 *
 * const deliver: Deliver = async (webhook) =>
 *   webhook.url.endsWith('/hook') ? { status: 200, headers: {}, body: '' } : deliverOverHttp(webhook);
 * ```
 */
export const deliverOverHttp: Deliver = ({ method, url, headers, body }) =>
  new Promise<WebhookResponse>((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const outgoing = send(url, { method, headers: { ...headers, ...length }, timeout: 6000 }, (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answered = Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')]);
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(answered) as Record<string, string>,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('the webhook did not answer')));
    outgoing.on('error', reject);
    outgoing.end(method === 'POST' ? body : undefined);
  });
