import { MAX_NAME } from '../../lib/limits.ts';
import { isSid } from '../../lib/sid.ts';
import { readSid, readText } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import type { Service } from '../state.ts';

export function readIdentity(form: URLSearchParams): string | undefined {
  const identity = readText(form, 'Identity', MAX_NAME, 50205);
  if (identity === '') throw new RefusalError(50204);
  if (identity !== undefined && isSid('US', identity)) throw new RefusalError(50206);
  return identity;
}

export function readRole(service: Service, form: URLSearchParams, name = 'RoleSid'): string | undefined {
  const sid = readSid(form, name, 'RL', 50100);
  if (sid !== undefined && service.roles.get(sid) === undefined) throw new RefusalError(50100);
  return sid;
}
