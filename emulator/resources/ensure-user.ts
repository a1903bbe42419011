import type { Core } from '../core.ts';
import type { Service, User } from '../state.ts';
import type { Actor } from '../webhooks/actor.ts';
import { userParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { tellUser } from './tell.ts';

/** The user with this identity; Twilio makes one when an identity first joins a conversation. */
export function ensureUser(core: Core, actor: Actor, service: Service, identity: string): User {
  const known = findUser(service, identity);
  return (
    known ??
    addUser(core, actor, service, { identity, friendly_name: null, attributes: '{}', role_sid: null })
  );
}

export function findUser(service: Service, sidOrIdentity: string): User | undefined {
  return (
    service.users.get(sidOrIdentity) ?? service.users.items.find((user) => user.identity === sidOrIdentity)
  );
}

export function addUser(
  core: Core,
  actor: Actor,
  service: Service,
  draft: { identity: string; friendly_name: string | null; attributes: string; role_sid: string | null },
): User {
  const now = core.timeline.now();
  const user = service.users.add({
    sid: core.newSid('US'),
    identity: draft.identity,
    friendly_name: draft.friendly_name,
    attributes: draft.attributes,
    role_sid: draft.role_sid ?? service.configuration.default_chat_service_role_sid,
    notification_levels: {},
    date_created: now,
    date_updated: now,
  });
  tellUser(core, service, user, 'added');
  publishEvent(core, actor, {
    EventType: 'onUserAdded',
    service,
    params: userParams(service, user, 'added'),
  });
  return user;
}
