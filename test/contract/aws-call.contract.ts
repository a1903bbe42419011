import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ScriptedAws, type Step, startScriptedAws } from './scripted-aws.ts';

/** How a call ended. */
export interface CallOutcome {
  readonly output?: object;
  /** The name of the error, which lib/ tells failures apart by. */
  readonly reason?: string;
  readonly attempts: number;
  /** Milliseconds between the attempts, all told. */
  readonly waited: number;
}

export interface CallerOptions {
  readonly endpoint: string;
  readonly maxAttempts: number;
  readonly answerTimeoutMs: number;
}

/** PutItem of DynamoDB, or SendMessage of SQS. */
export type Call = (input: object) => Promise<CallOutcome>;
export type OpenCaller = (service: 'DynamoDB' | 'SQS', options: CallerOptions) => Call;

/** The share of the longest wait that is waited. */
const CHANCE = 0.02;
const NAMESPACE = 'com.amazonaws.dynamodb.v20120810';
const ok: Step = { status: 200, body: { fine: true } };
const refusal = (name: string, status = 400) => ({
  status,
  body: { __type: `${NAMESPACE}#${name}`, message: 'no' },
});
const page = (status: number): Step => ({
  status,
  body: '<html>no</html>',
  headers: { 'content-type': 'text/html' },
});
const skewed = (name: string, ms: number) => ({
  status: 400,
  headers: { date: new Date(Date.now() + ms).toUTCString() },
  body: { __type: `com.amazon.coral.service#${name}`, message: 'no' },
});

