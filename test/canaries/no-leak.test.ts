import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import { createSecret } from '../../lib/aws/secret.ts';
import { SecretMalformedError } from '../../lib/aws/secret-malformed-error.ts';
import { BotError } from '../../lib/errors.ts';
import { createLog } from '../../lib/log.ts';
import type { HttpRequest, HttpResponse, Store } from '../../lib/ports.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { httpApi, signedPost, toParams } from '../webhook/requests.ts';
import { type Canaries, createCanaries } from './canaries.ts';
import { createOutputs, type Outputs } from './outputs.ts';
import { ORIGIN, WEBHOOK_URL } from './planted-world.ts';
import { madeErrors, thrownByAnswer } from './record-errors.ts';
import { createScene, heardIn, type Scene, webhookFields } from './scene.ts';

vi.mock('../../lib/errors.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../lib/errors.ts')>();
  const { recordErrors } = await import('./record-errors.ts');
  return { BotError: recordErrors(original.BotError) };
});

vi.mock('../../lib/queue/process-batch.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../lib/queue/process-batch.ts')>();
  const { thrownByAnswer } = await import('./record-errors.ts');
  const processBatch: typeof original.processBatch = (records, ports, remainingMs) => {
    const answer: typeof ports.answer = async (delivery) => {
      try {
        await ports.answer(delivery);
      } catch (error) {
        thrownByAnswer.push(error);
        throw error;
      }
    };
    return original.processBatch(records, { ...ports, answer }, remainingMs);
  };
  return { ...original, processBatch };
});

let outputs: Outputs;
let canaries: Canaries;
const restore: (() => void)[] = [];

beforeEach(() => {
  canaries = createCanaries();
  outputs = createOutputs();
  madeErrors.length = 0;
  thrownByAnswer.length = 0;
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((text) => {
      outputs.add('console', String(text));
      return true;
    });
    restore.push(() => spy.mockRestore());
  }
});
afterEach(() => {
  for (const undo of restore.splice(0)) undo();
});

function setScene(environment: Readonly<Record<string, string>> = {}): Promise<Scene> {
  return createScene({ canaries, outputs, environment });
}

function expectSilence(scene: Scene): void {
  expect(scene.leaks()).toEqual([]);
  expect(outputs.of('console')).toEqual([]);
}

const heard = () => heardIn(outputs);

/** What Twilio may say about a request, quoting all of it. */
function twilioSays(status: number, body: object | string, headers: Record<string, string> = {}) {
  return (request: HttpRequest): HttpResponse | undefined =>
    request.method === 'POST'
      ? {
          status,
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }
      : undefined;
}

const quoting = (place: string) => {
  const said = canaries.plant(place);
  return {
    code: 50_000,
    message: `Invalid Body: ${said}`,
    detail: said,
    more_info: `https://www.twilio.com/docs/errors/50000?body=${said}`,
    status: 400,
    user_error: { said },
  };
};

