import type { RunningService } from './start-service.ts';

/** Where Twilio's libraries send requests to instead, when these are set. */
const ELSEWHERE = ['TWILIO_EDGE', 'TWILIO_REGION'];

/**
 * The environment of a program that is to meet this world: what Twilio's libraries, its CLI and parley itself read.
 * https://www.twilio.com/docs/twilio-cli/general-usage/profiles#environment-variables
 */
export function worldEnvironment(
  outer: Readonly<Record<string, string | undefined>>,
  { url, accountSid, authToken, apiKeySid, apiKeySecret, serviceSid }: RunningService,
): Record<string, string | undefined> {
  const kept = Object.entries(outer).filter(([name]) => !ELSEWHERE.includes(name));
  return {
    ...Object.fromEntries(kept),
    TWILIO_API_URL: url,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_KEY: apiKeySid,
    TWILIO_API_SECRET: apiKeySecret,
    TWILIO_API_KEY_SID: apiKeySid,
    TWILIO_API_KEY_SECRET: apiKeySecret,
    TWILIO_CHAT_SERVICE_SID: serviceSid,
  };
}
