import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../lib/ports.ts';
import { book, type ReplyHarness, startReply } from './bot-harness.ts';

const STEPS = book(`version: 1
rules:
  - id: welcome
    when: { event: onParticipantAdded }
    then: { text: welcome }
  - id: refund
    when: { pattern: '^refund (?<order>\\d+)$' }
    then:
      - tag: { topic: refund, order: '{{ match.order }}' }
      - text: 'a person will look at {{ match.order }}'
      - handover: { invite: [dana, kim] }
`);
const SERVICE = `/v1/Services/IS${'2'.repeat(32)}`;
const KEY = { authorization: `Basic ${btoa(`SK${'3'.repeat(32)}:secret`)}` };

let bot: ReplyHarness;
let conversationSid: string;
let path: string;

beforeEach(async () => {
  bot = await startReply({ AGENTS: 'dana,kim' });
  bot.deploy(STEPS);
  conversationSid = await bot.startConversation();
  path = `${SERVICE}/Conversations/${conversationSid}`;
});

/** What another program asks of Twilio. */
async function ask(method: 'GET' | 'POST', resource: string, form: Record<string, string> = {}) {
  const { body } = await bot.service.handle({
    method,
    url: `https://conversations.twilio.com${path}/${resource}`,
    headers: { ...KEY, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(form).toString()),
  });
  return JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;
}

async function atTwilio(sid: string) {
  const { attributes } = await ask('GET', `Messages/${sid}`);
  const { participants } = (await ask('GET', 'Participants')) as {
    participants: readonly { identity: string | null }[];
  };
  return {
    tags: JSON.parse(String(attributes)) as unknown,
    invited: participants.flatMap(({ identity }) => identity ?? []),
    said: bot.creates().map(({ body }) => new URLSearchParams(body).get('Body')),
  };
}

const DONE = {
  tags: { topic: 'refund', order: '7' },
  invited: ['dana', 'kim'],
  said: ['a person will look at 7'],
};

const recordOf = (sid: string) => bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });

/** Delivers it until it is done with, as the queue does. */
async function deliverAll(envelope = bot.envelope()): Promise<number> {
  for (let count = 1; count < 10; count += 1) {
    if (await bot.deliver(envelope, count)) return count;
    bot.time.now += 60_000;
  }
  return 10;
}

describe('an answer that tags, speaks and invites', () => {
  it('does all of that at Twilio, once, and tells no webhook of it', async () => {
    const sid = await bot.write(conversationSid, 'refund 7');
    const envelope = bot.envelope();
    expect(await bot.deliver(envelope)).toBe(true);
    expect(await atTwilio(sid)).toEqual(DONE);
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
    // The latest webhook is still the customer's, so nobody who was invited is welcomed.
    await bot.service.idle();
    expect(bot.envelope()).toBe(envelope);
    const written = bot.requests.filter(({ method }) => method === 'POST');
    expect(written.map(({ headers }) => headers['x-twilio-webhook-enabled'])).toEqual(Array(4).fill('false'));
  });

  it('keeps quiet towards webhooks also where its messages are to be told of', async () => {
    bot = await startReply({ AGENTS: 'dana,kim', BOT_WEBHOOK_ENABLED: 'true' });
    bot.deploy(STEPS);
    conversationSid = await bot.startConversation();
    await bot.write(conversationSid, 'refund 7');
    await bot.deliver(bot.envelope());
    const written = bot.requests.filter(({ method }) => method === 'POST');
    expect(written.map(({ headers }) => headers['x-twilio-webhook-enabled'])).toEqual([
      'false',
      'true',
      'false',
      'false',
    ]);
  });

  it('leaves what others have tagged, and whoever is there', async () => {
    const sid = await bot.write(conversationSid, 'refund 7');
    await ask('POST', `Messages/${sid}`, { Attributes: '{"crm":{"id":1},"topic":"unknown"}' });
    await ask('POST', 'Participants', { Identity: 'kim' });
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await atTwilio(sid)).toEqual({
      ...DONE,
      tags: { crm: { id: 1 }, topic: 'refund', order: '7' },
      invited: ['kim', 'dana'],
    });
    expect((await recordOf(sid))?.parts.map(({ refused }) => refused)).toEqual(Array(4).fill(undefined));
  });

  it('asks nothing more of Twilio where a rule only speaks', async () => {
    bot.deploy(book('version: 1\nrules: [{ id: one, when: { keyword: one }, then: { text: only } }]\n'));
    await bot.write(conversationSid, 'one');
    await bot.deliver(bot.envelope());
    expect(bot.requests.map(({ method }) => method)).toEqual(['POST']);
  });
});