describe('nothing that is secret or personal comes out of', () => {
  it('a bot that answers everything there is to answer', async () => {
    const scene = await setScene();
    const { people, world, write } = scene;
    await write(people.text('echo'));
    await write(people.text('two'));
    await write(people.text('ignored'));
    await write(people.text('nothing that a rule knows'));
    await write('STOP');
    await write('a picture', {
      media: [{ contentType: 'image/jpeg', filename: `${canaries.plant('media file name')}.jpg` }],
      attributes: JSON.stringify({ key: canaries.plant('message Attributes') }),
    });
    const { conversationSid, identity } = people.chat;
    await world.service.customer.write({
      conversationSid,
      author: identity,
      body: people.text('echo', 'chat Body'),
    });
    await world.work();
    await world.reconcile();
    for (const outcome of ['replied', 'no_rule', 'suppressed'])
      expect(heard()).toContain(`outcome_${outcome}`);
    expect(heard()).toContain('reconcile_alive');
    expectSilence(scene);
  });

  it('a record in flight only while it is in flight', async () => {
    const scene = await setScene();
    await scene.write(scene.people.text('two'));
    scene.world.break({ twilio: twilioSays(429, {}) });
    await scene.world.work(0.01);
    const stored = JSON.stringify(scene.world.store.items());
    expect(canaries.found(stored)).toEqual(['message Body: two']);
    scene.world.break({});
    await scene.world.work();
    expectSilence(scene);
  });

  it('a webhook that is refused, whatever is wrong with it', async () => {
    const scene = await setScene();
    const { post, world } = scene;
    const mine = (place: string) => canaries.plant(`refused webhook, ${place}`);
    await post({}, { token: mine('another token') });
    await post({ AccountSid: `AC${'9'.repeat(32)}` });
    await post({ ChatServiceSid: `IS${'9'.repeat(32)}` });
    for (const field of [
      'ConversationSid',
      'MessageSid',
      'Index',
      'DateCreated',
      'EventType',
      'Source',
      'Attributes',
      'Media',
    ]) {
      await post({ [field]: mine(field) });
      await post({ [field]: [mine(`${field} first`), mine(`${field} second`)] });
    }
    await post({ [mine('parameter name')]: mine('parameter value') });
    await post({ [`${mine('odd parameter name')} !`]: 'x' });
    await post({ Body: [mine('Body first'), mine('Body second')] });
    await post({ Custom: `${mine('hidden')}ConversationSidCH${'0'.repeat(32)}` });
    await post({ Body: `${mine('control characters')}\r\n{"level":"error"}\u001b[31m\u202e` });
    await post({ Body: `${mine('too long for the queue')}${'\0'.repeat(44_000)}` });
    await post({ EventType: 'onMessageAdd' });
    await world.receive(mine('no event'));
    await world.receive({ body: mine('body'), headers: { [mine('header name')]: mine('header value') } });
    const { headers } = signedPost(new Map(), { token: world.authToken, url: WEBHOOK_URL });
    await world.receive(httpApi({ headers, body: `Body=${mine('not percent-encoded')}%zz` }));
    await world.receive({ ...httpApi({ headers, body: '' }), body: mine('not base64') });
    await world.receive(httpApi({ method: mine('method'), headers, body: '' }));
    await world.receive(httpApi({ headers: { ...headers, 'Content-Type': mine('content type') }, body: '' }));
    await world.receive(
      httpApi({ headers: { ...headers, 'X-Twilio-Signature': mine('no signature') }, body: '' }),
    );
    await scene.world.work();
    for (const reason of [
      'signature',
      'foreign_account',
      'repeated_parameter',
      'hidden_parameter',
      'malformed_form',
      'envelope_too_large',
    ]) {
      expect(heard()).toContain(reason);
    }
    expectSilence(scene);
  });

  it('headers, queries and cookies of a webhook', async () => {
    const scene = await setScene();
    const mine = (place: string) => canaries.plant(place);
    const headers = Object.fromEntries(
      [
        'User-Agent',
        'Cookie',
        'Authorization',
        'X-Forwarded-For',
        'I-Twilio-Idempotency-Token',
        'X-Home-Region',
      ].map((name) => [name, mine(`header ${name}`)]),
    );
    await scene.post({}, { headers });
    const post = signedPost(toParams(webhookFields(scene)), { url: WEBHOOK_URL });
    await scene.world.receive({
      ...httpApi({ ...post, headers: { ...post.headers, ...headers } }),
      // Told on purpose where no signature fits: receive/explain-refusal.ts.
      rawPath: '/webhook',
      rawQueryString: mine('query'),
      cookies: [mine('cookie')],
      requestContext: {
        http: { method: 'POST', sourceIp: mine('address of the caller') },
        // AWS gives it, and it is logged: receive/api-request-id.ts.
        requestId: 'JKJaXmPLvHcESHA=',
      },
    });
    expect(heard()).toContain('webhook_accepted');
    expect(heard()).toContain('webhook_refused');
    expectSilence(scene);
  });

  it('a doubtful webhook, whose text is read from Twilio', async () => {
    const scene = await setScene();
    const { conversationSid, address: author } = scene.people.phone;
    scene.world.service.faults.arm({ kind: 'webhook-drop' });
    const body = scene.people.text('echo');
    const message = await scene.world.service.customer.write({ conversationSid, author, body });
    const strange = { BodyZed: canaries.plant('unknown parameter') };
    await scene.post({ ...strange, MessageSid: String(message['sid']), Index: String(message['index']) });
    await scene.post({ ...strange, MessageSid: `IM${'8'.repeat(32)}`, Index: '99' });
    await scene.world.work();
    for (const way of ['webhook_doubtful', 'outcome_replied', 'gone']) expect(heard()).toContain(way);
    expectSilence(scene);
  });

  it('auth tokens and an API key that cannot be had', async () => {
    const scene = await setScene();
    const log = createLog({ level: 'debug', now: () => 0, write: (line) => outputs.add('log', line) });
    const clock = { now: () => 0 };
    const causes: readonly (() => unknown)[] = [
      () => new SecretMalformedError('it holds no auth token'),
      () =>
        Object.assign(new Error(canaries.plant('message of Secrets Manager')), {
          $response: canaries.plant('response of Secrets Manager'),
        }),
      () => canaries.plant('thrown text'),
    ];
    for (const cause of causes) {
      const read = () => Promise.reject(cause());
      const unavailable = createSecret<never>({ id: 'parley/secret', read, clock, log });
      scene.world.break({ authTokens: unavailable, apiKey: unavailable });
      await scene.post({});
      scene.world.break({ apiKey: unavailable });
      await scene.write(scene.people.text('echo'));
      await scene.world.work(0.1);
      await scene.world.reconcile();
    }
    expect(heard()).toContain('secret_unavailable');
    expect(heard()).toContain('secret_unavailable');
    scene.world.break({});
    await scene.world.work();
    expectSilence(scene);
  });

  it('a queue and a table that fail, quoting the request', async () => {
    const scene = await setScene();
    const fail = async () => {
      const name = 'ThrottlingException';
      const said = canaries.plant('message of an AWS service');
      throw new AwsError(
        'SQS SendMessage',
        Object.assign(new Error(said), { name, $metadata: { said }, request: { said } }),
      );
    };
    scene.world.break({ queue: { send: fail } });
    await scene.write(scene.people.text('echo', 'spooled Body'));
    expect(heard()).toContain('event_spooled');
    scene.world.break({ queue: { send: fail }, store: { put: fail } });
    await scene.write(scene.people.text('echo', 'lost Body'));
    expect(heard()).toContain('queue');
    for (const store of [{ get: fail }, { put: fail }, { list: fail }]) {
      scene.world.break({ store });
      await scene.write(scene.people.text('two', `Body while ${Object.keys(store)} fails`));
      await scene.world.work(0.1);
      await scene.world.reconcile();
    }
    expect(heard()).toContain('aws_failed');
    scene.world.break({});
    await scene.world.reconcile();
    await scene.world.work();
    expect(heard()).toContain('event_unspooled');
    expectSilence(scene);
  });

  it('an event that fails until it is a dead letter: its body is the event, its ids say nothing', async () => {
    const scene = await setScene();
    const said = scene.people.text('echo', 'Body of a dead letter');
    await scene.write(said);
    const breaks = () => Promise.reject(new TypeError(canaries.plant('defect')));
    scene.world.break({ store: { get: breaks, getAll: breaks } });
    await scene.world.work(400);
    const [dead] = scene.world.queue.deadLetters;
    expect(dead?.body).toContain(said);
    expect(heard()).toContain('defect');
    // A defect of ours is not wrapped: what says nothing is the log, which has no field for it.
    thrownByAnswer.length = 0;
    expectSilence(scene);
  });

  it.each<[what: string, status: number, body: (place: string) => object | string, code: string]>([
    ['400', 400, quoting, 'outcome_quarantined'],
    ['401', 401, quoting, 'unauthorized'],
    ['403', 403, quoting, 'outcome_quarantined'],
    ['404', 404, quoting, 'outcome_quarantined'],
    ['409 that passes', 409, (place) => ({ ...quoting(place), code: 50_391 }), 'rejected'],
    ['429', 429, quoting, 'rate_limited'],
    ['500', 500, quoting, 'ambiguous'],
    ['503 in HTML', 503, (place) => `<html>${canaries.plant(place)}</html>`, 'ambiguous'],
    ['301', 301, quoting, 'ambiguous'],
    ['201 that is cut off', 201, (place) => `{"sid":"IM","body":"${canaries.plant(place)}`, 'ambiguous'],
    ['201 that is something else', 201, (place) => ({ [canaries.plant(place)]: 1 }), 'ambiguous'],
  ])('an answer of Twilio that quotes the message: %s', async (what, status, body, code) => {
    const scene = await setScene();
    const headers = {
      'retry-after': canaries.plant('Retry-After'),
      'twilio-request-id': `${canaries.plant('Twilio-Request-Id')} !`,
      'www-authenticate': canaries.plant('WWW-Authenticate'),
      location: `https://${canaries.plant('Location')}.example.com/`,
    };
    scene.world.break({ twilio: twilioSays(status, body(`answer ${what}`), headers) });
    await scene.write(scene.people.text('two'));
    await scene.world.work(0.2);
    expect(heard()).toContain(code);
    expect(madeErrors.length).toBeGreaterThan(0);
    scene.world.break({});
    await scene.world.work();
    expectSilence(scene);
  });

  it('reads from Twilio that fail or are strange, in the reply and in the reconciler', async () => {
    const scene = await setScene({ AGENTS: `RL${'6'.repeat(32)}` });
    const strange: readonly ((request: HttpRequest) => HttpResponse | undefined)[] = [
      ({ method }) =>
        method === 'GET'
          ? {
              status: 400,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(quoting('read refused')),
            }
          : undefined,
      ({ method }) =>
        method === 'GET'
          ? {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ sid: canaries.plant('strange sid'), attributes: 7 }),
            }
          : undefined,
      ({ method }) =>
        method === 'GET' ? { status: 200, headers: {}, body: canaries.plant('no JSON') } : undefined,
      ({ path }) =>
        /Messages\?|Conversations\?/.test(path)
          ? {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({
                messages: [],
                conversations: [],
                meta: { next_page_url: 'https://evil.example.com/' },
              }),
            }
          : undefined,
      () => {
        throw new ConnectionError('connection_lost', ORIGIN, true, 'ECONNRESET');
      },
    ];
    for (const twilio of strange) {
      scene.world.break({ twilio });
      await scene.write(scene.people.text('echo'));
      await scene.world.work(0.1);
      await scene.world.reconcile();
    }
    expect(heard()).toContain('reconcile_failed');
    expect(heard()).toContain('reply_retried');
    scene.world.break({});
    await scene.world.work();
    expectSilence(scene);
  });

  it('rules that cannot be rendered', async () => {
    const scene = await setScene();
    const long = 'x'.repeat(100);
    await scene.write(scene.people.text(`long ${long}`));
    await scene.write(scene.people.text(`variable ${long}`));
    await scene.write('blank');
    await scene.world.work();
    for (const reason of ['text_too_long', 'variable_invalid', 'text_blank']) {
      expect(heard()).toContain(reason);
    }
    expectSilence(scene);
  });

  it('queue messages that are not envelopes', async () => {
    const scene = await setScene();
    const { phone } = scene.people;
    const body = (extra: object) => JSON.stringify({ v: 1, receivedAt: 0, params: {}, ...extra });
    const bodies = [
      canaries.plant('no JSON on the queue'),
      body({ v: canaries.plant('version') }),
      body({ v: 99, later: canaries.plant('newer envelope') }),
      body({ receivedAt: canaries.plant('receivedAt') }),
      body({ params: canaries.plant('params') }),
      body({ params: { [canaries.plant('name of a param')]: { no: canaries.plant('value of a param') } } }),
      body({ params: { EventType: canaries.plant('EventType') } }),
      body({ params: { EventType: 'onMessageAdded', Body: canaries.plant('Body without the rest') } }),
      body({ params: { EventType: 'onMessageAdded', [`${canaries.plant('name')} !`]: 'x' } }),
    ];
    for (const [i, text] of bodies.entries()) {
      await scene.world.queue.send({
        groupId: `${phone.conversationSid}${i}`,
        deduplicationId: `${i}`,
        body: text,
      });
    }
    await scene.world.work(400);
    for (const reason of ['envelope_invalid', 'envelope_newer']) expect(heard()).toContain(reason);
    expectSilence(scene);
  });
});

