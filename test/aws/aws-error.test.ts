import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AwsError, errorName } from '../../lib/aws/aws-error.ts';

const named = (name: string) => Object.assign(new Error('CANARY'), { name });

describe('a failure of an AWS service', () => {
  it('says which operation failed and how, and that it may have happened all the same', () => {
    const failure = new AwsError('SQS SendMessage', named('ThrottlingException'));
    expect(failure).toMatchObject({
      code: 'aws_failed',
      reason: 'ThrottlingException',
      message: 'SQS SendMessage failed: ThrottlingException.',
      retryable: true,
      outcomeKnown: false,
    });
  });

  it.each([
    [
      'CredentialsProviderError',
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as Lambda does for its role.',
    ],
    ['RegionMissing', 'Set AWS_REGION, as Lambda does.'],
  ])('says what to set where AWS was never asked: %s', (name, advice) => {
    expect(new AwsError('SQS SendMessage', named(name)).message).toBe(
      `SQS SendMessage failed: ${name}. ${advice}`,
    );
  });

  it('keeps nothing else of the SDK’s error, which can hold the request', () => {
    const failure = new AwsError('SQS SendMessage', named('ThrottlingException'));
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });
});

describe('the name of an AWS error', () => {
  it.each([
    ['an SDK error', named('QueueDoesNotExist'), 'QueueDoesNotExist'],
    ['one with a dot and a digit', named('AWS.SimpleQueueService.V2'), 'AWS.SimpleQueueService.V2'],
    ['one of eighty characters', named('x'.repeat(80)), 'x'.repeat(80)],
    ['one that is longer', named('x'.repeat(81)), 'unknown'],
    ['one without a name', named(''), 'unknown'],
    ['a name that could hold anything', named('a b\nc'), 'unknown'],
    ['a name with words in front', named('any words: Timeout'), 'unknown'],
    ['a name with words behind', named('Timeout of any words'), 'unknown'],
    ['no error at all', 'thrown text', 'unknown'],
    ['an object that resembles one', { name: 'Timeout' }, 'unknown'],
  ])('is taken from %s', (_, error, name) => {
    expect(errorName(error)).toBe(name);
  });
});
