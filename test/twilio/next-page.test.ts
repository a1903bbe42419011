import { describe, expect, it } from 'vitest';
import { ForeignPageError } from '../../lib/twilio/foreign-page-error.ts';
import { nextPage } from '../../lib/twilio/next-page.ts';

const HOST = 'https://conversations.twilio.com';
const EDGE = 'https://conversations.dublin.ie1.twilio.com';
const LIST = '/v1/Services/IS1/Conversations/CH1/Messages';

describe('the page after', () => {
  // Cause: an empty URL was refused as a foreign one, where Twilio's own libraries end.
  it.each([null, ''])('the last, whose URL is %o, is none', (url) => {
    expect(nextPage(url, HOST, LIST)).toBeUndefined();
  });

  it.each([
    ['the configured host', `${HOST}${LIST}?Page=1&PageToken=a%2Fb`, HOST],
    ['the configured edge', `${EDGE}${LIST}?Page=1&PageToken=a%2Fb`, EDGE],
    ['the plain host although an edge was asked', `${HOST}${LIST}?Page=1&PageToken=a%2Fb`, EDGE],
    [
      "another of the region's edges",
      `https://conversations.london-ix.ie1.twilio.com${LIST}?Page=1&PageToken=a%2Fb`,
      EDGE,
    ],
    [
      'the region without an edge',
      `https://conversations.ie1.twilio.com${LIST}?Page=1&PageToken=a%2Fb`,
      EDGE,
    ],
    [
      'an edge of the home region',
      `https://conversations.ashburn.us1.twilio.com${LIST}?Page=1&PageToken=a%2Fb`,
      HOST,
    ],
    ['a local service', `http://127.0.0.1:4010${LIST}?Page=1&PageToken=a%2Fb`, 'http://127.0.0.1:4010'],
  ])('on %s is its path and query', (_, url, origin) => {
    expect(nextPage(url, origin, `${LIST}?PageSize=2`)).toBe(`${LIST}?Page=1&PageToken=a%2Fb`);
  });

  it.each([
    ['another host', `https://evil.example${LIST}?Page=1`],
    ['a host that begins like it', `${HOST}.evil.example${LIST}?Page=1`],
    ['another region', `${EDGE}${LIST}?Page=1`],
    ['an edge in another region', `https://conversations.dublin.us1.twilio.com${LIST}?Page=1`],
    ["another of Twilio's products", `https://api.twilio.com${LIST}?Page=1`],
    ['user information that looks like it', `https://conversations.twilio.com@evil.example${LIST}?Page=1`],
    ['user information', `https://a:b@conversations.twilio.com${LIST}?Page=1`],
    ['another port', `${HOST}:8443${LIST}?Page=1`],
    ['no TLS', `http://conversations.twilio.com${LIST}?Page=1`],
    ['another conversation', `${HOST}${LIST.replace('CH1', 'CH2')}?Page=1`],
    ['a path below', `${HOST}${LIST}/IM1?Page=1`],
    ['a path that climbs', `${HOST}${LIST}/../../CH2/Messages?Page=1`],
    ['an encoded path', `${HOST}${LIST.replace('CH1', 'CH%31')}?Page=1`],
    ['no URL', 'next'],
    ['a path only', `${LIST}?Page=1`],
    ['the same page again', `${HOST}${LIST}?Page=0`],
  ])('is not followed to %s', (_, url) => {
    expect(() => nextPage(url, HOST, `${LIST}?Page=0`)).toThrow(ForeignPageError);
  });

  it('of a local service is not followed to Twilio', () => {
    expect(() => nextPage(`${HOST}${LIST}?Page=1`, 'http://127.0.0.1:4010', LIST)).toThrow(ForeignPageError);
  });

  it('names the host in the error, not the query', () => {
    expect(() => nextPage(`https://evil.example${LIST}?PageToken=CANARY`, HOST, LIST)).toThrow(
      /leads to "https:\/\/evil\.example.*Messages"; only https:\/\/conversations\.twilio\.com.* is followed\.$/,
    );
  });

  it('says so when there is no URL at all', () => {
    expect(() => nextPage('CANARY', HOST, LIST)).toThrow(
      `next_page_url leads to "(no URL)"; only ${HOST}${LIST}`,
    );
  });

  it('is shown cut short', () => {
    const { message } = new ForeignPageError('x'.repeat(1_000), HOST);
    expect(message.length).toBeLessThan(250);
  });
});
