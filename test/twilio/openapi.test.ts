import { describe, expect, it } from 'vitest';
import { fetchConversation } from '../../lib/twilio/conversations.ts';
import { createMessages } from '../../lib/twilio/messages.ts';
import { addIdentity, fetchParticipant, listParticipants } from '../../lib/twilio/participants.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import spec from '../openapi/twilio_conversations_v1.json' with { type: 'json' };
import { ADDRESS, apiFor, CONVERSATION, MEDIA, MESSAGE, PARTICIPANT, SERVICE, TEMPLATE } from './fixtures.ts';
import { json, raw, type Seen, scriptedServer } from './scripted-server.ts';

/** Twilio's own description of the API, and what of it this test reads. */
interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}
interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}
interface Content {
  readonly examples?: Readonly<Record<string, { readonly value: Record<string, unknown> }>>;
}
const paths = spec.paths as unknown as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
const schemas = spec.components.schemas as unknown as Readonly<Record<string, Schema>>;

const CONVERSATION_PATH = '/v1/Services/{ChatServiceSid}/Conversations/{Sid}';
const LIST = '/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages';
const ITEM = `${LIST}/{Sid}`;
const PARTICIPANTS = LIST.replace('Messages', 'Participants');
const PARTICIPANT_PATH = `${PARTICIPANTS}/{Sid}`;
const RESOURCE = 'conversations.v1.service.service_conversation.service_conversation_message';

/** A value for every parameter there is; a new one in Twilio's file fails the tests below until it is supported. */
const DATE = '2026-11-20T12:00:00Z';
const CREATE = {
  Author: 'parley',
  Body: 'order 12345',
  DateCreated: DATE,
  DateUpdated: DATE,
  Attributes: { a: 1 },
  MediaSid: MEDIA,
  ContentSid: TEMPLATE,
  ContentVariables: { '1': 'x' },
  Subject: 'Your order',
};
const { MediaSid: _, ContentSid: __, ContentVariables: ___, ...UPDATE } = CREATE;
const QUERY = { Order: 'desc', PageSize: 100, Page: 1, PageToken: 'PT1' } as const;
const WRITE = { webhookEnabled: true };

function operation(path: string, method: string): Operation {
  const found = paths[path]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not in Twilio's file any more`);
  return found;
}
const named = (path: string, method: string, place: string) =>
  operation(path, method)
    .parameters.filter((parameter) => parameter.in === place)
    .map(({ name }) => name);
const formFields = (path: string, method: string) =>
  Object.keys(
    operation(path, method).requestBody?.content['application/x-www-form-urlencoded']?.schema.properties ??
      {},
  );
const examples = (path: string, method: string, status: string) =>
  Object.values(operation(path, method).responses[status]?.content?.['application/json']?.examples ?? {}).map(
    ({ value }) => value,
  );
const fields = (name: string) => Object.keys(schemas[name]?.properties ?? {}).sort();

/** What the operation sent when Twilio's example answers it. */
async function sent(
  act: (messages: ReturnType<typeof createMessages>, api: TwilioApi) => Promise<unknown>,
  path: string,
  method: string,
  status: string,
): Promise<Seen> {
  const [example] = examples(path, method, status);
  const server = await scriptedServer(
    example === undefined ? raw(Number(status), {}) : json(Number(status), example),
  );
  const { api } = apiFor(server);
  await act(createMessages(api), api);
  const [seen] = server.seen;
  if (seen === undefined) throw new Error('nothing was sent');
  return seen;
}
const filled = (path: string) =>
  path
    .replace('{ChatServiceSid}', SERVICE)
    .replace('{ConversationSid}', CONVERSATION)
    .replace('{Sid}', MESSAGE);

