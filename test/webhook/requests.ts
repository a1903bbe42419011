import type { FormParams } from '../../lib/event/form-params.ts';
import { signWebhook } from '../../lib/webhook/sign-webhook.ts';
import { toLambdaEvent } from '../../local/lambda/lambda-event.ts';
import { toBase64 } from '../../local/lambda/to-base64.ts';

export const TOKEN = 'invented-auth-token-0123456789ab';
export const URL_1 = 'https://bot.example.com/webhook';

/** A form as Twilio writes it: sorted, `+` for a space. */
export function encodeForm(params: FormParams): string {
  const form = new URLSearchParams();
  for (const [name, values] of params) for (const value of values) form.append(name, value);
  form.sort();
  return form.toString();
}

export function toParams(record: Readonly<Record<string, string | readonly string[]>>): FormParams {
  return new Map(Object.entries(record).map(([name, value]) => [name, [value].flat()]));
}

export interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** A signed webhook, ready for a front door. */
export function signedPost(params: FormParams, { token = TOKEN, url = URL_1 } = {}): Post {
  return {
    body: encodeForm(params),
    headers: {
      Host: 'bot.example.com',
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      'X-Twilio-Signature': signWebhook(token, url, params),
    },
  };
}

type Door = (post: Post) => Record<string, unknown>;

const lowerCase = (headers: Post['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const lists = (headers: Post['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
const base64 = (body: string) => ({ body: toBase64(body), isBase64Encoded: true });
const plain = (body: string) => ({ body, isBase64Encoded: false });

const payload2: Door = ({ body, headers, method = 'POST' }) =>
  toLambdaEvent({ method, url: URL_1, headers, body }, 0);
const rest: Door = ({ headers, method = 'POST' }) => ({
  resource: '/webhook',
  path: '/webhook',
  httpMethod: method,
  headers,
  multiValueHeaders: lists(headers),
  queryStringParameters: null,
  requestContext: { stage: 'prod', path: '/prod/webhook', httpMethod: method },
});
const alb: Door = ({ method = 'POST' }) => ({
  requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:invented' } },
  httpMethod: method,
  path: '/webhook',
  queryStringParameters: {},
});

/** The same request through every front door, in both encodings of its body. */
export const DOORS: Readonly<Record<string, Door>> = {
  'an HTTP API': payload2,
  'an HTTP API with a plain body': (post) => ({ ...payload2(post), ...plain(post.body) }),
  'a Function URL': (post) => ({ ...payload2(post), routeKey: '$default', cookies: [] }),
  'a REST API': (post) => ({ ...rest(post), ...plain(post.body) }),
  'a REST API with binary media types': (post) => ({ ...rest(post), ...base64(post.body) }),
  'a REST API test event without headers lists': (post) => ({
    ...rest(post),
    ...plain(post.body),
    multiValueHeaders: null,
  }),
  'a load balancer': (post) => ({ ...alb(post), headers: lowerCase(post.headers), ...base64(post.body) }),
  'a load balancer with multi-value headers': (post) => ({
    ...alb(post),
    multiValueHeaders: lists(lowerCase(post.headers)),
    ...plain(post.body),
  }),
};

/** The front door parley deploys behind. */
export function httpApi(post: Post): Record<string, unknown> {
  return payload2(post);
}
