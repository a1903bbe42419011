import { SETTINGS } from '../../lib/settings.ts';
import { IDENTITY_SETTINGS, type Identity } from '../identity.ts';

/** Where it is and what it is connected to, which a world decides itself. */
const OF_THE_WORLD = ['PUBLIC_URL', 'QUEUE_URL', 'TABLE_NAME', 'STAGE'];

/** The settings that are about the bot itself; what connects it to Twilio is made up by the world. */
const OF_THE_BOT = Object.keys(SETTINGS).filter(
  (name) => !name.startsWith('TWILIO_') && !OF_THE_WORLD.includes(name),
);

/** All that a world with a bot takes from its environment. */
export const WORLD_SETTINGS: readonly string[] = [...OF_THE_BOT, ...IDENTITY_SETTINGS];

/** What a deployment would set, pointed at this machine; the bot's own settings are those of `given`. */
export function botEnvironment(
  given: Readonly<Record<string, string | undefined>>,
  identity: Identity,
  apiUrl: string,
  webhookUrl: string,
): Record<string, string> {
  const kept = OF_THE_BOT.flatMap((name) => (given[name] ? [[name, given[name]] as const] : []));
  return {
    // Whom the page adds as a person of the business.
    AGENTS: 'agent-*',
    ...Object.fromEntries(kept),
    TWILIO_ACCOUNT_SID: identity.accountSid,
    TWILIO_CHAT_SERVICE_SID: identity.serviceSid,
    TWILIO_AUTH_TOKEN: identity.authToken,
    TWILIO_API_KEY_SID: identity.apiKeySid,
    TWILIO_API_KEY_SECRET: identity.apiKeySecret,
    TWILIO_API_URL: apiUrl,
    PUBLIC_URL: webhookUrl,
    QUEUE_URL: 'https://local.example/parley.fifo',
    TABLE_NAME: 'parley-local',
    STAGE: 'local',
  };
}
