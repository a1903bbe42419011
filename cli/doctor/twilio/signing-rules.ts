import { unlessNone } from '../../../lib/twilio/services.ts';
import { findSigningKeys } from '../../../lib/twilio/webhook-rules.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem, unseen } from '../check.ts';

export const signingRules: Check = {
  id: 'signing-rules',
  what: 'Where a rule of the account has webhooks signed by a shared key, the secret holds that key',
  why: 'Whatever is signed by a key that is not in the secret is refused with 403.',
  run: async ({ stage, publicUrls, signingKeys }) => {
    const webhooks = stage.twilioProduct('webhooks');
    const asked = publicUrls.map((url) => unlessNone(findSigningKeys(webhooks, url)));
    const found = await Promise.all(asked);
    if (found.includes(undefined)) return [unseen('This Twilio has no Webhooks configuration API.')];
    const known = (await signingKeys()).flatMap((key) => (typeof key === 'string' ? [] : [key.key]));
    const missing = [...new Set(found.flatMap((keys) => keys ?? []))].filter((key) => !known.includes(key));
    return missing.map((key) =>
      problem(
        `Webhooks to us are signed by the shared key ${key}, which is not in the secret.`,
        parleyLine('secrets rotate auth-token', stage),
      ),
    );
  },
};
