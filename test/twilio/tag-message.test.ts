import { describe, expect, it } from 'vitest';
import { createMessages } from '../../lib/twilio/messages.ts';
import { tagMessage } from '../../lib/twilio/tag-message.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { ADDRESS, apiFor, MESSAGE, MESSAGES_PATH, messageResource } from './fixtures.ts';
import { json, type ScriptedServer, type Step, scriptedServer, twilioError } from './scripted-server.ts';

const TAGS = { topic: 'refund', 'Order No': '12345' };

function portsFor(server: ScriptedServer, clock = manualClock()) {
  return { ...createMessages(apiFor(server, clock).api), now: clock.now };
}

/** What was written to a message that has `attributes`; undefined when nothing was. */
async function written(attributes: unknown, tags: Readonly<Record<string, string>> = TAGS) {
  const server = await scriptedServer(
    json(200, messageResource({ attributes })),
    json(200, messageResource({ attributes })),
  );
  await tagMessage(portsFor(server), ADDRESS, MESSAGE, tags);
  return server.seen.find(({ method }) => method === 'POST')?.form['Attributes'];
}

async function failing(...steps: Step[]) {
  const server = await scriptedServer(...steps);
  const tagging = tagMessage(portsFor(server), ADDRESS, MESSAGE, TAGS, {
    timeoutMs: 4_000,
  });
  const error = await tagging.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, server };
}

describe('the tags of a message', () => {
  it('are read first, then written with what is there, and no webhook is told', async () => {
    const server = await scriptedServer(
      json(200, messageResource({ attributes: '{"crm":{"id":7},"topic":"old"}' })),
      json(200, messageResource()),
    );
    await tagMessage(portsFor(server), ADDRESS, MESSAGE, TAGS);
    expect(server.seen.map(({ method, url }) => [method, url])).toEqual([
      ['GET', `${MESSAGES_PATH}/${MESSAGE}`],
      ['POST', `${MESSAGES_PATH}/${MESSAGE}`],
    ]);
    expect(server.seen[1]?.form).toEqual({
      Attributes: '{"crm":{"id":7},"topic":"refund","Order No":"12345"}',
    });
    expect(server.seen[1]?.headers['x-twilio-webhook-enabled']).toBe('false');
  });

  it.each([
    ['there are none yet', '{}'],
    ['they are empty', ''],
    ['Twilio shows them as an object', {}],
  ])('are all there is where %s', async (_, attributes) => {
    expect(await written(attributes)).toBe('{"topic":"refund","Order No":"12345"}');
  });

  it('are not written again where they are there already', async () => {
    expect(await written('{"Order No":"12345","topic":"refund","crm":1}')).toBeUndefined();
  });

  it.each([
    ['another type', '{"topic":1}', { topic: '1' }, '{"topic":"1"}'],
    ['a name that objects have anyway', '{}', { constructor: 'x' }, '{"constructor":"x"}'],
  ])('are written over what has %s', async (_, attributes, tags, whole) => {
    expect(await written(attributes, tags)).toBe(whole);
  });

  // JSON.parse makes 12345678901234567000 of it, and somebody else's id would be lost.
  it('leave numbers of others as they stand', async () => {
    const attributes = '{"id":12345678901234567890,"rate":1.10,"list":[1e400]}';
    expect(await written(attributes, { a: 'b' })).toBe(
      '{"id":12345678901234567890,"rate":1.10,"list":[1e400],"a":"b"}',
    );
  });

  it.each(['[1]', '"text"', 'null', '7', '{"half":'])('are not put in place of %s', async (attributes) => {
    const { error, server } = await failing(json(200, messageResource({ attributes })));
    expect(error).toMatchObject({ code: 'attributes_unreadable', outcomeKnown: true, retryable: false });
    expect(server.seen).toHaveLength(1);
  });

  it('are refused where all of it would be over 4 KB, and nothing is sent', async () => {
    const attributes = JSON.stringify({ crm: 'ü'.repeat(2_040) });
    const { error, server } = await failing(json(200, messageResource({ attributes })));
    expect(error).toMatchObject({ code: 'limit_exceeded', field: 'Attributes', limit: 4_096 });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['the read', [twilioError(404, 20404)], 'not_found'],
    ['the write', [json(200, messageResource()), twilioError(400, 50377)], 'rejected'],
  ])('fail with what Twilio says to %s', async (_, steps, code) => {
    expect((await failing(...steps)).error).toMatchObject({ code });
  });

  // A process that was stopped between the two went on minutes later, when somebody else had done it long ago.
  it('are not written by whoever stood still after the read', async () => {
    const clock = manualClock();
    const server = await scriptedServer(json(200, messageResource()));
    const ports = portsFor(server, clock);
    const fetch: typeof ports.fetch = async (...asked) => {
      const message = await ports.fetch(...asked);
      clock.advance(200_000);
      return message;
    };
    await expect(tagMessage({ ...ports, fetch }, ADDRESS, MESSAGE, TAGS)).rejects.toMatchObject({
      code: 'timed_out',
      outcomeKnown: true,
    });
    expect(server.seen.map(({ method }) => method)).toEqual(['GET']);
  });
});
