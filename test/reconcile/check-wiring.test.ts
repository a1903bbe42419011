import { describe, expect, it } from 'vitest';
import type { Wiring } from '../../lib/reconcile/look-state.ts';
import { anothersUntil, checkWiring, isRewired } from '../../lib/reconcile/wiring.ts';
import type { WebhookConfiguration } from '../../lib/twilio/webhook-configuration.ts';
import { barePorts, FIRST, failed, MINUTE, OTHERS, OURS, refused, START, webhooksTo } from './bare-ports.ts';

/** A stack for whose service, and for whose account, Twilio says this. */
function stack(
  service: WebhookConfiguration | Error,
  account: WebhookConfiguration | Error = webhooksTo(null),
) {
  const asked: (string | undefined)[] = [];
  const fetchWebhooks = async (serviceSid?: string) => {
    asked.push(serviceSid);
    const answer = serviceSid === undefined ? account : service;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ...barePorts({ fetchWebhooks }), asked };
}

const check = (service: WebhookConfiguration | Error, account?: WebhookConfiguration, before?: Wiring) =>
  checkWiring(stack(service, account).ports, FIRST, before);
const HASH = expect.stringMatching(/^[0-9a-f]{16}$/);
const OLD: Wiring = { checkedAt: START - 60 * MINUTE, target: 'other', hash: 'before' };

