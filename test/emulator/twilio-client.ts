import twilio from 'twilio';
import { type Listening, listen } from '../../emulator/http-listener.ts';
import { machineClock } from '../../local/machine-clock.ts';
import { ACCOUNT_SID, AUTH_TOKEN, startService, type TestService } from './start-service.ts';

/** The official package, every domain of which leads to the local service. */
export function clientFor(url: string, user = ACCOUNT_SID, password = AUTH_TOKEN): twilio.Twilio {
  const client = twilio(user, password, { accountSid: ACCOUNT_SID });
  client.conversations.baseUrl = url;
  client.content.baseUrl = url;
  client.chat.baseUrl = url;
  return client;
}

/** A service behind a real socket, on the machine's own time. */
export async function startListening(): Promise<{ service: TestService; listening: Listening }> {
  const service = startService({ clock: machineClock, settings: { actionsPerSecond: null } });
  return { service, listening: await listen(service, { port: 0 }) };
}
