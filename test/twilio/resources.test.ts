import { describe, expect, it } from 'vitest';
import { fetchConversation } from '../../lib/twilio/conversations.ts';
import { addIdentity, fetchParticipant, listParticipants } from '../../lib/twilio/participants.ts';
import { ADDRESS, apiFor, CONVERSATION, PARTICIPANT, SERVICE } from './fixtures.ts';
import { json, scriptedServer, twilioError } from './scripted-server.ts';

describe('a participant', () => {
  const whatsapp = {
    sid: PARTICIPANT,
    identity: null,
    attributes: '{"first_name":"Ada"}',
    messaging_binding: {
      type: 'whatsapp',
      address: 'whatsapp:+15550100',
      proxy_address: 'whatsapp:+15550199',
    },
  };

  it('is fetched with its binding', async () => {
    const server = await scriptedServer(json(200, whatsapp));
    const participant = await fetchParticipant(apiFor(server).api, ADDRESS, PARTICIPANT);
    expect(participant).toMatchObject({
      ...whatsapp,
      messaging_binding: { ...whatsapp.messaging_binding, projected_address: null },
      role_sid: null,
    });
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      url: `/v1/Services/${SERVICE}/Conversations/${CONVERSATION}/Participants/${PARTICIPANT}`,
    });
  });

  it('is found by a chat identity too', async () => {
    const server = await scriptedServer(
      json(200, { ...whatsapp, identity: 'ada@example', messaging_binding: null }),
    );
    const { identity } = await fetchParticipant(apiFor(server).api, ADDRESS, 'ada@example', {
      timeoutMs: 900,
    });
    expect(identity).toBe('ada@example');
    expect(server.seen[0]?.url).toMatch(/\/Participants\/ada%40example$/);
  });

  it.each(['', '..', 'a/b'])('called %j is not asked for', async (name) => {
    const server = await scriptedServer(json(200, whatsapp));
    await expect(fetchParticipant(apiFor(server).api, ADDRESS, name)).rejects.toMatchObject({
      field: 'participant',
    });
    expect(server.seen).toEqual([]);
  });
});

describe('the participants of a conversation', () => {
  const PATH = `/v1/Services/${SERVICE}/Conversations/${CONVERSATION}/Participants`;
  const someone = (digit: string, identity: string) => ({ sid: `MB${digit.repeat(32)}`, identity });

  it('are listed to the last page', async () => {
    const next = (url: string | null) => ({ meta: { next_page_url: url } });
    const second = `https://conversations.twilio.com${PATH}?PageSize=100&Page=1&PageToken=PT1`;
    const server = await scriptedServer(
      json(200, { participants: [someone('a', 'ana'), someone('b', 'bo')], ...next(second) }),
      json(200, { participants: [someone('c', 'cy')], ...next(null) }),
    );
    const api = { ...apiFor(server).api, origin: 'https://conversations.twilio.com' };
    const everybody = await listParticipants(api, ADDRESS);
    expect(everybody.map(({ identity }) => identity)).toEqual(['ana', 'bo', 'cy']);
    expect(server.seen.map(({ url }) => url)).toEqual([
      `${PATH}?PageSize=100`,
      `${PATH}?PageSize=100&Page=1&PageToken=PT1`,
    ]);
  });

  it('get one more by their identity, and no webhook is told', async () => {
    const server = await scriptedServer(json(201, someone('a', 'dana/north @home')));
    await addIdentity(apiFor(server).api, ADDRESS, 'dana/north @home');
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: PATH,
      form: { Identity: 'dana/north @home' },
      headers: { 'x-twilio-webhook-enabled': 'false' },
    });
  });

  it('have had one who is added again all along', async () => {
    const server = await scriptedServer(twilioError(409, 50433));
    expect(await addIdentity(apiFor(server).api, ADDRESS, 'dana')).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [409, 50449, true],
    [403, 50417, false],
    [400, 50205, false],
  ])('are as they were when Twilio answers %i, %i', async (status, code, retryable) => {
    const server = await scriptedServer(twilioError(status, code));
    await expect(addIdentity(apiFor(server).api, ADDRESS, 'dana', { timeoutMs: 900 })).rejects.toMatchObject({
      code: 'rejected',
      twilioCode: code,
      retryable,
    });
  });
});

describe('a conversation', () => {
  it('is fetched by its SID', async () => {
    const conversation = {
      sid: CONVERSATION,
      friendly_name: 'Order 12345',
      attributes: '{"tier":"gold"}',
      state: 'active',
      timers: {},
      bindings: {},
    };
    const server = await scriptedServer(json(200, conversation));
    expect(await fetchConversation(apiFor(server).api, ADDRESS)).toMatchObject({
      ...conversation,
      timers: { date_inactive: null, date_closed: null },
      unique_name: null,
    });
    expect(server.seen[0]?.url).toBe(`/v1/Services/${SERVICE}/Conversations/${CONVERSATION}`);
  });

  it('that does not exist is NotFoundError', async () => {
    const server = await scriptedServer(twilioError(404, 20404));
    await expect(fetchConversation(apiFor(server).api, ADDRESS, { timeoutMs: 900 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