describe('each operation supports every parameter of Twilio’s OpenAPI file, and sends no other', () => {
  it.each([
    ['create', LIST, 'post', '201', (m) => m.create(ADDRESS, CREATE, WRITE)],
    ['fetch', ITEM, 'get', '200', (m) => m.fetch(ADDRESS, MESSAGE)],
    ['list', LIST, 'get', '200', (m) => m.list(ADDRESS, QUERY).next()],
    ['update', ITEM, 'post', '200', (m) => m.update(ADDRESS, MESSAGE, UPDATE, WRITE)],
    ['remove', ITEM, 'delete', '204', (m) => m.remove(ADDRESS, MESSAGE, WRITE)],
  ] as [string, string, string, string, Parameters<typeof sent>[0]][])(
    '%s',
    async (_name, path, method, status, act) => {
      const seen = await sent(act, path, method, status);
      const url = new URL(seen.url, 'http://x');
      expect(seen.method).toBe(method.toUpperCase());
      expect(url.pathname).toBe(filled(path));
      expect([...url.searchParams.keys()].sort()).toEqual(named(path, method, 'query').sort());
      expect(Object.keys(seen.form).sort()).toEqual(formFields(path, method).sort());
      const headers = named(path, method, 'header').map((name) => name.toLowerCase());
      expect(Object.keys(seen.headers).filter((name) => name.startsWith('x-'))).toEqual(headers);
    },
  );

  it('and the values are those Twilio asks for', async () => {
    const { form } = await sent((m) => m.create(ADDRESS, CREATE), LIST, 'post', '201');
    expect(form).toEqual({ ...CREATE, Attributes: '{"a":1}', ContentVariables: '{"1":"x"}' });
  });
});

describe('of what Twilio’s OpenAPI file says of participants, we send nothing else', () => {
  it('adding an identity', async () => {
    const seen = await sent((_, api) => addIdentity(api, ADDRESS, 'dana'), PARTICIPANTS, 'post', '201');
    expect([seen.method, seen.url]).toEqual(['POST', filled(PARTICIPANTS)]);
    expect(formFields(PARTICIPANTS, 'post')).toEqual(expect.arrayContaining(Object.keys(seen.form)));
    const headers = named(PARTICIPANTS, 'post', 'header').map((name) => name.toLowerCase());
    expect(Object.keys(seen.headers).filter((name) => name.startsWith('x-'))).toEqual(headers);
  });

  it('listing them', async () => {
    const seen = await sent((_, api) => listParticipants(api, ADDRESS), PARTICIPANTS, 'get', '200');
    const url = new URL(seen.url, 'http://x');
    expect([seen.method, url.pathname]).toEqual(['GET', filled(PARTICIPANTS)]);
    expect(named(PARTICIPANTS, 'get', 'query')).toEqual(expect.arrayContaining([...url.searchParams.keys()]));
  });
});

describe('every field of a response is in our type, with its value', () => {
  const created = examples(LIST, 'post', '201');

  it.each(created.map((example, at) => [at, example] as const))(
    'message example %i',
    async (_at, example) => {
      const server = await scriptedServer(json(201, example));
      const read = await createMessages(apiFor(server).api).create(ADDRESS, { Body: 'x' });
      expect(Object.keys(read).sort()).toEqual(fields(RESOURCE));
      expect(read).toMatchObject(example);
    },
  );

  it('list example', async () => {
    const [example] = examples(LIST, 'get', '200');
    const server = await scriptedServer(
      json(200, { ...example, meta: { ...(example?.['meta'] as object), next_page_url: null } }),
    );
    const read = [];
    for await (const message of createMessages(apiFor(server).api).list(ADDRESS)) read.push(message);
    expect(read).toMatchObject(example?.['messages'] as object[]);
  });

  it('participant', async () => {
    const [example] = examples(PARTICIPANT_PATH, 'get', '200');
    const server = await scriptedServer(json(200, example));
    const read = await fetchParticipant(apiFor(server).api, ADDRESS, PARTICIPANT);
    expect(Object.keys(read).sort()).toEqual(
      fields('conversations.v1.service.service_conversation.service_conversation_participant'),
    );
    expect(read).toMatchObject(example as object);
  });

  it('conversation', async () => {
    const [example] = examples(CONVERSATION_PATH, 'get', '200');
    const server = await scriptedServer(json(200, example));
    const read = await fetchConversation(apiFor(server).api, ADDRESS);
    expect(Object.keys(read).sort()).toEqual(fields('conversations.v1.service.service_conversation'));
    expect(read).toMatchObject(example as object);
  });
});
