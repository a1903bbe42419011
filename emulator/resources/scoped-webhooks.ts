import { POST_EVENTS } from '../../lib/event/event-types.ts';
import { type Call, conversationOf, created, gone, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { SCOPED_WEBHOOKS, TRIGGER_CHARACTERS, TRIGGERS } from '../limits.ts';
import { answerPage } from '../paging.ts';
import { readChoice, readSid, requireAny } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { showScopedWebhook } from '../show.ts';
import type { Conversation, ScopedWebhook, Service } from '../state.ts';
import { replayMessages } from '../webhooks/replay-messages.ts';
import { checkWebhookUrl } from './webhook-configuration.ts';

/** https://www.twilio.com/docs/conversations/api/service-conversation-scoped-webhook-resource */

export const createScopedWebhook: Route = (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  const { form } = call;
  if (!form.has('Target')) throw new RefusalError(50368);
  const target = readChoice(form, 'Target', ['webhook', 'studio', 'trigger'], 50364) ?? 'webhook';
  const given = readConfiguration(form);
  requireParts(target, given);
  const replayAfter = readReplayAfter(form);
  if (conversation.state === 'closed') throw new RefusalError(50377);
  if (conversation.webhooks.size >= SCOPED_WEBHOOKS) throw new RefusalError(50361);
  const now = core.timeline.now();
  const webhook = conversation.webhooks.add({
    sid: core.newSid('WH'),
    target,
    url: null,
    method: 'get',
    filters: [],
    triggers: [],
    flow_sid: null,
    ...given,
    date_created: now,
    date_updated: now,
  });
  if (replayAfter !== undefined) replayMessages(core, service, conversation, webhook, replayAfter);
  return created(showScopedWebhook(core, call, service, conversation, webhook));
};

export const fetchScopedWebhook: Route = (core, call) => {
  const { service, conversation, webhook } = webhookOf(core, call);
  return ok(showScopedWebhook(core, call, service, conversation, webhook));
};

export const listScopedWebhooks: Route = (core, call) => {
  const { service, conversation } = conversationOf(core, call);
  return answerPage(core, call, {
    key: 'webhooks',
    listing: conversation.webhooks,
    maximum: 5,
    show: (webhook) => showScopedWebhook(core, call, service, conversation, webhook),
  });
};

const UPDATABLE = ['Url', 'Method', 'Filters', 'Triggers', 'FlowSid'].map((name) => `Configuration.${name}`);

export const updateScopedWebhook: Route = (core, call) => {
  const { service, conversation, webhook } = webhookOf(core, call);
  requireAny(call.form, UPDATABLE);
  Object.assign(webhook, readConfiguration(call.form), { date_updated: core.timeline.now() });
  return ok(showScopedWebhook(core, call, service, conversation, webhook));
};

export const deleteScopedWebhook: Route = (core, call) => {
  const { conversation, webhook } = webhookOf(core, call);
  conversation.webhooks.remove(webhook.sid);
  return gone;
};

type Configuration = Partial<Pick<ScopedWebhook, 'url' | 'method' | 'filters' | 'triggers' | 'flow_sid'>>;

function readConfiguration(form: URLSearchParams): Configuration {
  const url = form.get('Configuration.Url');
  if (url !== null) checkWebhookUrl(url, 20001);
  const method = readChoice(form, 'Configuration.Method', ['get', 'post', 'GET', 'POST'], 50055);
  const flow = readSid(form, 'Configuration.FlowSid', 'FW', 50367);
  return {
    ...(url === null ? {} : { url }),
    ...(method === undefined ? {} : { method: method.toLowerCase() }),
    ...(form.has('Configuration.Filters')
      ? { filters: readFilters(form.getAll('Configuration.Filters')) }
      : {}),
    ...(form.has('Configuration.Triggers')
      ? { triggers: readTriggers(form.getAll('Configuration.Triggers')) }
      : {}),
    ...(flow === undefined ? {} : { flow_sid: flow }),
  };
}

/** Only post-events: conversation-scoped webhooks have no pre-events. */
function readFilters(filters: readonly string[]): readonly string[] {
  for (const filter of filters) {
    if (!POST_EVENTS.some((name) => name === filter)) throw new RefusalError(50365);
  }
  return filters;
}

function readTriggers(triggers: readonly string[]): readonly string[] {
  if (triggers.length > TRIGGERS) throw new RefusalError(50362);
  for (const trigger of triggers) {
    if (trigger === '' || trigger.length > TRIGGER_CHARACTERS) throw new RefusalError(50366);
  }
  return triggers;
}

function requireParts(target: ScopedWebhook['target'], given: Configuration): void {
  if (target === 'studio') {
    if (given.flow_sid === undefined) throw new RefusalError(50367);
    return;
  }
  if (given.url === undefined) throw new RefusalError(50369);
  if (target === 'webhook' && given.filters === undefined) throw new RefusalError(50370);
  if (target === 'trigger' && given.triggers === undefined) throw new RefusalError(50371);
}

function readReplayAfter(form: URLSearchParams): number | undefined {
  const text = form.get('Configuration.ReplayAfter');
  if (text === null) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new RefusalError(50516);
  return Number(text);
}

function webhookOf(
  core: Core,
  call: Call,
): { service: Service; conversation: Conversation; webhook: ScopedWebhook } {
  const { service, conversation } = conversationOf(core, call);
  const sid = call.params['WebhookSid'] ?? '';
  const webhook = conversation.webhooks.get(sid);
  if (webhook === undefined) throw notFound(`${call.base}/Conversations/${conversation.sid}/Webhooks/${sid}`);
  return { service, conversation, webhook };
}