const isTag = ({ method, path: at }: HttpRequest) => method === 'POST' && /Messages\/IM\w+$/.test(at);
const isInvite = ({ method, path: at }: HttpRequest) => method === 'POST' && at.endsWith('/Participants');

describe('what is done once and no more, whatever fails', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('when the process dies before the %d. write', async (n) => {
    const sid = await bot.write(conversationSid, 'refund 7');
    let puts = 0;
    bot.hooks.store.put = async (key, item, expected) => {
      puts += 1;
      if (puts === n) throw new Error('died');
      return bot.memory.put(key, item, expected);
    };
    await deliverAll();
    const { said, ...rest } = await atTwilio(sid);
    expect(rest).toEqual({ tags: DONE.tags, invited: DONE.invited });
    expect(said).toEqual(DONE.said);
  });

  it.each([
    ['a tag', isTag],
    ['an invitation', isInvite],
  ])('when nobody hears what became of %s', async (_, isHit) => {
    const sid = await bot.write(conversationSid, 'refund 7');
    let lost = false;
    bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (lost || !isHit(request)) return response;
      lost = true;
      return { ...response, status: 502, body: '<html>' };
    };
    expect(await deliverAll()).toBe(2);
    expect(await atTwilio(sid)).toEqual(DONE);
  });

  it('when the file was changed meanwhile: what was decided is done', async () => {
    const sid = await bot.write(conversationSid, 'refund 7');
    const envelope = bot.envelope();
    bot.hooks.exchange = (request, pass) =>
      isTag(request) ? Promise.resolve({ status: 500, headers: {}, body: '' }) : pass();
    expect(await bot.deliver(envelope)).toBe(false);
    bot.hooks.exchange = (_, pass) => pass();
    bot.deploy(book('version: 1\nrules: [{ id: one, when: { keyword: one }, then: { text: only } }]\n'));
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await atTwilio(sid)).toEqual(DONE);
  });
});

describe('a step that Twilio refuses', () => {
  const refusing = (isHit: (request: HttpRequest) => boolean, status: number, code: number) => {
    bot.hooks.exchange = async (request, pass) =>
      isHit(request)
        ? {
            status,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ code, message: 'no' }),
          }
        : pass();
  };
  const counted = () => bot.log.lines.flatMap((line) => ('step_refused' in line ? [line['reason']] : []));

  it('is recorded, and the conversation is handed over all the same', async () => {
    refusing((request) => isInvite(request) && request.body === 'Identity=dana', 403, 50417);
    const sid = await bot.write(conversationSid, 'refund 7');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await atTwilio(sid)).toEqual({ ...DONE, invited: ['kim'] });
    expect(await recordOf(sid)).toMatchObject({
      parts: [{}, {}, { step: { kind: 'invite' }, refused: 'rejected:50417' }, {}],
      finished: { outcome: 'replied' },
    });
    expect(counted()).toEqual(['invite']);

    const next = await bot.write(conversationSid, 'refund 8');
    await bot.deliver(bot.envelope());
    expect((await recordOf(next))?.finished).toMatchObject({ outcome: 'suppressed', reason: 'handed_over' });
  });

  it('is one that would make the Attributes too long', async () => {
    const sid = await bot.write(conversationSid, 'refund 7');
    await ask('POST', `Messages/${sid}`, { Attributes: JSON.stringify({ crm: 'x'.repeat(4_080) }) });
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await recordOf(sid))?.parts[0]).toMatchObject({ refused: 'limit_exceeded' });
    expect((await atTwilio(sid)).said).toEqual(DONE.said);
    expect(counted()).toEqual(['tag']);
  });

  // Before steps, whatever failed in five deliveries set its message aside.
  it('is one that fails each time, while Twilio answers all else: the answer is given after five deliveries', async () => {
    refusing(isTag, 500, 20500);
    const sid = await bot.write(conversationSid, 'refund 7');
    expect(await deliverAll()).toBe(5);
    expect(await atTwilio(sid)).toEqual({ ...DONE, tags: {} });
    expect((await recordOf(sid))?.parts[0]).toMatchObject({ refused: 'server_failure:20500' });
  });
});
