import { type Call, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { readSid, requireAny } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Resource } from '../show.ts';
import { readTimer } from './conversation-draft.ts';

/** https://www.twilio.com/docs/conversations/api/configuration-resource */

export const fetchAccountConfiguration: Route = (core, call) => ok(showConfiguration(core, call));

const UPDATABLE = [
  'DefaultChatServiceSid',
  'DefaultMessagingServiceSid',
  'DefaultInactiveTimer',
  'DefaultClosedTimer',
];

export const updateAccountConfiguration: Route = (core, call) => {
  const { form } = call;
  requireAny(form, UPDATABLE);
  const { configuration } = core.state;
  const service = readSid(form, 'DefaultChatServiceSid', 'IS', 50050);
  if (service !== undefined && core.state.services.get(service) === undefined) throw new RefusalError(50050);
  const messaging = readSid(form, 'DefaultMessagingServiceSid', 'MG', 50341);
  const inactive = readTimer(form, 'DefaultInactiveTimer', 60_000, 50379, 50375);
  const closed = readTimer(form, 'DefaultClosedTimer', 600_000, 50380, 50376);
  configuration.default_chat_service_sid = service ?? configuration.default_chat_service_sid;
  configuration.default_messaging_service_sid = messaging ?? configuration.default_messaging_service_sid;
  configuration.default_inactive_timer = inactive ?? configuration.default_inactive_timer;
  configuration.default_closed_timer = closed ?? configuration.default_closed_timer;
  return ok(showConfiguration(core, call));
};

function showConfiguration(core: Core, { origin }: Call): Resource {
  const { account_sid, configuration } = core.state;
  const url = `${origin}/v1/Configuration`;
  const service = `${origin}/v1/Services/${configuration.default_chat_service_sid}/Configuration`;
  return { account_sid, ...configuration, url, links: { service, webhooks: `${url}/Webhooks` } };
}
