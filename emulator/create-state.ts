import { Ledger } from './ledger.ts';
import type { NewSid } from './sids.ts';
import type { Role, Service, State, WebhookConfiguration } from './state.ts';

/** An account with its default service and nothing in it. */
export function createState(accountSid: string, newSid: NewSid, now: number, serviceSid?: string): State {
  const services = new Ledger<Service>();
  const service = services.add(createService(newSid, now, 'Default Conversations Service', serviceSid));
  return {
    account_sid: accountSid,
    configuration: {
      default_chat_service_sid: service.sid,
      default_messaging_service_sid: newSid('MG'),
      default_inactive_timer: null,
      default_closed_timer: null,
    },
    webhooks: { ...noWebhooks(), target: 'webhook' },
    services,
    contents: new Ledger(),
    addresses: new Ledger(),
    pairs: new Map(),
    optedOut: new Set(),
  };
}

/** A service with the three roles Twilio gives a new one. */
export function createService(newSid: NewSid, now: number, friendlyName: string, sid?: string): Service {
  const roles = new Ledger<Role>();
  const dates = { date_created: now, date_updated: now };
  const role = (friendly_name: string, type: string, permissions: readonly string[]) =>
    roles.add({ sid: newSid('RL'), friendly_name, type, permissions, ...dates }).sid;
  const member = ['sendMessage', 'sendMediaMessage', 'leaveConversation', 'editOwnMessage'];
  return {
    sid: sid ?? newSid('IS'),
    friendly_name: friendlyName,
    ...dates,
    configuration: {
      default_conversation_creator_role_sid: role('channel admin', 'conversation', [
        ...member,
        'addParticipant',
        'removeParticipant',
        'deleteConversation',
      ]),
      default_conversation_role_sid: role('channel user', 'conversation', member),
      default_chat_service_role_sid: role('service user', 'service', [
        'createConversation',
        'joinConversation',
      ]),
      reachability_enabled: false,
      notifications: {},
    },
    webhooks: noWebhooks(),
    pre_webhook_retry_count: 0,
    post_webhook_retry_count: 0,
    conversations: new Ledger(),
    media: new Map(),
    users: new Ledger(),
    roles,
    uniqueNames: new Map(),
    memberships: new Map(),
  };
}

function noWebhooks(): WebhookConfiguration {
  return { pre_webhook_url: null, post_webhook_url: null, method: null, filters: null };
}
