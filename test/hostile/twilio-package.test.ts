import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import type { FormParams } from '../../lib/event/form-params.ts';
import { httpApi, type Post, signedPost, TOKEN, toParams, URL_1 } from '../webhook/requests.ts';
import { ACCOUNT_SID, createReceiver, SERVICE_SIDS } from './receiver.ts';

/**
 * What the twilio package's own tests try on its validator, tried on the receive function too. Where the two differ
 * parley is the stricter one: it serves one URL, in one mode.
 */
interface Idea {
  readonly idea: string;
  /** As configured at Twilio and in PUBLIC_URL. */
  readonly url?: string;
  readonly params?: FormParams;
  /** What the token is put to: another URL, other parameters. */
  readonly signedUrl?: string;
  readonly signedParams?: FormParams;
  readonly token?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly package: boolean;
  readonly status: number;
}

const sid = (prefix: string) => `${prefix}${'0123456789abcdef'.repeat(2)}`;
const message = {
  AccountSid: ACCOUNT_SID,
  Author: '+15550100001',
  Body: "Where's order 12345? 🙏",
  ChatServiceSid: SERVICE_SIDS[0],
  ConversationSid: sid('CH'),
  DateCreated: '2026-11-20T09:30:00.250Z',
  EventType: 'onMessageAdded',
  Index: '4',
  MessageSid: sid('IM'),
  ParticipantSid: sid('MB'),
  Source: 'SMS',
};
const params = toParams(message);
const opened = toParams({
  AccountSid: ACCOUNT_SID,
  ChatServiceSid: SERVICE_SIDS[0],
  ConversationSid: sid('CH'),
  DateCreated: '2026-11-20T09:30:00.250Z',
  EventType: 'onConversationAdded',
  'MessagingBinding.Address': ['+15550100002', '+15550100001'],
  Source: 'SMS',
});
const HOST = 'https://bot.example.com';
const withBody = (Body: string) => new Map([...params, ['Body', [Body]]]);

const IDEAS: readonly Idea[] = [
  { idea: 'what it signed', package: true, status: 200 },
  { idea: 'another parameter', params: withBody('no'), signedParams: params, package: false, status: 403 },
  {
    idea: 'a parameter more',
    params: new Map([...params, ['Zed', ['']]]),
    signedParams: params,
    package: false,
    status: 403,
  },
  {
    idea: 'a parameter less',
    params: new Map([...params].slice(1)),
    signedParams: params,
    package: false,
    status: 403,
  },
  { idea: 'another token', token: 'another', package: false, status: 403 },
  { idea: 'no header', headers: { 'X-Twilio-Signature': '' }, package: false, status: 403 },
  { idea: 'nonsense in the header', headers: { 'X-Twilio-Signature': 'bad' }, package: false, status: 403 },
  {
    idea: 'a port that was not signed',
    url: `${HOST}:8443/webhook`,
    signedUrl: URL_1,
    package: true,
    status: 200,
  },
  { idea: 'a signed port', url: `${HOST}:8443/webhook`, package: true, status: 200 },
  { idea: 'a default port that was signed', signedUrl: `${HOST}:443/webhook`, package: true, status: 200 },
  {
    idea: 'another port',
    url: `${HOST}:8443/webhook`,
    signedUrl: `${HOST}:8444/webhook`,
    package: false,
    status: 403,
  },
  { idea: 'a query string', url: `${HOST}/webhook?foo=1&bar=2`, package: true, status: 200 },
  { idea: 'a query string that is not configured', signedUrl: `${URL_1}?foo=1`, package: false, status: 403 },
  { idea: 'a quote in the query', url: `${HOST}/webhook?name=o'brien`, package: true, status: 200 },
  {
    idea: 'a quote in the query that was signed escaped, as some products of Twilio do',
    url: `${HOST}/webhook?name=o'brien`,
    signedUrl: `${HOST}/webhook?name=o%27brien`,
    package: true,
    status: 403,
  },
  { idea: 'a quote in the path', url: `${HOST}/it's`, package: true, status: 200 },
  {
    idea: 'a path that a URL parser would repair',
    url: `${HOST}/{x}`,
    signedUrl: `${HOST}/%7Bx%7D`,
    package: true,
    status: 403,
  },
  { idea: 'capitals in the host', url: 'https://BOT.example.com/webhook', package: true, status: 200 },
  { idea: 'a list, in any order', params: opened, package: true, status: 200 },
  {
    idea: 'a list with the same twice',
    params: new Map([
      ...opened,
      ['MessagingBinding.Address', ['+15550100001', '+15550100001', '+15550100002']],
    ]),
    signedParams: opened,
    package: true,
    status: 200,
  },
  {
    idea: 'a list where one value belongs',
    params: new Map([...params, ['Body', ['a', 'b']]]),
    package: true,
    status: 403,
  },
  { idea: 'no parameters', params: new Map(), package: true, status: 400 },
  { idea: 'a GET, its parameters in the URL', method: 'GET', body: '', package: true, status: 405 },
  {
    idea: 'a body of JSON that the URL vouches for',
    url: `${URL_1}?bodySHA256=${'0'.repeat(64)}`,
    params: new Map(),
    headers: { 'Content-Type': 'application/json' },
    body: '{"a":1}',
    package: true,
    status: 415,
  },
  {
    idea: 'a form that the URL vouches for and no signature',
    url: `${URL_1}?bodySHA256=${'0'.repeat(64)}`,
    signedParams: new Map(),
    package: false,
    status: 403,
  },
];

