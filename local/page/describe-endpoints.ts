import { type ConversationsService, type Endpoint, listEndpoints } from '../../emulator/index.ts';

/** Whose world it is. */
export interface Described {
  readonly service: Pick<ConversationsService, 'accountSid' | 'serviceSid'>;
  readonly botAuthor?: string;
}

/**
 * What `GET /` answers to who does not ask for HTML: who is here, and all that can be asked for, by `GET /v1/Services`
 * and the like.
 *
 * @param host as the client calls it
 * @param others what this port answers beside the service
 */
export function describeEndpoints(
  { service, botAuthor }: Described,
  host: string,
  others: readonly Endpoint[],
) {
  const { rest, control } = listEndpoints();
  return {
    name: 'parley: Twilio Conversations (classic) on this machine',
    docs: 'docs/local-service.md',
    api: `http://${host}`,
    accountSid: service.accountSid,
    serviceSid: service.serviceSid,
    /** Null where only the service runs. */
    botAuthor: botAuthor ?? null,
    endpoints: { rest: byCall(rest), control: byCall(control), others: byCall(others) },
  };
}

function byCall(endpoints: readonly Endpoint[]): Readonly<Record<string, string>> {
  return Object.fromEntries(endpoints.map(({ method, path, about }) => [`${method} ${path}`, about]));
}
