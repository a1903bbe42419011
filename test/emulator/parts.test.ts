import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressType } from '../../emulator/address-type.ts';
import { createCredentials } from '../../emulator/credentials.ts';
import { parseDate, parseDuration, restDate, webhookDate } from '../../emulator/dates.ts';
import { createMatcher } from '../../emulator/match-route.ts';
import { makeBinding } from '../../emulator/resources/messaging-binding.ts';
import { summarizeDelivery } from '../../emulator/resources/summarize-delivery.ts';
import { ROUTES } from '../../emulator/routes.ts';
import { settingsSchema } from '../../emulator/settings.ts';
import { createSids, randomUuid } from '../../emulator/sids.ts';
import type { Receipt } from '../../emulator/state.ts';
import { sidPattern } from '../../lib/sid.ts';
import { basic, createRandom } from './start-service.ts';

describe('SIDs', () => {
  it('are two letters and 32 hexadecimal digits, each another', () => {
    const newSid = createSids(createRandom());
    const sids = Array.from({ length: 1000 }, () => newSid('IM'));
    for (const sid of sids) expect(sid).toMatch(sidPattern('IM'));
    expect(new Set(sids).size).toBe(1000);
  });

  it('come with UUIDs of version 4', () => {
    const random = createRandom();
    for (let n = 0; n < 100; n += 1) {
      expect(randomUuid(random)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });
});

describe('dates', () => {
  it('are printed without milliseconds for REST and with them for webhooks', () => {
    const ms = Date.parse('2015-12-16T22:18:37.999Z');
    expect([restDate(ms), webhookDate(ms)]).toEqual(['2015-12-16T22:18:37Z', '2015-12-16T22:18:37.999Z']);
  });

  it('are read back as they were printed', () => {
    const range = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => parseDate(webhookDate(date.getTime())) === date.getTime()),
    );
  });

  it.each([
    '',
    'today',
    '2015-12-16',
    '2015-12-16 22:18:37',
    '2015-02-30T25:00:00Z',
    '2015-12-16T22:18:37',
    '1450304317',
  ])('%j is none', (text) => expect(parseDate(text)).toBeUndefined());

  it.each([
    ['2015-12-16T22:18:37+02:00', '2015-12-16T20:18:37Z'],
    ['2015-12-16T22:18:37.5Z', '2015-12-16T22:18:37Z'],
  ])('%s is %s', (text, utc) => expect(restDate(parseDate(text) ?? 0)).toBe(utc));

  it.each([
    ['PT1M', 60_000],
    ['PT0S', 0],
    ['P1D', 86_400_000],
    ['P1DT2H3M4S', 93_784_000],
    ['PT90S', 90_000],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['1M', undefined],
    ['PT1M30', undefined],
    ['PT-1M', undefined],
    ['P1Y', undefined],
    ['P36501D', undefined],
    ['P99999999999999D', undefined],
  ])('the duration %s is %s ms', (text, ms) => expect(parseDuration(text)).toBe(ms));
});

describe('credentials', () => {
  const initial = { accountSid: 'AC1', authToken: 'token', apiKeySid: 'SK1', apiKeySecret: 'secret' };

  it.each([
    [basic('AC1', 'token'), true],
    [basic('SK1', 'secret'), true],
    [basic('AC1', 'secret'), false],
    [basic('SK1', 'token'), false],
    [basic('AC1', ''), false],
    [basic('AC1', 'token '), false],
    [basic('ac1', 'token'), false],
    [basic('', ''), false],
    [basic('AC1', 'token').replace('Basic', 'basic'), true],
    [basic('AC1', 'token').replace('Basic', 'Bearer'), false],
    [`Basic ${btoa('AC1')}`, false],
    ['Basic', false],
    ['Basic %%%', false],
    ['', false],
    [undefined, false],
  ])('%j opens: %s', (authorization, opens) => {
    expect(createCredentials(initial).accepts(authorization)).toBe(opens);
  });

  it('let a colon be part of a secret', () => {
    const credentials = createCredentials({ ...initial, apiKeySecret: 'a:b' });
    expect(credentials.accepts(basic('SK1', 'a:b'))).toBe(true);
  });

  it('know a second token that opens at once and signs when it is promoted', () => {
    const credentials = createCredentials(initial);
    expect(credentials.promote()).toBe(false);
    credentials.createSecondary('next');
    expect([credentials.authToken, credentials.accepts(basic('AC1', 'next'))]).toEqual(['token', true]);
    expect(credentials.promote()).toBe(true);
    expect([credentials.authToken, credentials.secondaryToken]).toEqual(['next', undefined]);
    expect(credentials.accepts(basic('AC1', 'token'))).toBe(false);
  });
});

