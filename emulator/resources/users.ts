import { MAX_NAME } from '../../lib/limits.ts';
import { type Call, created, gone, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { USER_ATTRIBUTES_BYTES } from '../limits.ts';
import { answerPage } from '../paging.ts';
import { readAttributes, readText, requireAny } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { showUser } from '../show.ts';
import type { Service, User } from '../state.ts';
import { type Actor, restActor } from '../webhooks/actor.ts';
import { askPermission } from '../webhooks/ask-permission.ts';
import { userParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { addUser, findUser } from './ensure-user.ts';
import { readIdentity, readRole } from './participant-parameters.ts';
import { tellUser } from './tell.ts';

/** https://www.twilio.com/docs/conversations/api/user-resource */

export const createUser: Route = (core, call) => {
  const service = serviceOf(core, call);
  const identity = readIdentity(call.form);
  if (identity === undefined) throw new RefusalError(50204);
  const draft = {
    identity,
    friendly_name: readText(call.form, 'FriendlyName', MAX_NAME, 50003) ?? null,
    attributes: readAttributes(call.form, USER_ATTRIBUTES_BYTES) ?? '{}',
    role_sid: readRole(service, call.form) ?? null,
  };
  if (findUser(service, identity) !== undefined) throw new RefusalError(50201);
  core.pace.countService(service);
  return created(
    showUser(core, call, service, addUser(core, restActor(core, call.webhooks), service, draft)),
  );
};

export const fetchUser: Route = (core, call) => {
  const { service, user } = userOf(core, call);
  return ok(showUser(core, call, service, user));
};

export const listUsers: Route = (core, call) => {
  const service = serviceOf(core, call);
  return answerPage(core, call, {
    key: 'users',
    listing: service.users,
    maximum: 50,
    show: (user) => showUser(core, call, service, user),
  });
};

export const updateUser: Route = async (core, call) => {
  const { service, user } = userOf(core, call);
  const { form } = call;
  requireAny(form, ['FriendlyName', 'Attributes', 'RoleSid']);
  await changeUser(core, restActor(core, call.webhooks), service, user, {
    friendly_name: readText(form, 'FriendlyName', MAX_NAME, 50003) ?? user.friendly_name,
    attributes: readAttributes(form, USER_ATTRIBUTES_BYTES) ?? user.attributes,
    role_sid: readRole(service, form) ?? user.role_sid,
  });
  return ok(showUser(core, call, service, user));
};

export const deleteUser: Route = (core, call) => {
  const { service, user } = userOf(core, call);
  core.pace.countService(service);
  service.users.remove(user.sid);
  tellUser(core, service, user, 'removed');
  return gone;
};

async function changeUser(
  core: Core,
  actor: Actor,
  service: Service,
  user: User,
  change: Pick<User, 'friendly_name' | 'attributes' | 'role_sid'>,
): Promise<void> {
  const params = userParams(service, { ...user, ...change }, 'update');
  await askPermission(core, actor, service, 'onUserUpdate', params);
  if (service.users.get(user.sid) !== user) throw notFound(`/Users/${user.sid}`);
  Object.assign(user, change, { date_updated: core.timeline.now() });
  tellUser(core, service, user, 'updated');
  publishEvent(core, actor, {
    EventType: 'onUserUpdated',
    service,
    params: userParams(service, user, 'updated'),
  });
}

export function userOf(core: Core, call: Call): { service: Service; user: User } {
  const service = serviceOf(core, call);
  const name = call.params['UserSid'] ?? '';
  const user = findUser(service, name);
  if (user === undefined) throw notFound(`${call.base}/Users/${name}`);
  return { service, user };
}
