import { createSids } from '../emulator/index.ts';
import type { Random } from '../lib/ports.ts';
import type { SETTINGS } from '../lib/settings.ts';

/** Who the local account is. */
export interface Identity {
  readonly accountSid: string;
  readonly serviceSid: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  readonly authToken: string;
}

/** The settings that fix who it is. */
export const IDENTITY_SETTINGS = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_CHAT_SERVICE_SID',
  'TWILIO_API_KEY_SID',
  'TWILIO_API_KEY_SECRET',
  'TWILIO_AUTH_TOKEN',
] as const satisfies readonly (keyof typeof SETTINGS)[];

/** The environment's values where they are given, so that a client can be set up once; made-up ones where not. */
export function chooseIdentity(
  environment: Readonly<Record<string, string | undefined>>,
  random: Random,
): Identity {
  const newSid = createSids(random);
  const secret = () => newSid('SK').slice('SK'.length);
  return {
    accountSid: environment['TWILIO_ACCOUNT_SID'] || newSid('AC'),
    serviceSid: environment['TWILIO_CHAT_SERVICE_SID']?.split(/[\s,]+/)[0] || newSid('IS'),
    apiKeySid: environment['TWILIO_API_KEY_SID'] || newSid('SK'),
    apiKeySecret: environment['TWILIO_API_KEY_SECRET'] || secret(),
    authToken: environment['TWILIO_AUTH_TOKEN'] || secret(),
  };
}
