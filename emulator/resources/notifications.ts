import { type Call, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { readBoolean, requireAny } from '../parameters.ts';
import type { Resource } from '../show.ts';

/** https://www.twilio.com/docs/conversations/api/service-notification-resource. Kept and shown; nothing is pushed. */

const PARAMETERS = [
  'LogEnabled',
  ...['NewMessage', 'AddedToConversation', 'RemovedFromConversation'].flatMap((kind) =>
    ['Enabled', 'Template', 'Sound'].map((name) => `${kind}.${name}`),
  ),
  'NewMessage.BadgeCountEnabled',
  'NewMessage.WithMedia.Enabled',
  'NewMessage.WithMedia.Template',
];

export const fetchNotifications: Route = (core, call) => ok(show(core, call));

export const updateNotifications: Route = (core, call) => {
  const { notifications } = serviceOf(core, call).configuration;
  requireAny(call.form, PARAMETERS);
  for (const name of PARAMETERS) {
    const given = name.endsWith('Enabled') ? readBoolean(call.form, name) : call.form.get(name);
    if (given !== null && given !== undefined) notifications[name] = given;
  }
  return ok(show(core, call));
};

function show(core: Core, call: Call): Resource {
  const { sid, configuration } = serviceOf(core, call);
  const given = (name: string, absent: unknown) => configuration.notifications[name] ?? absent;
  const kind = (name: string) => ({
    enabled: given(`${name}.Enabled`, false),
    template: given(`${name}.Template`, null),
    sound: given(`${name}.Sound`, null),
  });
  return {
    account_sid: core.state.account_sid,
    chat_service_sid: sid,
    log_enabled: given('LogEnabled', false),
    added_to_conversation: kind('AddedToConversation'),
    new_message: {
      ...kind('NewMessage'),
      badge_count_enabled: given('NewMessage.BadgeCountEnabled', false),
      with_media: {
        enabled: given('NewMessage.WithMedia.Enabled', false),
        template: given('NewMessage.WithMedia.Template', null),
      },
    },
    removed_from_conversation: kind('RemovedFromConversation'),
    url: `${call.origin}/v1/Services/${sid}/Configuration/Notifications`,
  };
}
