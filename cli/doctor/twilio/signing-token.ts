import { fetchAccount } from '../../../lib/twilio/accounts.ts';
import { findService, unlessNone } from '../../../lib/twilio/services.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem, unseen } from '../check.ts';
import { isForbidden } from '../is-forbidden.ts';
import type { Look } from '../look.ts';

export const signingToken: Check = {
  id: 'signing-token',
  what: 'The auth token that signs is among those in the secret',
  why: 'Every webhook is refused with 403, and lost.',
  run: async (look) => {
    const tokens = (await look.signingKeys()).filter((key) => typeof key === 'string');
    if (tokens.length === 0)
      return [unseen('No auth token is there to be tried: a shared key signs, or nothing.')];
    const tried = await Promise.all(tokens.map((token) => tryToken(look, token)));
    const fix = parleyLine('secrets rotate auth-token', look.stage);
    if (tried.every((known) => known === 'refused')) {
      return [problem('Twilio takes none of the auth tokens in the secret.', fix)];
    }
    const primary = tried.find((known) => known !== 'refused' && known !== 'good');
    return primary === undefined || tokens.includes(primary)
      ? []
      : [problem('The secret holds a secondary auth token only: the primary one signs.', fix)];
  },
};

/** @returns the primary token, where Twilio tells it to whoever has a good one */
async function tryToken({ stage, accountSid, serviceSids }: Look, secret: string): Promise<string> {
  const key = { sid: accountSid, secret };
  try {
    const account = await unlessNone(fetchAccount(stage.twilioAs(key, 'api'), accountSid));
    if (account !== undefined) return account.auth_token ?? 'good';
    await findService(stage.twilioAs(key), serviceSids[0] ?? '');
    return 'good';
  } catch (error) {
    if (isForbidden(error)) return 'refused';
    throw error;
  }
}
