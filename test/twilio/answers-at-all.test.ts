import { describe, expect, it } from 'vitest';
import { answersAtAll } from '../../lib/twilio/answers-at-all.ts';
import { apiFor, SERVICE } from './fixtures.ts';
import { json, raw, scriptedServer, twilioError } from './scripted-server.ts';

describe('whether Twilio answers at all', () => {
  it.each([
    ['a list', json(200, { conversations: [], meta: {} }), true],
    ['a refusal for good, as of a key that may not list', twilioError(403, 20403), true],
    ['that there is no such service', twilioError(404, 20404), true],
    ['a key that it refuses', twilioError(401, 20003), false],
    ['too many requests', twilioError(429, 20429), false],
    ['a failure', twilioError(500, 20500), false],
    ['a page of HTML', raw(403, { 'content-type': 'text/html' }, '<html>'), false],
  ])('is told by one request that concerns no conversation: %s', async (_, answer, expected) => {
    const server = await scriptedServer(answer);
    expect(await answersAtAll(apiFor(server).api, SERVICE)).toBe(expected);
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      url: `/v1/Services/${SERVICE}/Conversations?PageSize=1`,
    });
  });
});
