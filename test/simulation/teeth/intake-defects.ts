import { type Defect, defect } from './defect.ts';

const RECEIVE = 'lib/receive/receive.ts';
const RECEIVE_TEST = 'test/receive/receive.test.ts';
const OPEN = 'lib/webhook/open.ts';
const CHECK = `if (!(await isSigned(authTokens, { signature, settings, params, urls }))) {
      return { ...refused(403, 'signature'), params };
    }`;
const OPENED = 'const opened = await openWebhook(httpEvent, door);';
const HEADERS = '(httpEvent as { headers: Record<string, string> }).headers';

/** Mistakes on the way from the webhook to the queue. */
export const INTAKE_DEFECTS: readonly Defect[] = [
  defect('no signature check', RECEIVE_TEST, [OPEN, CHECK, '']),
  defect('parse before the signature is checked', RECEIVE_TEST, [
    OPEN,
    `if (params === undefined) return refused(400, 'malformed_form');`,
    `if (params === undefined) return refused(400, 'malformed_form');
  if (parseEvent(params).kind === 'malformed') return refused(400, 'malformed');`,
  ]),
  defect(
    'check against the URL that was asked for',
    RECEIVE_TEST,
    [
      OPEN,
      CHECK,
      `const asked = publicUrlsFor(urls, request.headers.get('host') ?? '');
    if (!(await isSigned(authTokens, { signature, settings, params, urls: [...urls, ...asked] }))) {
      return { ...refused(403, 'signature'), params };
    }`,
    ],
    [
      OPEN,
      'function isQuestion(',
      `const publicUrlsFor = (urls: readonly string[], host: string) =>
  urls.map((url) => Object.assign(new URL(url), { host }).href);
function isQuestion(`,
    ],
  ),
  defect('accept repeated parameters', 'test/webhook/parse-event.test.ts', [
    'lib/webhook/parse-event.ts',
    'if (values.length > 1 && isField(name) && !repeatable) {',
    'if (values.length > 1 && isField(name) && !repeatable && name === undefined) {',
  ]),
  defect('accept bodies that are not a form', 'test/webhook/read-request.test.ts', [
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
    'if (equal && !isEmpty(key)) matches = true;',
    'if (equal) matches = true;',
  ]),
  defect('try a shared key that the webhook does not name', 'test/webhook/verify-signature.test.ts', [
    'lib/webhook/verify-signature.ts',
    '(named === undefined || named === key.key)',
    'named !== key.key.repeat(2)',
  ]),
  defect('a SID that could be another', 'test/webhook/find-ambiguity.test.ts', [
    'lib/webhook/find-ambiguity.ts',
    `if (readings.includes('hidden')) return 'hidden';`,
    '',
  ]),
  defect('gone at the first 404', 'test/history/certain-event.test.ts', [
    'lib/history/certain-event.ts',
    'receiveCount < PATIENT_RECEIVES',
    'receiveCount < 0',
  ]),
  defect('log the signature', 'seeds', [
    RECEIVE,
    OPENED,
    `${OPENED}\n  options.log.debug('webhook', { reason: ${HEADERS}['x-twilio-signature'] });`,
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
  defect('answer before the sign is left that a webhook is lost', RECEIVE_TEST, [
    RECEIVE,
    'await options.markLoss?.(',
    'void options.markLoss?.(',
  ]),
  defect('5xx on an event that Twilio has added since', RECEIVE_TEST, [
    RECEIVE,
    `return ignored('unknown_event');`,
    `return failed('unknown_event', undefined);`,
  ]),
  defect(
    'dedupe by the unsigned idempotency token',
    'seeds',
    [RECEIVE, OPENED, `${OPENED}\n  token = ${HEADERS}['i-twilio-idempotency-token'];`],
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
    OPEN,
    'const fresh = await authTokens.refresh();',
    'const fresh = known;',
  ]),
  defect('what is signed with a key that could not be read is refused for good', RECEIVE_TEST, [
    OPEN,
    'if (doubt !== undefined) throw doubt;',
    '',
  ]),
];