function requestOf(idea: Idea): { readonly post: Post; readonly url: string; readonly params: FormParams } {
  const { url = URL_1, signedUrl = url, token = TOKEN, method = 'POST' } = idea;
  const given = idea.params ?? params;
  const { body } = signedPost(given);
  const { headers } = signedPost(idea.signedParams ?? given, { token, url: signedUrl });
  return {
    url,
    params: given,
    post: { method, body: idea.body ?? body, headers: { ...headers, ...idea.headers } },
  };
}

function packageSays({ post, url, params }: ReturnType<typeof requestOf>): boolean {
  const signature = post.headers['X-Twilio-Signature'] ?? '';
  const record = Object.fromEntries(
    [...params].map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]),
  );
  return twilio.validateRequest(TOKEN, signature, url, record);
}

describe("what the twilio package's tests try", () => {
  it.each(IDEAS)('$idea: the package says $package, parley answers $status', async (idea) => {
    const request = requestOf(idea);
    expect(packageSays(request)).toBe(idea.package);
    const receive = createReceiver({ publicUrl: request.url });
    const { answer, queued } = await receive(httpApi(request.post));
    expect(answer.statusCode).toBe(idea.status);
    expect(queued).toHaveLength(idea.status === 200 ? 1 : 0);
  });

  it('is nowhere taken in by parley and not by the package', () => {
    for (const { idea, status, package: valid } of IDEAS) {
      if (status === 200) expect(valid, idea).toBe(true);
    }
  });

  it('includes a request to another host, which the package would check against the Host header', async () => {
    const evil = 'https://evil.example.com/webhook';
    const { body, headers } = signedPost(params, { url: evil });
    const request = { protocol: 'https', originalUrl: '/webhook', body: Object.fromEntries(params) };
    const header = (name: string) =>
      name === 'X-Twilio-Signature' ? headers['X-Twilio-Signature'] : undefined;
    const asExpress = { ...request, headers: { host: 'evil.example.com' }, header } as never;
    expect(twilio.validateIncomingRequest(asExpress, TOKEN)).toBe(true);
    const { answer, queued } = await createReceiver()(
      httpApi({
        body,
        headers: { ...headers, Host: 'evil.example.com', 'X-Forwarded-Host': 'evil.example.com' },
      }),
    );
    expect([answer.statusCode, queued]).toEqual([403, []]);
  });

  // 28 characters of base64 hold 168 bits, a digest 160 and two that must be zero: three other spellings decode alike.
  it('includes the bits that base64 leaves over, which no signature of Twilio has set', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const { body, headers } = signedPost(params);
    const signature = headers['X-Twilio-Signature'] ?? '';
    const last = alphabet.indexOf(signature[26] ?? '');
    for (const spare of [1, 2, 3]) {
      const other = `${signature.slice(0, 26)}${alphabet[last + spare]}=`;
      expect(Buffer.from(other, 'base64')).toEqual(Buffer.from(signature, 'base64'));
      expect(twilio.validateRequest(TOKEN, other, URL_1, message)).toBe(false);
      const { answer } = await createReceiver()(
        httpApi({ body, headers: { ...headers, 'X-Twilio-Signature': other } }),
      );
      expect(answer.statusCode).toBe(403);
    }
  });
});
