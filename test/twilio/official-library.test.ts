import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { apiOrigin } from '../../lib/twilio/api-origin.ts';
import { createMessages } from '../../lib/twilio/messages.ts';
import {
  ACCOUNT,
  ADDRESS,
  API_KEY,
  apiFor,
  CONVERSATION,
  MESSAGE,
  messageResource,
  SERVICE,
  TEMPLATE,
} from './fixtures.ts';
import { json, raw, type Step, scriptedServer } from './scripted-server.ts';

/** What Twilio's own library puts on the wire is what ours must. */
async function both(
  step: Step,
  theirs: (messages: ReturnType<ReturnType<typeof theirMessages>>) => Promise<unknown>,
  ours: (messages: ReturnType<typeof createMessages>) => Promise<unknown>,
) {
  const server = await scriptedServer(step);
  await theirs(theirMessages(server.origin)());
  await ours(createMessages(apiFor(server).api));
  return server.seen.map(({ method, url, form, headers }) => ({
    method,
    url,
    form,
    authorization: headers.authorization,
    type: headers['content-type'],
    webhook: headers['x-twilio-webhook-enabled'],
  }));
}

function theirMessages(origin: string) {
  const client = twilio(API_KEY.sid, API_KEY.secret, { accountSid: ACCOUNT });
  client.conversations.baseUrl = origin;
  return () => client.conversations.v1.services(SERVICE).conversations(CONVERSATION).messages;
}

describe('on the wire we are what Twilio’s library is', () => {
  it('create', async () => {
    const date = new Date('2026-11-20T12:00:00.900Z');
    const Body = "It's 50% & more: +1 é 👋🏽 \n(*!~')";
    const [theirs, ours] = await both(
      json(201, messageResource()),
      (messages) =>
        messages.create({
          xTwilioWebhookEnabled: 'false',
          author: 'parley',
          body: Body,
          dateCreated: date,
          attributes: '{"a":1}',
          contentSid: TEMPLATE,
          contentVariables: '{"1":"x"}',
          subject: 's',
        }),
      (messages) =>
        messages.create(ADDRESS, {
          Author: 'parley',
          Body,
          DateCreated: date,
          Attributes: { a: 1 },
          ContentSid: TEMPLATE,
          ContentVariables: { '1': 'x' },
          Subject: 's',
        }),
    );
    expect(ours).toEqual(theirs);
  });

  it('fetch', async () => {
    const [theirs, ours] = await both(
      json(200, messageResource()),
      (messages) => messages.get(MESSAGE).fetch(),
      (messages) => messages.fetch(ADDRESS, MESSAGE),
    );
    expect(ours).toEqual(theirs);
  });

  it('list', async () => {
    const [theirs, ours] = await both(
      json(200, { messages: [], meta: { next_page_url: null } }),
      (messages) => messages.page({ order: 'desc', pageSize: 100, pageToken: 'PT/1=' }),
      (messages) => messages.list(ADDRESS, { Order: 'desc', PageSize: 100, PageToken: 'PT/1=' }).next(),
    );
    expect(ours).toEqual(theirs);
  });

  it('update', async () => {
    const [theirs, ours] = await both(
      json(200, messageResource()),
      (messages) => messages.get(MESSAGE).update({ xTwilioWebhookEnabled: 'true', body: 'corrected' }),
      (messages) => messages.update(ADDRESS, MESSAGE, { Body: 'corrected' }, { webhookEnabled: true }),
    );
    expect(ours).toEqual(theirs);
  });

  it('remove', async () => {
    const [theirs, ours] = await both(
      raw(204, {}),
      (messages) => messages.get(MESSAGE).remove({ xTwilioWebhookEnabled: 'false' }),
      (messages) => messages.remove(ADDRESS, MESSAGE),
    );
    expect(ours).toEqual(theirs);
  });
});

it.each([{}, { edge: 'dublin' }, { region: 'ie1' }, { edge: 'dublin', region: 'ie1' }])(
  'and go where it goes for %o',
  async (place) => {
    const asked: string[] = [];
    const client = twilio(API_KEY.sid, API_KEY.secret, {
      accountSid: ACCOUNT,
      ...place,
      httpClient: Object.assign(new twilio.RequestClient(), {
        request: async ({ uri }: { uri: string }) => {
          asked.push(uri);
          return { statusCode: 200, body: messageResource(), headers: {} };
        },
      }),
    });
    await client.conversations.v1.services(SERVICE).conversations(CONVERSATION).messages(MESSAGE).fetch();
    expect(asked.map((uri) => new URL(uri).origin)).toEqual([apiOrigin(place)]);
  },
);
