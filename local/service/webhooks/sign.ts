import { createHmac } from 'node:crypto';
import type { EventParams } from './event-names.ts';

export function signWebhook(authToken: string, url: string, params: EventParams): string {
  const text = params
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .reduce((all, [name, value]) => all + name + value, url);
  return createHmac('sha1', authToken).update(text).digest('base64');
}
