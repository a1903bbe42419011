import { type Defect, defect } from './defect.ts';

const RECEIVE = 'lib/receive/receive.ts';
const RECEIVE_TEST = 'test/receive/receive.test.ts';
const CHECK = `if (!(await isSigned(options.authTokens, { signature, params, urls }))) return refused(403, 'signature');`;
const READ_SIGNATURE = `const signature = request.headers.get('x-twilio-signature');`;

/** Mistakes on the way from the webhook to the queue. */
export const INTAKE_DEFECTS: readonly Defect[] = [
  defect('no signature check', RECEIVE_TEST, [RECEIVE, CHECK, '']),
  defect('parse before the signature is checked', RECEIVE_TEST, [
    RECEIVE,
    `if (params === undefined) return refused(400, 'malformed_form');`,
    `if (params === undefined) return refused(400, 'malformed_form');
  if (parseEvent(params).kind === 'malformed') return refused(400, 'malformed');`,
  ]),
  defect(
    'check against the URL that was asked for',
    RECEIVE_TEST,
    [
      RECEIVE,
      CHECK,
      `const asked = publicUrlsFor(options.publicUrls, request.headers.get('host') ?? '');
    if (!(await isSigned(options.authTokens, { signature, params, urls: [...urls, ...asked] })))
      return refused(403, 'signature');`,
    ],
    [
      RECEIVE,
      'const LEVELS =',
      `const publicUrlsFor = (urls: readonly string[], host: string) =>
  urls.map((url) => Object.assign(new URL(url), { host }).href);
const LEVELS =`,
    ],
  ),
  defect('accept repeated parameters', 'test/webhook/parse-event.test.ts', [
    'lib/webhook/parse-event.ts',
    'if (values.length > 1 && isField(name) && !repeatable) {',
    'if (values.length > 1 && isField(name) && !repeatable && name === undefined) {',
  ]),
  defect('accept bodies that are no form', 'test/webhook/read-request.test.ts', [
    'lib/webhook/read-request.ts',
    `if (!read.get('content-type')?.match(FORM)) return { status: 415, reason: 'content_type' };`,
    '',
  ]),
  defect('no check of the account', RECEIVE_TEST, [
    RECEIVE,
    `if (event.AccountSid !== accountSid) return refused(403, 'foreign_account', event);`,
    '',
  ]),
  defect('take the signature of an empty key', 'test/webhook/verify-signature.test.ts', [
    'lib/webhook/verify-signature.ts',
    `if (equal && token !== '') matches = true;`,
    'if (equal) matches = true;',
  ]),
  defect('log the signature', 'seeds', [
    RECEIVE,
    READ_SIGNATURE,
    `${READ_SIGNATURE}\n  options.log.debug('webhook', { reason: signature });`,
  ]),
  defect('put characters on the queue that SQS refuses', 'seeds', [
    'lib/queue/envelope.ts',
    '  return json.replace(',
    '  return json;\n  return json.replace(',
  ]),
  defect('acknowledge before the event is on the queue', 'seeds', [
    RECEIVE,
    'await queue.send({ groupId',
    'void queue.send({ groupId',
  ]),
  defect('5xx on an event that Twilio has added since', RECEIVE_TEST, [
    RECEIVE,
    `return ignored('unknown_event');`,
    `return failed('unknown_event', undefined);`,
  ]),
  defect(
    'dedupe by the unsigned idempotency token',
    'seeds',
    [
      RECEIVE,
      READ_SIGNATURE,
      `${READ_SIGNATURE}\n  token = request.headers.get('i-twilio-idempotency-token');`,
    ],
    [RECEIVE, 'const LEVELS =', 'let token: string | undefined;\nconst LEVELS ='],
    [RECEIVE, 'deduplicationId: eventKey(event), body', 'deduplicationId: token ?? eventKey(event), body'],
  ),
  defect('a pre-action event is refused', RECEIVE_TEST, [
    RECEIVE,
    `return ignored('pre_action');`,
    `return refused(403, 'pre_action');`,
  ]),
  defect('ask for the secret at each forged webhook', 'test/aws/secret.test.ts', [
    'lib/aws/secret.ts',
    'if (held !== undefined && clock.now() < nextRefreshAt) return flight ?? held.value;',
    '',
  ]),
  defect('no fresh look at the secret when a signature does not match', RECEIVE_TEST, [
    RECEIVE,
    'const fresh = await authTokens.refresh();',
    'const fresh = known;',
  ]),
];
