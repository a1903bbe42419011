import type { Core } from '../core.ts';
import type { Told, WebhookSent } from '../happenings.ts';
import { RefusalError } from '../refusal-error.ts';
import { randomUuid } from '../sids.ts';
import { deliverOnce } from './attempt-webhook.ts';
import { formOf } from './encode-webhook.ts';

/**
 * Sends a webhook once more as it was, to the last byte: whoever it goes to may get it twice at Twilio, too. No fault
 * strikes it, and nothing is tried again.
 *
 * @param id as the happening `webhook.sent` has it
 * @returns the id of the new one
 * @throws RefusalError for a webhook that is not known, or that asked before something happened
 */
export function sendAgain(core: Core, id: string): { readonly id: string } {
  const sent = core.happenings.since(0).findLast((happening) => isSent(happening, id));
  if (sent?.kind !== 'webhook.sent') {
    throw new RefusalError(20404, `No webhook ${id.slice(0, 40)} was sent, or it was long ago`);
  }
  const { kind: _, seq: _seq, at: _at, phase, method, url, headers, ...about } = sent;
  if (phase === 'pre')
    throw new RefusalError(20001, 'A pre-event webhook asks once, before something happens');
  const again = { ...about, phase, id: randomUuid(core.random) };
  const body = method === 'POST' ? formOf(sent.params).toString() : '';
  const sending = deliverOnce(core, again, { method, url, headers, body }).finally(() =>
    core.underWay.delete(sending),
  );
  core.underWay.add(sending);
  return { id: again.id };
}

function isSent(happening: Told, id: string): happening is Told & WebhookSent {
  return happening.kind === 'webhook.sent' && happening.id === id;
}
