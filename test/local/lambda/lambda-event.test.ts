import { describe, expect, it } from 'vitest';
import { toLambdaEvent } from '../../../local/lambda/lambda-event.ts';
import { toBase64 } from '../../../local/lambda/to-base64.ts';

const AT = Date.parse('2026-11-02T09:05:07.500Z');
const request = { method: 'POST', url: 'https://bot.example.com/webhook?a=1&b', headers: {}, body: 'a=b' };

describe('a request as API Gateway hands it over', () => {
  it('has its headers in small letters, and the host that it was sent to', () => {
    const headers = { 'User-Agent': 'TwilioProxy/1.1', Accept: '*/*' };
    const event = toLambdaEvent({ ...request, headers }, AT);
    expect(Object.entries(event.headers)).toEqual([
      ['accept', '*/*'],
      ['host', 'bot.example.com'],
      ['user-agent', 'TwilioProxy/1.1'],
    ]);
    expect(event).toMatchObject({ rawPath: '/webhook', rawQueryString: 'a=1&b', routeKey: 'POST /webhook' });
    expect(event.requestContext).toMatchObject({
      domainName: 'bot.example.com',
      domainPrefix: 'bot',
      http: { method: 'POST', path: '/webhook', userAgent: 'TwilioProxy/1.1' },
    });
  });

  it.each(['host', 'Host'])('keeps the host that a header called %s names', (name) => {
    const event = toLambdaEvent(
      { ...request, url: '/webhook', headers: { [name]: 'other.example.com' } },
      AT,
    );
    expect(event.headers).toEqual({ host: 'other.example.com' });
    expect(event.requestContext.domainName).toBe('other.example.com');
  });

  it('says when it came, both ways', () => {
    const { time, timeEpoch } = toLambdaEvent(request, AT).requestContext;
    expect([time, timeEpoch]).toEqual(['02/Nov/2026:09:05:07 +0000', AT]);
  });
});

describe('base64', () => {
  it.each<[string, Uint8Array | string]>([
    ['nothing', ''],
    ['every byte', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
    ['a text in ASCII', 'Body=hi&Index=0'],
    ['a text in UTF-8', 'Grüße 🙏'],
    ['half a character', '\ud83d'],
    ['more than one chunk', 'ü'.repeat(100_001)],
  ])('of %s is what Node makes of it', (_, content) => {
    expect(toBase64(content)).toBe(Buffer.from(content as string).toString('base64'));
  });
});
