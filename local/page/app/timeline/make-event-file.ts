import { toLambdaEvent } from '../../../lambda/lambda-event.ts';
import type { WebhookStep } from '../model/model.ts';

/** The webhook as Lambda is handed it, as a file for events/http/ and `serverless invoke local`. */
export function makeEventFile({ sent, at }: Pick<WebhookStep, 'sent' | 'at'>): string {
  const form = new URLSearchParams(sent.params.map(([name, value]): [string, string] => [name, value]));
  form.sort();
  const { method, url, headers } = sent;
  const event = toLambdaEvent({ method, url, headers, body: form.toString() }, at);
  return `${JSON.stringify(event, undefined, 2)}\n`;
}
