import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { FormParams } from '../../lib/event/form-params.ts';
import { signedText, signWebhook } from '../../lib/webhook/sign-webhook.ts';
import { genuine } from '../webhook/cut-signed-text.ts';
import { DOORS, encodeForm, type Post, signedPost, TOKEN, URL_1 } from '../webhook/requests.ts';
import { ACCOUNT_SID, SERVICE_SIDS } from './receiver.ts';

/** A request that must do nothing: it is refused, or at most acknowledged. */
export interface Malformed {
  /** What is wrong with it, for the count at the end. */
  readonly flaw: string;
  readonly request: unknown;
  /** The webhook it was made of, when the change may have left its meaning whole (`%20` for `+`). */
  readonly original?: FormParams;
}

const ours: fc.Arbitrary<FormParams> = genuine.map(
  (params) => new Map([...params, ['AccountSid', [ACCOUNT_SID]]]),
);
const door = fc.constantFrom(...Object.values(DOORS));
const webhook = ours.map((params) => signedPost(params));
const binary = fc.string({ unit: 'binary', maxLength: 40 });

/** A flaw somewhere in an HTTP request, before it comes through one of the front doors. */
function flawed(flaw: string, post: fc.Arbitrary<Post>): fc.Arbitrary<Malformed> {
  return fc.tuple(post, door).map(([post, open]) => ({ flaw, request: open(post) }));
}

const withHeader = (post: Post, name: string, value: string): Post => ({
  ...post,
  headers: { ...post.headers, [name]: value },
});

const noEvent: fc.Arbitrary<Malformed> = fc
  .anything({ maxDepth: 3 })
  .map((request) => ({ flaw: 'no HTTP event', request }));

const wrongMethod = flawed(
  'method',
  fc
    .tuple(webhook, fc.oneof(fc.constantFrom('GET', 'PUT', 'HEAD', 'OPTIONS', 'post', 'POST ', ''), binary))
    .filter(([, method]) => method !== 'POST')
    .map(([post, method]) => ({ ...post, method })),
);

const wrongType = flawed(
  'content type',
  fc
    .tuple(
      webhook,
      fc.oneof(
        fc.constantFrom(
          'application/json',
          'text/plain',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded, application/json',
          'application/x-www-form-urlencoded; charset=utf-16',
          'application/x-www-form-urlencodedx',
          '',
        ),
        binary,
      ),
    )
    .map(([post, type]) => withHeader(post, 'Content-Type', type)),
);

/** The right signature with something done to it; never the right signature itself. */
const wrongSignature = flawed(
  'signature',
  fc
    .tuple(
      webhook,
      fc.constantFrom('replace', 'insert', 'delete', 'repeat', 'instead', 'none'),
      fc.nat({ max: 28 }),
      fc.oneof(fc.constantFrom('=', ',', ' ', '\n', '\0', 'A', 'B', '/', '-', '%3D'), binary),
    )
    .map(([post, change, at, text]): [Post, string] => {
      const signature = post.headers['X-Twilio-Signature'] ?? '';
      const changed = {
        replace: signature.slice(0, at) + text + signature.slice(at + text.length),
        insert: signature.slice(0, at) + text + signature.slice(at),
        delete: signature.slice(0, at) + signature.slice(at + 1),
        repeat: `${signature},${signature}`,
        instead: text,
        none: '',
      }[change];
      return [post, changed === signature ? '' : changed];
    })
    .map(([post, signature]) => withHeader(post, 'X-Twilio-Signature', signature)),
);

/** Signed all right, by somebody without the token, for another URL, or in a way that Twilio does not sign. */
const wrongSigner = flawed(
  'signer',
  fc
    .tuple(
      ours,
      fc.constantFrom<(params: FormParams) => string>(
        (params) => signWebhook('', URL_1, params),
        (params) => signWebhook(`${TOKEN} `, URL_1, params),
        (params) => signWebhook(TOKEN.toUpperCase(), URL_1, params),
        (params) => signWebhook(TOKEN, `${URL_1}/`, params),
        (params) => signWebhook(TOKEN, 'https://evil.example.com/webhook', params),
        (params) => signWebhook(TOKEN, '/webhook', params),
        (params) => signWebhook(TOKEN, `${URL_1}?${encodeForm(params)}`, new Map()),
        (params) => signWebhook(TOKEN, '', params),
        () => signWebhook(TOKEN, URL_1, new Map()),
        (params) => hmac('sha256', URL_1 + signedText(params)),
        (params) => hmac('sha512', URL_1 + signedText(params)).slice(0, 28),
        (params) => hmac('md5', URL_1 + signedText(params)),
        (params) => hmac('sha1', URL_1 + encodeForm(params)),
        (params) =>
          createHash('sha1')
            .update(`${TOKEN}${URL_1}${signedText(params)}`)
            .digest('base64'),
        // The other mode: the URL vouches for a hash of the body.
        (params) => signWebhook(TOKEN, `${URL_1}?bodySHA256=${sha256(encodeForm(params))}`, new Map()),
      ),
    )
    .map(([params, sign]) => withHeader(signedPost(params), 'X-Twilio-Signature', sign(params))),
);

