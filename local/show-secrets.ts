import type { Environment } from '../cli/environment/environment.ts';
import type { Identity } from './identity.ts';

type Secrets = Pick<Identity, 'apiKeySecret' | 'authToken'>;

/** For people: what a world made up is shown, and what the environment gave is named, for it may be worth something. */
export function showSecrets({ apiKeySecret, authToken }: Secrets, environment: Environment): Secrets {
  return {
    apiKeySecret: environment['TWILIO_API_KEY_SECRET'] ? '$TWILIO_API_KEY_SECRET' : apiKeySecret,
    authToken: environment['TWILIO_AUTH_TOKEN'] ? '$TWILIO_AUTH_TOKEN' : authToken,
  };
}
