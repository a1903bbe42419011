import { MAX_NAME } from '../../lib/limits.ts';
import { type Call, created, gone, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { answerPage } from '../paging.ts';
import { readChoice, readText } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import { dates, type Resource } from '../show.ts';
import type { Role, Service } from '../state.ts';

/** https://www.twilio.com/docs/conversations/api/role-resource. Kept and shown; nothing here is forbidden by a role. */

export const createRole: Route = (core, call) => {
  const service = serviceOf(core, call);
  const name = readText(call.form, 'FriendlyName', MAX_NAME, 50003);
  if (name === undefined) throw new RefusalError(50000);
  const type = readChoice(call.form, 'Type', ['conversation', 'service'], 50105);
  if (type === undefined) throw new RefusalError(50105);
  const now = core.timeline.now();
  const permissions = readPermissions(call.form);
  const role = {
    sid: core.newSid('RL'),
    friendly_name: name,
    type,
    permissions,
    date_created: now,
    date_updated: now,
  };
  return created(showRole(core, call, service, service.roles.add(role)));
};

export const fetchRole: Route = (core, call) => {
  const { service, role } = roleOf(core, call);
  return ok(showRole(core, call, service, role));
};

export const listRoles: Route = (core, call) => {
  const service = serviceOf(core, call);
  return answerPage(core, call, {
    key: 'roles',
    listing: service.roles,
    maximum: 50,
    show: (role) => showRole(core, call, service, role),
  });
};

export const updateRole: Route = (core, call) => {
  const { service, role } = roleOf(core, call);
  role.permissions = readPermissions(call.form);
  role.date_updated = core.timeline.now();
  return ok(showRole(core, call, service, role));
};

export const deleteRole: Route = (core, call) => {
  const { service, role } = roleOf(core, call);
  service.roles.remove(role.sid);
  return gone;
};

function readPermissions(form: URLSearchParams): readonly string[] {
  const permissions = form.getAll('Permission');
  if (permissions.length === 0 || permissions.some((name) => !/^[a-zA-Z]{1,64}$/.test(name)))
    throw new RefusalError(50104);
  return permissions;
}

function roleOf(core: Core, call: Call): { service: Service; role: Role } {
  const service = serviceOf(core, call);
  const sid = call.params['RoleSid'] ?? '';
  const role = service.roles.get(sid);
  if (role === undefined) throw notFound(`${call.base}/Roles/${sid}`);
  return { service, role };
}

function showRole(core: Core, call: Call, service: Service, role: Role): Resource {
  const { sid, friendly_name, type, permissions } = role;
  return {
    sid,
    account_sid: core.state.account_sid,
    chat_service_sid: service.sid,
    friendly_name,
    type,
    permissions,
    ...dates(role),
    url: `${call.origin}${call.base}/Roles/${sid}`,
  };
}