describe('whose a service’s webhooks are', () => {
  it('is said by its own URL, and the account is not asked', async () => {
    const { ports, asked, lines } = stack(webhooksTo(OURS), webhooksTo(OTHERS));
    const wiring = await checkWiring(ports, FIRST, undefined);
    expect(wiring).toStrictEqual({ checkedAt: START, target: 'ours', hash: HASH });
    expect(asked).toEqual([FIRST]);
    expect(lines).toEqual([]);
  });

  it.each([null, ''])('is said by the account’s where its own is %o', async (none) => {
    const { ports, asked } = stack(webhooksTo(none), webhooksTo(OTHERS));
    const wiring = await checkWiring(ports, FIRST, undefined);
    expect(wiring).toStrictEqual({ checkedAt: START, target: 'other', hash: HASH });
    expect(asked).toEqual([FIRST, undefined]);
  });

  it('is unknown where neither has a URL, whatever it was before', async () => {
    const { ports, reasons } = stack(webhooksTo(null), webhooksTo(''));
    expect(await checkWiring(ports, FIRST, OLD)).toStrictEqual({ checkedAt: START, target: 'unknown' });
    expect(reasons('wiring_unknown')).toEqual(['no_url']);
  });

  it('is unknown where the key may not ask, and what it was is kept for comparison alone', async () => {
    const { ports, reasons } = stack(refused());
    expect(await checkWiring(ports, FIRST, OLD)).toStrictEqual({
      checkedAt: START,
      target: 'unknown',
      hash: 'before',
    });
    const unknown = { checkedAt: START, target: 'unknown' };
    expect(await checkWiring(ports, FIRST, undefined)).toStrictEqual(unknown);
    const without: Wiring = { checkedAt: OLD.checkedAt, target: 'other' };
    expect(await checkWiring(ports, FIRST, without)).toStrictEqual(unknown);
    expect(reasons('wiring_unknown')).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('is what it was when asking fails, and unknown where nothing was known', async () => {
    const { ports, reasons } = stack(failed());
    expect(await checkWiring(ports, FIRST, OLD)).toStrictEqual({ ...OLD, checkedAt: START });
    const nothing = { checkedAt: START, target: 'unknown', failed: true };
    expect(await checkWiring(ports, FIRST, undefined)).toStrictEqual(nothing);
    expect(reasons('wiring_unknown')).toEqual(['server_failure', 'server_failure']);
  });
});

describe('what is known', () => {
  it.each([
    [0, false],
    [14.5 * MINUTE - 1, false],
    [14.5 * MINUTE, true],
    [60 * MINUTE, true],
  ])('for %d ms is asked anew: %s', async (age, anew) => {
    const { ports, asked } = stack(webhooksTo(OURS));
    const before: Wiring = { checkedAt: START - age, target: 'other', hash: 'before' };
    const now = await checkWiring(ports, FIRST, before);
    expect(asked.length > 0).toBe(anew);
    expect(now === before).toBe(!anew);
  });

  // Cause: a new table at a standby took what the first stack had to answer for its own for a quarter of an hour.
  it('is asked anew in the next round where asking failed and nothing was known, until it is answered', async () => {
    const before: Wiring = { checkedAt: START - 5 * MINUTE, target: 'unknown', failed: true };
    const again = await checkWiring(stack(failed()).ports, FIRST, before);
    expect(again).toStrictEqual({ ...before, checkedAt: START });
    expect(await checkWiring(stack(refused()).ports, FIRST, again)).toStrictEqual({
      checkedAt: START,
      target: 'unknown',
    });
    expect(await check(webhooksTo(OTHERS), undefined, again)).toStrictEqual({
      checkedAt: START,
      target: 'other',
      hash: HASH,
    });
  });

  it('is asked anew at once where a wide look is to begin', async () => {
    const { ports } = stack(webhooksTo(OURS));
    const before: Wiring = { checkedAt: START, target: 'other', hash: 'before' };
    expect(await checkWiring(ports, FIRST, before, true)).toMatchObject({ target: 'ours', hash: HASH });
  });
});

describe('the hash', () => {
  const hash = async (configuration: WebhookConfiguration) => (await check(configuration)).hash;
  const of = (fields: Partial<WebhookConfiguration>) =>
    hash({ ...webhooksTo(OURS, ['onMessageAdded', 'onMessageUpdated']), ...fields });

  it('is the same for the same events in another order', async () => {
    expect(await of({ filters: ['onMessageUpdated', 'onMessageAdded'] })).toBe(await of({}));
  });

  it('is another where the same URL is ours', async () => {
    const { ports } = stack(webhooksTo(OURS));
    const wiring = await checkWiring({ ...ports, publicUrls: [OTHERS] }, FIRST, undefined);
    expect(wiring).toMatchObject({ target: 'other', hash: HASH });
    expect(wiring.hash).not.toBe(await hash(webhooksTo(OURS)));
  });

  it.each<Partial<WebhookConfiguration>>([
    { post_webhook_url: `${OURS}?x=1` },
    { method: 'GET' },
    { filters: ['onMessageAdded'] },
    { filters: null },
  ])('is another with %o', async (change) => {
    expect(await of(change)).toMatch(/^[0-9a-f]{16}$/);
    expect(await of(change)).not.toBe(await of({}));
  });
});

describe('what was written may have been another’s to answer', () => {
  const at = (minute: number, target: Wiring['target']): Wiring => ({
    checkedAt: START + minute * MINUTE,
    target,
  });

  it.each<[name: string, before: Wiring | undefined, now: Wiring | undefined, until: number | undefined]>([
    ['until the next check, where it is another’s now', undefined, at(0, 'other'), 15],
    ['until the next check, where it became another’s', at(-15, 'ours'), at(0, 'other'), 15],
    ['until the next check, where it is still another’s', at(-15, 'other'), at(0, 'other'), 15],
    ['until this check, where it was another’s at the one before', at(-15, 'other'), at(0, 'ours'), 0],
    ['until this check, where nobody can say any more', at(-15, 'other'), at(0, 'unknown'), 0],
    ['at no time, where it is ours', undefined, at(0, 'ours'), undefined],
    ['at no time, where it was ours before', at(-15, 'ours'), at(0, 'ours'), undefined],
    ['at no time, where nobody could say', at(-15, 'unknown'), at(0, 'unknown'), undefined],
    ['at no time that is known, where it is not checked any more', at(-15, 'other'), undefined, undefined],
    ['at no time that is known, where it never was', undefined, undefined, undefined],
  ])('%s', (_, before, now, minutes) => {
    const until = minutes === undefined ? undefined : START + minutes * MINUTE;
    expect(anothersUntil(before, now)).toBe(until);
  });

  it('at no time that is new, where it was not checked anew', () => {
    const wiring = at(0, 'other');
    expect(anothersUntil(wiring, wiring)).toBeUndefined();
  });
});

describe('webhooks may have been lost', () => {
  const says = (target: Wiring['target'], hash = 'a'): Wiring => ({ checkedAt: START, target, hash });

  it.each<[name: string, before: Wiring | undefined, now: Wiring | undefined, isSo: boolean]>([
    ['where the URL or the events have changed', says('ours'), says('ours', 'b'), true],
    ['where it has no URL any more', says('ours'), { checkedAt: START, target: 'unknown' }, true],
    ['where PUBLIC_URL names another’s URL now', says('other'), says('ours', 'b'), true],
    ['where that shows after nobody could say', says('unknown'), says('ours', 'b'), true],
    ['not where nobody can say any more whether it is another’s', says('other'), says('unknown'), false],
    ['not where it becomes another’s', says('ours'), says('other', 'b'), false],
    ['not where it cannot be asked for a while', says('ours'), says('unknown'), false],
    ['not where nothing has changed', says('other'), says('other'), false],
    ['not where nothing was known', undefined, says('ours'), false],
    ['not where it does not matter any more', says('other'), undefined, false],
  ])('%s', (_, before, now, isSo) => {
    expect(isRewired(before, now)).toBe(isSo);
  });
});
