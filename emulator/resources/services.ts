import { MAX_NAME } from '../../lib/limits.ts';
import { type Call, created, gone, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { createService as newService } from '../create-state.ts';
import { answerPage } from '../paging.ts';
import { readBoolean, readText, requireAny } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import { dates, type Resource } from '../show.ts';
import type { Service } from '../state.ts';
import { releasePairs } from './conversation-states.ts';
import { readRole } from './participant-parameters.ts';

/** https://www.twilio.com/docs/conversations/api/service-resource */

export const createService: Route = (core, call) => {
  const name = readText(call.form, 'FriendlyName', MAX_NAME, 50003);
  if (name === undefined) throw new RefusalError(50000);
  const service = core.state.services.add(newService(core.newSid, core.timeline.now(), name));
  return created(showService(core, call, service));
};

export const fetchService: Route = (core, call) => ok(showService(core, call, serviceOf(core, call)));

export const listServices: Route = (core, call) =>
  answerPage(core, call, {
    key: 'services',
    listing: core.state.services,
    maximum: 100,
    show: (service) => showService(core, call, service),
  });

export const deleteService: Route = (core, call) => {
  const service = serviceOf(core, call);
  // Without its default service an account could not answer the short prefix any more.
  if (service.sid === core.state.configuration.default_chat_service_sid) {
    throw new RefusalError(20001, 'The default service of the account cannot be deleted');
  }
  for (const conversation of service.conversations.items) releasePairs(core, conversation);
  core.state.services.remove(service.sid);
  return gone;
};

/** https://www.twilio.com/docs/conversations/api/service-configuration-resource */

export const fetchServiceConfiguration: Route = (core, call) =>
  ok(showConfiguration(call, serviceOf(core, call)));

export const updateServiceConfiguration: Route = (core, call) => {
  const service = serviceOf(core, call);
  const { form } = call;
  const roles = [
    ['DefaultConversationCreatorRoleSid', 'default_conversation_creator_role_sid'],
    ['DefaultConversationRoleSid', 'default_conversation_role_sid'],
    ['DefaultChatServiceRoleSid', 'default_chat_service_role_sid'],
  ] as const;
  requireAny(form, [...roles.map(([name]) => name), 'ReachabilityEnabled']);
  for (const [name, field] of roles) {
    service.configuration[field] = readRole(service, form, name) ?? service.configuration[field];
  }
  service.configuration.reachability_enabled =
    readBoolean(form, 'ReachabilityEnabled') ?? service.configuration.reachability_enabled;
  return ok(showConfiguration(call, service));
};

function showService(core: Core, { origin }: Pick<Call, 'origin'>, service: Service): Resource {
  const url = `${origin}/v1/Services/${service.sid}`;
  return {
    sid: service.sid,
    account_sid: core.state.account_sid,
    friendly_name: service.friendly_name,
    ...dates(service),
    url,
    links: {
      conversations: `${url}/Conversations`,
      users: `${url}/Users`,
      roles: `${url}/Roles`,
      bindings: `${url}/Bindings`,
      configuration: `${url}/Configuration`,
      participant_conversations: `${url}/ParticipantConversations`,
      conversation_with_participants: `${url}/ConversationWithParticipants`,
    },
  };
}

function showConfiguration({ origin }: Call, { sid, configuration }: Service): Resource {
  const url = `${origin}/v1/Services/${sid}/Configuration`;
  const { notifications: _, ...roles } = configuration;
  return {
    chat_service_sid: sid,
    ...roles,
    url,
    links: { notifications: `${url}/Notifications`, webhooks: `${url}/Webhooks` },
  };
}