class Talkative extends BotError {
  override readonly name = 'Talkative' as const;
  readonly code: string;

  constructor(code: string, said: string) {
    super(said);
    this.code = code;
  }
}

const failing = (error: Error) => () => Promise.reject(error);

/** Defects of the kind that is looked for, each in another output. */
const LEAKS: readonly [output: string, leak: (scene: Scene) => void][] = [
  [
    'log',
    ({ world, people }) => {
      const fail = failing(new Talkative(people.phone.address, ''));
      world.break({ queue: { send: fail }, store: { put: fail } });
    },
  ],
  [
    'error',
    ({ world, people }) => world.break({ queue: { send: failing(new Talkative('', people.phone.address)) } }),
  ],
  [
    'table',
    ({ world }) => {
      let plan = '';
      const put: Store['put'] = (key, item, expected) => {
        plan += JSON.stringify(item.value);
        return world.store.put(key, { ...item, value: { ...item.value, plan } }, expected);
      };
      world.break({ store: { put } });
    },
  ],
  [
    'queue ids',
    ({ world, people }) => {
      const id = people.phone.address;
      void world.enqueue({ groupId: id, deduplicationId: id, body: '{}' });
    },
  ],
  ['console', ({ people }) => void process.stdout.write(people.phone.address)],
  [
    'answer',
    ({ people }) => outputs.add('answer', { statusCode: 403, body: `not for ${people.phone.address}` }),
  ],
];

describe('a planted leak', () => {
  it.each(LEAKS)('into the %s is found', async (output, leak) => {
    const scene = await setScene();
    leak(scene);
    await scene.write(scene.people.text('echo'));
    await scene.world.work(0.1);
    const found = new Set(scene.leaks().map((one) => one.output));
    expect(found).toContain(output);
  });
});
