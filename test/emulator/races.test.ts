import { beforeEach, describe, expect, it } from 'vitest';
import { buildFullWorld, type FullWorld } from './full-world.ts';
import type { RestAnswer } from './start-service.ts';

/**
 * While a pre-event webhook is thinking, somebody else can take away what it is asked about. Whoever asked gets 404
 * then, and nothing comes back to life.
 */
describe('while a pre-event webhook is thinking', () => {
  let world: FullWorld;
  let at: string;

  beforeEach(async () => {
    world = await buildFullWorld();
    const { service, sids } = world;
    at = `/v1/Services/${sids['Service']}/Conversations/${sids['Conversation']}`;
    service.changeSettings({ preWebhooksForRest: true, actionsPerSecond: null });
    service.configureWebhooks({
      PreWebhookUrl: 'https://example.com/pre',
      Filters: [
        ...(['onMessageUpdate', 'onMessageRemove', 'onConversationUpdate', 'onConversationRemove'] as const),
        ...([
          'onParticipantUpdate',
          'onParticipantRemove',
          'onParticipantAdd',
          'onUserUpdate',
          'onConversationAdd',
        ] as const),
      ],
    });
  });

  /** Asks for something, and has `meanwhile` done by somebody without webhooks while the webhook thinks. */
  async function ask(
    method: string,
    path: string,
    form: Record<string, string>,
    meanwhile: () => Promise<RestAnswer>,
  ) {
    const { service } = world;
    let once = false;
    service.answer(async () => {
      if (!once) {
        once = true;
        expect((await meanwhile()).status).toBeLessThan(300);
      }
      return { status: 200, headers: {}, body: '' };
    });
    const answer = await service.rest(method, path, form, { 'x-twilio-webhook-enabled': 'true' });
    expect(once).toBe(true);
    return answer;
  }

  const remove = (path: string) => () => world.service.rest('DELETE', path);

  it.each([
    ['POST', 'Message', { Body: 'x' }],
    ['DELETE', 'Message', {}],
    ['POST', 'Participant', { Attributes: '{"a":1}' }],
    ['DELETE', 'Participant', {}],
  ] as const)('%s of a %s that goes, or whose conversation goes', async (method, what, form) => {
    const path = `${at}/${what}s/${world.sids[what]}`;
    expect(await ask(method, path, form, remove(path))).toMatchObject({ status: 404, body: { code: 20404 } });
    const { body } = await world.service.rest('GET', `${at}/${what}s`);
    expect(JSON.stringify(body)).not.toContain(world.sids[what]);

    world = await buildFullWorld();
    world.service.changeSettings({ preWebhooksForRest: true });
    world.service.configureWebhooks({
      PreWebhookUrl: 'https://example.com/pre',
      Filters: ['onMessageUpdate', 'onMessageRemove', 'onParticipantUpdate', 'onParticipantRemove'],
    });
    const again = `${at}/${what}s/${world.sids[what]}`;
    expect(await ask(method, again, form, remove(at))).toMatchObject({ status: 404, body: { code: 20404 } });
  });

  it.each([
    ['POST', { FriendlyName: 'x' }],
    ['DELETE', {}],
  ] as const)('%s of a conversation that goes', async (method, form) => {
    expect(await ask(method, at, form, remove(at))).toMatchObject({ status: 404 });
    expect((await world.service.rest('GET', at)).status).toBe(404);
  });

  it('a participant joins a conversation that goes', async () => {
    const joined = await ask('POST', `${at}/Participants`, { Identity: 'late' }, remove(at));
    expect(joined).toMatchObject({ status: 404 });
    const found = await world.service.rest(
      'GET',
      `/v1/Services/${world.sids['Service']}/ParticipantConversations?Identity=late`,
    );
    expect(found.body.conversations).toEqual([]);
  });

  it('a participant joins who has joined meanwhile', async () => {
    const again = () => world.service.rest('POST', `${at}/Participants`, { Identity: 'twin' });
    expect(await ask('POST', `${at}/Participants`, { Identity: 'twin' }, again)).toMatchObject({
      body: { code: 50433 },
    });
  });

  it('two conversations want one name', async () => {
    const path = `/v1/Services/${world.sids['Service']}/Conversations`;
    const other = () => world.service.rest('POST', path, { UniqueName: 'wanted' });
    expect(await ask('POST', path, { UniqueName: 'wanted' }, other)).toMatchObject({ body: { code: 50353 } });
    const third = () => world.service.rest('POST', path, { UniqueName: 'wanted too' });
    expect(await ask('POST', at, { UniqueName: 'wanted too' }, third)).toMatchObject({
      body: { code: 50353 },
    });
    expect((await world.service.rest('GET', at)).body.unique_name).toBe('full');
  });

  it('a user changes who goes', async () => {
    const path = `/v1/Services/${world.sids['Service']}/Users/agent`;
    expect(await ask('POST', path, { FriendlyName: 'x' }, remove(path))).toMatchObject({ status: 404 });
  });
});
