import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHostileRequests } from './hostile-requests.ts';
import { API_KEY_SECRET, API_KEY_SID, basic, createRandom, HOOK, startService } from './start-service.ts';

const RUNS = 15;

/** One world, lived through once: customers, a bot, hostile requests, faults and passing time, all from one seed. */
async function live(seed: number) {
  const service = startService({ random: createRandom(seed) });
  const chance = createRandom(seed + 1);
  service.configureWebhooks({
    PreWebhookUrl: `${HOOK}/pre`,
    PostWebhookUrl: HOOK,
    Filters: ['onMessageAdd', 'onMessageAdded', 'onDeliveryUpdated', 'onConversationStateUpdated'],
  });
  service.answer(() => ({ status: chance() < 0.8 ? 200 : 503, headers: {}, body: '' }));
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  const known = { ChatServiceSid: service.serviceSid, ConversationSid: conversationSid };
  const next = createHostileRequests(chance, basic(API_KEY_SID, API_KEY_SECRET), known);
  service.faults.arm({ kind: 'webhook-reorder', share: 0.2, times: null });
  service.faults.arm({ kind: 'error', when: 'after', share: 0.2, times: null, operation: 'messages.create' });
  // Nothing is waited for before time passes: a slow answer or a retried pre-event webhook waits for that very time.
  const underWay: Promise<unknown>[] = [];
  for (let n = 0; n < 30; n += 1) {
    const hostile = next();
    underWay.push(
      service.handle({ ...hostile, url: hostile.path }),
      service.rest('POST', `/v1/Conversations/${conversationSid}/Messages`, { Body: `answer ${n}` }),
      service.customer.write({ conversationSid, body: `question ${n}` }).catch(() => undefined),
    );
    await service.clock.advance(Math.floor(chance() * 2000));
  }
  await service.clock.advance(60_000);
  await Promise.allSettled(underWay);
  return { saved: service.save(), sent: service.sent, told: service.told };
}

describe('one seed', () => {
  it('gives one world: the same SIDs, webhooks, happenings and state', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const [once, again] = [await live(seed), await live(seed)];
        sent += once.sent.length;
        expect(again.sent).toEqual(once.sent);
        expect(again.told).toEqual(once.told);
        expect(again.saved).toBe(once.saved);
      }),
      { numRuns: RUNS },
    );
    // Otherwise there was nothing to be the same. One world alone may be still: hostile requests end conversations.
    expect(sent).toBeGreaterThan(10 * RUNS);
  });

  it('gives another world than another', async () => {
    const [one, other] = [await live(1), await live(2)];
    expect(one.saved).not.toBe(other.saved);
  });

  it('is all there is: neither time nor chance of the machine is asked for', async () => {
    const { now } = Date;
    const { random } = Math;
    const asked = () => expect.unreachable('the service asked the machine');
    Date.now = asked;
    Math.random = asked;
    try {
      await live(3);
    } finally {
      Date.now = now;
      Math.random = random;
    }
  });
});
