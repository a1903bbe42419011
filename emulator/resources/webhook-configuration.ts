import { POST_EVENTS, PRE_EVENTS } from '../../lib/event/event-types.ts';
import { type Call, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import type { ErrorCode } from '../error-table.ts';
import { WEBHOOK_URL_CHARACTERS } from '../limits.ts';
import { readChoice, requireAny } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Resource } from '../show.ts';
import type { WebhookConfiguration } from '../state.ts';

/**
 * The account's webhooks and a service's, which silences the account's for it.
 * @see https://www.twilio.com/docs/conversations/api/conversation-webhook-resource
 * @see https://www.twilio.com/docs/conversations/api/service-conversation-webhook-resource
 */

export const fetchAccountWebhooks: Route = (core, call) => ok(showAccountWebhooks(core, call));

export const updateAccountWebhooks: Route = (core, call) => {
  requireAny(call.form, ['Method', 'Filters', 'PreWebhookUrl', 'PostWebhookUrl', 'Target']);
  const target = readChoice(call.form, 'Target', ['webhook', 'flex']);
  configure(core.state.webhooks, call.form);
  if (target !== undefined) core.state.webhooks.target = target;
  return ok(showAccountWebhooks(core, call));
};

export const fetchServiceWebhooks: Route = (core, call) => ok(showServiceWebhooks(core, call));

export const updateServiceWebhooks: Route = (core, call) => {
  requireAny(call.form, ['Method', 'Filters', 'PreWebhookUrl', 'PostWebhookUrl']);
  configure(serviceOf(core, call).webhooks, call.form);
  return ok(showServiceWebhooks(core, call));
};

function showAccountWebhooks(core: Core, call: Call): Resource {
  const { target, ...webhooks } = core.state.webhooks;
  const url = `${call.origin}/v1/Configuration/Webhooks`;
  // The schema has no null for Method: Twilio's default is POST.
  return { account_sid: core.state.account_sid, ...webhooks, method: webhooks.method ?? 'POST', target, url };
}

function showServiceWebhooks(core: Core, call: Call): Resource {
  const service = serviceOf(core, call);
  const url = `${call.origin}/v1/Services/${service.sid}/Configuration/Webhooks`;
  return { account_sid: core.state.account_sid, chat_service_sid: service.sid, ...service.webhooks, url };
}

function configure(webhooks: WebhookConfiguration, form: URLSearchParams): void {
  const pre = readWebhookUrl(form, 'PreWebhookUrl', 50077);
  const post = readWebhookUrl(form, 'PostWebhookUrl', 50078);
  const method = readChoice(form, 'Method', ['GET', 'POST', 'get', 'post'], 50055)?.toUpperCase();
  const filters = form.has('Filters') ? readFilters(form.getAll('Filters')) : undefined;
  if (pre !== undefined) webhooks.pre_webhook_url = pre;
  if (post !== undefined) webhooks.post_webhook_url = post;
  if (method !== undefined) webhooks.method = method;
  else webhooks.method ??= 'POST';
  if (filters !== undefined) webhooks.filters = filters;
}

/** Empty takes the URL away. */
function readWebhookUrl(form: URLSearchParams, name: string, code: ErrorCode): string | null | undefined {
  const url = form.get(name);
  if (url === null) return undefined;
  if (url === '') return null;
  checkWebhookUrl(url, code);
  return url;
}

export function checkWebhookUrl(url: string, code: ErrorCode): void {
  if (url.length > WEBHOOK_URL_CHARACTERS) throw new RefusalError(50372);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new RefusalError(code);
}

const NAMES: ReadonlySet<string> = new Set([...PRE_EVENTS, ...POST_EVENTS]);

function readFilters(given: readonly string[]): readonly string[] {
  const filters = given.filter((name) => name !== '');
  for (const name of filters) {
    if (!NAMES.has(name))
      throw new RefusalError(20001, `Invalid parameter: Filters must not contain ${name.slice(0, 64)}`);
  }
  return filters;
}