/** What every way of calling AWS keeps, under faults: the SDK's client, and lib/aws/call-aws.ts. */
export function describeAwsCaller(name: string, open: OpenCaller): void {
  describe(`A caller of AWS: ${name}`, () => {
    let aws: ScriptedAws;
    beforeAll(async () => {
      vi.spyOn(Math, 'random').mockReturnValue(CHANCE);
      aws = await startScriptedAws();
    });
    afterAll(async () => {
      vi.restoreAllMocks();
      await aws.close();
    });

    const caller = (service: 'DynamoDB' | 'SQS', options: Partial<CallerOptions> = {}) =>
      open(service, { endpoint: aws.origin, maxAttempts: 3, answerTimeoutMs: 30_000, ...options });
    const put = (options?: Partial<CallerOptions>) =>
      caller('DynamoDB', options)({ TableName: 'parley', Item: {} });
    const failed = (reason: string, attempts: number, waited = 0) => ({ reason, attempts, waited });
    const succeeded = (attempts: number, waited = 0) => ({ output: expect.any(Object), attempts, waited });

    it.each<[what: string, steps: readonly Step[], outcome: object]>([
      ['an answer', [ok], succeeded(1)],
      ['an empty answer', [{ status: 200 }], succeeded(1)],
      ['an answer that is not JSON', [page(200)], failed('SyntaxError', 1)],
      ['half an answer', [{ status: 200, body: '{"Item":' }], failed('SyntaxError', 1)],
      ['an answer that is cut off, and then a whole one', ['cut off', ok], succeeded(2)],
      ['an answer that is always cut off', ['cut off'], failed('Error', 3, 1)],
      ['a reset, and then an answer', ['reset', ok], succeeded(2)],
      ['resets', ['reset'], failed('TimeoutError', 3, 1)],
      [
        'a failure of the service, and then an answer',
        [refusal('InternalServerError', 500), ok],
        succeeded(2),
      ],
      ['failures of the service', [refusal('InternalServerError', 500)], failed('InternalServerError', 3, 1)],
      ['a proxy that has nobody behind it, and then an answer', [page(502), page(503), ok], succeeded(3, 1)],
      ['a proxy that has nobody behind it', [page(504)], failed('SyntaxError', 3, 1)],
      ['a server error of another kind', [refusal('Odd', 501)], failed('Odd', 1)],
      ['a page of a proxy that refuses', [page(403)], failed('SyntaxError', 1)],
      ['a redirect', [{ status: 307, headers: { location: 'http://127.0.0.1:1/' } }], failed('Unknown', 1)],
      ['a refusal', [refusal('ValidationException')], failed('ValidationException', 1)],
      [
        'a condition that does not hold',
        [refusal('ConditionalCheckFailedException')],
        failed('ConditionalCheckFailedException', 1),
      ],
      [
        'a condition that does not hold any more after a failure',
        ['reset', refusal('ConditionalCheckFailedException')],
        failed('ConditionalCheckFailedException', 2),
      ],
      ['too many requests, by status', [refusal('Odd', 429), ok], succeeded(2, 20)],
      [
        'a wait that AWS asks for',
        [{ ...refusal('Odd', 503), headers: { 'x-amz-retry-after': '60' } }, ok],
        succeeded(2, 60),
      ],
    ])('takes %s', async (_, steps, outcome) => {
      aws.play(...steps);
      expect(await put()).toEqual(outcome);
    });

    it.each([
      'BandwidthLimitExceeded',
      'LimitExceededException',
      'PriorRequestNotComplete',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
      'TransactionInProgressException',
    ])('waits longer when it is throttled with %s', async (reason) => {
      aws.play(refusal(reason));
      expect(await put()).toEqual(failed(reason, 3, 60));
    });

    it.each(['ReplicatedWriteConflictException', 'RequestTimeout', 'RequestTimeoutException'])(
      'tries again after %s',
      async (reason) => {
        aws.play(refusal(reason), ok);
        expect(await put()).toEqual(succeeded(2));
      },
    );

    it.each<[what: string, step: Step, reason: string]>([
      ['a name alone', { status: 400, body: { __type: 'Odd' } }, 'Odd'],
      ['a name with its page', { status: 400, body: { __type: 'Odd:http://example.com/' } }, 'Odd'],
      [
        'a name with its namespace and its page',
        { status: 400, body: { __type: 'a.b#Odd:http://example.com/' } },
        'Odd',
      ],
      ['several names', { status: 400, body: { __type: 'Odd,Even' } }, 'Odd'],
      ['a number', { status: 400, body: { __type: 5 } }, '5'],
      ['a code', { status: 400, body: { code: 'a.b#Odd' } }, 'Odd'],
      ['a Code', { status: 400, body: { Code: 'Odd' } }, 'Odd'],
      [
        'a header',
        { status: 400, headers: { 'x-amzn-errortype': 'Odd:http://example.com/' }, body: {} },
        'Odd',
      ],
      ['a header without a body', { status: 400, headers: { 'x-amzn-errortype': 'Odd' } }, 'Odd'],
      ['a list', { status: 400, body: ['Odd'] }, 'Unknown'],
      ['null', { status: 400, body: null }, 'Unknown'],
      ['nothing', { status: 400 }, 'Unknown'],
      ['a name that is an object', { status: 400, body: { __type: { a: 1 } } }, 'TypeError'],
      ['a name that could hold anything', { status: 400, body: { __type: 'any words' } }, 'unknown'],
    ])('reads what is wrong from %s', async (_, step, reason) => {
      aws.play(step);
      expect(await put()).toEqual(failed(reason, 1));
    });

    it('gives up what is not answered, and tries again', async () => {
      aws.play('hang');
      expect(await put({ answerTimeoutMs: 50 })).toEqual(failed('TimeoutError', 3, 1));
    });

    it('tries again when nobody listens', async () => {
      expect(await put({ endpoint: 'http://127.0.0.1:1' })).toEqual(failed('Error', 3, 1));
    });

    it('sends the same body each time, and says which attempt it is', async () => {
      aws.play('reset', refusal('InternalServerError', 500), ok);
      await put();
      expect(new Set(aws.requests.map(({ body }) => body)).size).toBe(1);
      expect(aws.requests.map(({ headers }) => headers['amz-sdk-request'])).toEqual([
        'attempt=1; max=3',
        'attempt=2; max=3',
        'attempt=3; max=3',
      ]);
      const ids = aws.requests.map(({ headers }) => headers['amz-sdk-invocation-id']);
      expect(new Set(ids).size).toBe(1);
    });

    it('sets its clock by AWS’s when a signature is refused, and signs with that time', async () => {
      const hour = 3_600_000;
      aws.play(skewed('InvalidSignatureException', hour), ok, ok);
      const call = caller('DynamoDB');
      expect(await call({ TableName: 'parley', Item: {} })).toEqual(succeeded(2));
      await call({ TableName: 'parley', Item: {} });
      const ahead = aws.requests.map(({ headers }) => Math.round((signedAt(headers) - Date.now()) / hour));
      expect(ahead).toEqual([expect.closeTo(0), 1, 1]);
    });

    it.each<[what: string, step: Step, attempts: number]>([
      [
        'expired, where no date is given',
        {
          status: 400,
          body: {
            __type: 'a#InvalidSignatureException',
            message: 'Signature expired: x is now earlier than y',
          },
        },
        2,
      ],
      ['wrong, where the clocks agree', skewed('InvalidSignatureException', 0), 1],
      ['wrong, where the clocks are two minutes apart', skewed('SignatureDoesNotMatch', 120_000), 1],
      ['too old, where the clocks are ten minutes apart', skewed('RequestExpired', -600_000), 2],
    ])('takes a signature that is %s', async (_, step, attempts) => {
      aws.play(step, ok);
      expect((await put()).attempts).toBe(attempts);
    });

    it('does not set its clock by an answer from a cache', async () => {
      const cached = skewed('RequestExpired', 3_600_000);
      aws.play({ ...cached, headers: { ...cached.headers, age: '3600' } }, ok);
      expect(await put()).toEqual(failed('RequestExpired', 1));
    });

    it('tries nothing twice once too much has failed, and goes on when it works again', async () => {
      aws.play(refusal('InternalServerError', 500));
      const call = caller('DynamoDB', { maxAttempts: 2 });
      const attempts: number[] = [];
      for (let calls = 0; calls < 38; calls += 1)
        attempts.push((await call({ TableName: 'a', Item: {} })).attempts);
      // 500 tokens, of which each further attempt costs 14.
      expect(attempts).toEqual([...Array(35).fill(2), 1, 1, 1]);
      aws.play(ok);
      for (let calls = 0; calls < 4; calls += 1) await call({ TableName: 'a', Item: {} });
      aws.play(refusal('InternalServerError', 500), ok);
      expect((await call({ TableName: 'a', Item: {} })).attempts).toBe(2);
    });

    describe('to SQS', () => {
      it.each([
        ['AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist', 400],
        ['AWS.SimpleQueueService.UnsupportedOperation', 'UnsupportedOperation', 400],
        ['AWS.SimpleQueueService.MessageNotInflight', 'MessageNotInflight', 400],
        ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid', 404],
        ['InvalidAddress', 'InvalidAddress', 404],
        ['InvalidSecurity', 'InvalidSecurity', 403],
        ['KMS.AccessDeniedException', 'KmsAccessDenied', 400],
        ['KMS.DisabledException', 'KmsDisabled', 400],
        ['KMS.InvalidKeyUsageException', 'KmsInvalidKeyUsage', 400],
        ['KMS.InvalidStateException', 'KmsInvalidState', 400],
        ['KMS.NotFoundException', 'KmsNotFound', 400],
        ['KMS.OptInRequired', 'KmsOptInRequired', 403],
        ['KMS.ThrottlingException', 'KmsThrottled', 400],
        ['OverLimit', 'OverLimit', 403],
        ['AccessDenied', 'AccessDenied', 403],
        ['InvalidParameterValue', 'InvalidParameterValue', 400],
        ['AWS.SimpleQueueService.Odd', 'AWS.SimpleQueueService.Odd', 400],
      ])('%s is %s', async (code, reason, status) => {
        aws.play({
          status,
          headers: { 'x-amzn-query-error': `${code};Sender` },
          body: { __type: 'com.amazonaws.sqs#SomethingElse', message: 'no' },
        });
        expect(await caller('SQS')({ QueueUrl: `${aws.origin}/1/q.fifo`, MessageBody: 'a' })).toEqual(
          failed(reason, 1),
        );
      });

      it.each<[what: string, step: Step, outcome: object]>([
        [
          'a name in the body alone',
          { status: 400, body: { __type: 'com.amazonaws.sqs#QueueDoesNotExist' } },
          failed('QueueDoesNotExist', 1),
        ],
        [
          'a header before the body',
          { status: 400, headers: { 'x-amzn-errortype': 'Odd' }, body: { __type: 'a#Even' } },
          failed('Odd', 1),
        ],
        [
          'being throttled',
          { status: 403, headers: { 'x-amzn-query-error': 'RequestThrottled;Sender' }, body: {} },
          failed('RequestThrottled', 3, 60),
        ],
        ['a failure', { status: 500, body: { __type: 'InternalFailure' } }, failed('InternalFailure', 3, 3)],
      ])('takes %s', async (_, step, outcome) => {
        aws.play(step);
        expect(await caller('SQS')({ QueueUrl: `${aws.origin}/1/q.fifo`, MessageBody: 'a' })).toEqual(
          outcome,
        );
      });
    });
  });
}

/** By the date of its signature, in milliseconds since the epoch. */
function signedAt({ 'x-amz-date': date }: Readonly<Record<string, unknown>>): number {
  return Date.parse(String(date).replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
