import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../emulator/http-listener.ts';
import { CURLS } from './run-curl.ts';
import { ACCOUNT_SID, AUTH_TOKEN, startService, type TestService } from './start-service.ts';

/**
 * The commands of Twilio's page on the Service-Scoped Conversation Message resource and of its API listing, letter by
 * letter, with only the host changed and a message's own SID put in.
 */
const SERVICE_SID = `IS${'a'.repeat(32)}`;
const AT = `https://conversations.twilio.com/v1/Services/${SERVICE_SID}/Conversations/ConversationSid/Messages`;
const MESSAGE = `${AT}/IM${'a'.repeat(32)}`;
const USER = '-u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN';

const COMMANDS: readonly (readonly [name: string, status: number, command: string, shown: unknown])[] = [
  ['create', 201, `curl -X POST "${AT}" \\\n${USER}`, { author: 'system', body: null, attributes: '{}' }],
  ['fetch', 200, `curl -X GET "${MESSAGE}" \\\n${USER}`, { body: 'Welcome!', index: 0 }],
  ['list', 200, `curl -X GET "${AT}?PageSize=20" \\\n${USER}`, { meta: { page_size: 20, key: 'messages' } }],
  [
    'update',
    200,
    `curl -X POST "${MESSAGE}" \\\n--data-urlencode "Author=Author" \\\n${USER}`,
    { author: 'Author' },
  ],
  ['delete', 204, `curl -X DELETE "${MESSAGE}" \\\n${USER}`, undefined],
  [
    'create of the API listing',
    201,
    `curl \\
 --request POST '${AT}' \\
 --user "username:password" \\
 --header "Content-Type: application/x-www-form-urlencoded" \\
 --header "X-Twilio-Webhook-Enabled: true" \\
 --data 'Body=Hello&Author=message+author&Attributes=%7B+%22importance%22%3A+%22high%22+%7D&DateCreated=2015-12-16T22%3A18%3A37Z&DateUpdated=2015-12-16T22%3A18%3A38Z'`,
    {
      body: 'Hello',
      author: 'message author',
      attributes: '{ "importance": "high" }',
      date_created: '2015-12-16T22:18:37Z',
      date_updated: '2015-12-16T22:18:38Z',
    },
  ],
];

describe.each(CURLS)('the curl commands of Twilio’s page, %s', (_how, run) => {
  let service: TestService;
  let listening: Listening;
  let messageSid: string;

  beforeAll(async () => {
    service = startService({ serviceSid: SERVICE_SID });
    listening = await listen(service, { port: 0 });
    const { sid } = (
      await service.rest('POST', `/v1/Services/${SERVICE_SID}/Conversations`, {
        UniqueName: 'ConversationSid',
      })
    ).body;
    const path = `/v1/Services/${SERVICE_SID}/Conversations/${sid}/Messages`;
    messageSid = (await service.rest('POST', path, { Body: 'Welcome!' })).body.sid;
  });
  afterAll(() => listening.close());

  it.each(COMMANDS)('%s answers %i', async (_name, status, command, shown) => {
    const here = command
      .replace('https://conversations.twilio.com', listening.url)
      .replace(`IM${'a'.repeat(32)}`, messageSid)
      .replace('username:password', `${ACCOUNT_SID}:${AUTH_TOKEN}`);
    const result = await run(here, { TWILIO_ACCOUNT_SID: ACCOUNT_SID, TWILIO_AUTH_TOKEN: AUTH_TOKEN });
    expect(result.status).toBe(status);
    if (shown === undefined) expect(result.body).toBe('');
    else expect(JSON.parse(result.body)).toMatchObject(shown as object);
  });
});