function hmac(algorithm: string, text: string): string {
  return createHmac(algorithm, TOKEN).update(text).digest('base64');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** One to three bytes of the body are others, more, or fewer. */
const bytesChanged: fc.Arbitrary<Malformed> = fc
  .tuple(
    ours,
    door,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('set', 'insert', 'cut', 'double', 'end'), fc.nat(255)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([original, open, changes]) => {
    const { body, headers } = signedPost(original);
    let bytes: Buffer = Buffer.from(body);
    for (const [where, change, byte] of changes) bytes = changeBytes(bytes, where, change, byte);
    const request = open({ headers, body: bytes.toString('latin1') });
    return { flaw: 'bytes', request: reencode(request, bytes), original };
  });

function changeBytes(bytes: Buffer, where: number, change: string, byte: number): Buffer {
  const at = where % Math.max(1, bytes.length);
  const piece = Buffer.from([byte]);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (change) {
    case 'set':
      return Buffer.concat([before, piece, after.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, piece, after]);
    case 'cut':
      return Buffer.concat([before, after.subarray(1 + byte)]);
    case 'double':
      return Buffer.concat([bytes, Buffer.from('&'), after]);
    default:
      return before;
  }
}

/** A door that sends base64 sends these very bytes. */
function reencode(request: Record<string, unknown>, bytes: Buffer): Record<string, unknown> {
  return request['isBase64Encoded'] === true ? { ...request, body: bytes.toString('base64') } : request;
}

/** What says that it is base64 is not, or not quite; what says that it is not, is. */
const wrongEncoding: fc.Arbitrary<Malformed> = fc
  .tuple(
    ours,
    fc.nat(),
    fc.constantFrom('flag', 'url-safe', 'space', 'padding', 'cut', 'twice', 'type'),
    binary,
  )
  .map(([original, where, change, text]) => {
    const { body, headers } = signedPost(original);
    const base64 = Buffer.from(body).toString('base64');
    const at = where % base64.length;
    const bodies: Readonly<Record<string, unknown>> = {
      flag: body,
      'url-safe': `${base64.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')}_`,
      space: `${base64.slice(0, at)} ${base64.slice(at)}`,
      padding: `${base64}=`,
      cut: base64.slice(0, at),
      twice: Buffer.from(base64).toString('base64'),
      type: [null, 7, true, [base64], { base64 }, text][where % 6],
    };
    const request = { ...DOORS['an HTTP API']?.({ headers, body: '' }), body: bodies[change] };
    return { flaw: 'encoding', request: { ...request, isBase64Encoded: true } };
  });

const tooLarge = flawed(
  'size',
  fc.tuple(webhook, fc.integer({ min: 262_145, max: 300_000 })).map(([post, length]) => ({
    ...post,
    body: `${post.body}&Zzz=`.padEnd(length, 'x'),
  })),
);

/** Nothing that any identifier, date or number of Twilio's looks like. */
const NO_SHAPE = [
  ' ',
  '\0',
  'null',
  'undefined',
  'NaN',
  '-1',
  '+1',
  '1e3',
  '0x10',
  '1.0',
  '１２',
  '99999999999',
  '../../etc/passwd',
  '%2e%2e%2f',
  "' OR 1=1 --",
  '$(id)',
  '<script>alert(1)</script>',
  '{{7*7}}',
  `CH${'0'.repeat(31)}`,
  `CH${'0'.repeat(33)}`,
  `CH${'g'.repeat(32)}`,
  `ch${'0'.repeat(32)}`,
  `CH${'0'.repeat(32)}\n`,
  ` CH${'0'.repeat(32)}`,
  `ZZ${'0'.repeat(32)}`,
  'onMessageadded',
  'onMessageAdded ',
  '__proto__',
  'constructor',
  '2026-13-01T00:00:00Z',
  '2026-02-01 00:00:00Z',
  '2026-02-01T24:00:00Z',
  '2026-02-01T00:00:00+01:00',
  '2026-02-01T00:00:00.Z',
  '2026-02-01T00:00:00Z\n',
];
const MUST_HAVE_A_SHAPE: Readonly<Record<string, readonly string[]>> = {
  onMessageAdded: ['AccountSid', 'ConversationSid', 'DateCreated', 'EventType', 'Index', 'MessageSid'],
  onMessageUpdated: ['ConversationSid', 'DateUpdated', 'EventType', 'Index', 'MessageSid'],
  onConversationAdded: ['AccountSid', 'ConversationSid', 'DateCreated', 'EventType'],
  onParticipantAdded: ['AccountSid', 'ConversationSid', 'EventType', 'ParticipantSid'],
  onDeliveryUpdated: ['ConversationSid', 'DeliveryReceiptSid', 'EventType', 'MessageSid'],
  onUserAdded: ['EventType', 'UserSid'],
};

/** Signed with the right token all the same, as only Twilio, or a thief of the token, could. */
const wrongContent: fc.Arbitrary<Malformed> = fc
  .tuple(ours, door, fc.constantFrom('shape', 'missing', 'repeated', 'many', 'json'), fc.nat())
  .map(([params, open, change, where]) => {
    const pick = (list: readonly string[]) => list[where % list.length] ?? '';
    const eventType = params.get('EventType')?.[0] ?? '';
    const field = pick(MUST_HAVE_A_SHAPE[eventType] ?? ['EventType']);
    // What carries no Attributes may say under that name what it likes.
    const attributes = eventType === 'onDeliveryUpdated' ? 'MessageSid' : 'Attributes';
    const flaws: Readonly<Record<string, () => readonly (readonly [string, readonly string[]])[]>> = {
      shape: () => [...params, [field, [pick(NO_SHAPE)]]],
      missing: () => [...params].filter(([name]) => name !== field),
      repeated: () => [...params, [field, [...(params.get(field) ?? []), 'other']]],
      many: () => [...params, ...Array.from({ length: 200 }, (_, i) => [`Zz${i}`, ['']] as const)],
      json: () => [...params, [attributes, [pick(['{', '{"a":1}}', "{'a':1}", 'yes', '[1,]', '{"a"'])]]],
    };
    const changed = new Map(flaws[change]?.() ?? []);
    return { flaw: `signed ${change}`, request: open(signedPost(changed)) };
  });

/** Bytes that are not UTF-8, signed as whoever decodes leniently would read them. */
const NO_UTF8 = ['%ff', '%C0%AF', '%ED%A0%80', '%F5%80%80%80', '%E2%82', '%80', '%zz', '%', '%2', '\u0080'];
const wrongText: fc.Arbitrary<Malformed> = fc
  .tuple(ours, fc.constantFrom(...NO_UTF8), fc.boolean())
  .map(([params, bad, inName]) => {
    const lenient = new Map([...params, inName ? ['B\ufffd', ['x']] : ['Body', ['x\ufffd']]] as const);
    const { body, headers } = signedPost(lenient);
    const bytes = Buffer.from(`${body.replace('%EF%BF%BD', bad)}`, 'latin1');
    const request = { ...DOORS['an HTTP API']?.({ headers, body: '' }), body: bytes.toString('base64') };
    return { flaw: 'text', request };
  });

export const malformed: fc.Arbitrary<Malformed> = fc.oneof(
  { weight: 60, arbitrary: noEvent },
  { weight: 60, arbitrary: wrongMethod },
  { weight: 60, arbitrary: wrongType },
  { weight: 200, arbitrary: wrongSignature },
  { weight: 120, arbitrary: wrongSigner },
  { weight: 250, arbitrary: bytesChanged },
  { weight: 100, arbitrary: wrongEncoding },
  { weight: 1, arbitrary: tooLarge },
  { weight: 150, arbitrary: wrongContent },
  { weight: 60, arbitrary: wrongText },
);

/** The same parameters in another order and another, valid, percent-encoding: as good as the original. */
export const respelled: fc.Arbitrary<Required<Omit<Malformed, 'flaw'>>> = fc
  .tuple(
    ours.map((params) => new Map([...params, ['ChatServiceSid', [SERVICE_SIDS[0]]]])),
    door,
    fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }),
  )
  .map(([original, open, draws]) => {
    let drawn = 0;
    const draw = () => draws[drawn++ % draws.length] === true;
    const { headers } = signedPost(original);
    const pairs = [...original].flatMap(([name, values]) => values.map((value) => [name, value] as const));
    const body = (draw() ? pairs.toReversed() : pairs)
      .map(([name, value]) => `${draw() ? '&' : ''}${respell(name, draw)}=${respell(value, draw)}`)
      .join('&');
    return { request: open({ headers, body }), original };
  });

function respell(text: string, draw: () => boolean): string {
  return [...encodeURIComponent(text).matchAll(/%..|./g)]
    .map(([character]) => {
      if (character === '%20' && draw()) return '+';
      if (character.length > 1) return draw() ? character.toLowerCase() : character;
      return draw() ? `%${character.charCodeAt(0).toString(16)}` : character;
    })
    .join('');
}