describe('routes', () => {
  const match = createMatcher(ROUTES);

  it('are each found by their own path and by nothing shorter or longer', () => {
    for (const { method, path, operation } of ROUTES) {
      const concrete = path.replace(/:\w+/g, 'XX');
      const found = match(method, concrete);
      expect(typeof found === 'object' ? found.route.operation : found).toBe(operation);
      expect(match(method, `${concrete}/`)).not.toMatchObject({ route: { operation } });
    }
  });

  it('decode their parameters', () => {
    const found = match('GET', '/v1/Conversations/a%2Fb%20%C3%A4');
    expect(found).toMatchObject({ params: { ConversationSid: 'a/b ä' } });
  });

  it.each([
    '/v1/Conversations/',
    '/v1/Conversations/%zz',
    '/v1//Messages',
    '/V1/Conversations',
    'v1/Conversations',
    '',
  ])('lead nowhere from %j', (path) => expect(match('GET', path)).toBeUndefined());

  it('tell a wrong method from a wrong path', () => {
    expect(match('PUT', '/v1/Conversations')).toBe('wrong-method');
    expect(match('PUT', '/v1/Nothing')).toBeUndefined();
  });

  it('are no two alike', () => {
    const shapes = ROUTES.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe('addresses', () => {
  it.each([
    ['+15550001', 'sms'],
    ['72345', 'sms'],
    ['whatsapp:+15550001', 'whatsapp'],
    ['whatsapp:US.ABC123XYZ', 'whatsapp'],
    [`whatsapp:DE.${'a'.repeat(128)}`, 'whatsapp'],
    ['rcs:+15550001', 'rcs'],
    ['rcs:brand_agent', 'rcs'],
    ['messenger:123', 'messenger'],
    ['urn:mbid:AQAAYyUbut6E4B3T9FLv5EbG', 'apple'],
    ['jo@example.com', 'email'],
  ])('%s is of %s', (address, type) => expect(addressType(address)).toBe(type));

  it.each([
    ...[
      '',
      '+0555',
      '15550002',
      '12',
      '1234567',
      'whatsapp:',
      'whatsapp:72345',
      'whatsapp:US.',
      'whatsapp:us.ABC',
    ],
    ...[`whatsapp:US.${'a'.repeat(129)}`, 'whatsapp:US.A B', 'rcs:', 'rcs:a b', 'messenger:', 'messenger: 1'],
    ...['hello', 'jo@', '@example.com', 'jo@example.com\n', 'constructor:x', `+1${'5'.repeat(300)}`],
  ])('%j is not an address', (address) => {
    expect(() => addressType(address)).toThrow(expect.objectContaining({ twilioCode: 50407 }));
  });

  const settings = settingsSchema.parse({});
  const make = (address?: string, proxyAddress?: string, projectedAddress?: string) =>
    makeBinding({ address, proxyAddress, projectedAddress }, settings);

  it('make a binding of what is there', () => {
    expect(make()).toBeNull();
    expect(make('+15550001')).toEqual({ type: 'sms', address: '+15550001' });
    expect(make(undefined, undefined, '+15550100')).toEqual({ type: 'sms', projected_address: '+15550100' });
    expect(make('whatsapp:+15550001', 'whatsapp:+15550100')).toEqual({
      type: 'whatsapp',
      address: 'whatsapp:+15550001',
      proxy_address: 'whatsapp:+15550100',
    });
  });
});

describe('the summary of a delivery', () => {
  const receipts = (...statuses: Receipt['status'][]) => statuses.map((status) => ({ status }) as Receipt);

  it.each([
    [[], null],
    [['queued'], null],
    [
      ['sent'],
      { total: 1, sent: 'all', delivered: 'none', read: 'none', failed: 'none', undelivered: 'none' },
    ],
    [
      ['queued', 'sent'],
      { total: 2, sent: 'some', delivered: 'none', read: 'none', failed: 'none', undelivered: 'none' },
    ],
    [
      ['delivered', 'read'],
      { total: 2, sent: 'all', delivered: 'all', read: 'some', failed: 'none', undelivered: 'none' },
    ],
    [
      ['failed', 'undelivered', 'read'],
      { total: 3, sent: 'some', delivered: 'some', read: 'some', failed: 'some', undelivered: 'some' },
    ],
  ] as const)('of %j', (statuses, summary) => {
    expect(summarizeDelivery(receipts(...statuses))).toEqual(summary);
  });
});
