import { describe, expect, it } from 'vitest';
import CheckDeployment, { findProblems } from '../../build/check-deployment.ts';

const receive = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_CHAT_SERVICE_SID: `IS${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/twilio-auth-token',
  PUBLIC_URL: { 'Fn::Sub': 'known to CloudFormation' },
  QUEUE_URL: { Ref: 'Queue' },
  TABLE_NAME: { Ref: 'Table' },
  LOG_LEVEL: '',
};
const problemsOf = (environment: Record<string, unknown>) =>
  findProblems({ receive: { environment: { ...receive, ...environment } } });

describe('the check before a deployment', () => {
  it('finds nothing wrong with a complete environment', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ['a missing account', { TWILIO_ACCOUNT_SID: '' }, /^TWILIO_ACCOUNT_SID is not set/],
    [
      'a service that is none',
      { TWILIO_CHAT_SERVICE_SID: 'IS1' },
      /^TWILIO_CHAT_SERVICE_SID is "IS1": expected/,
    ],
    ['an address without TLS', { PUBLIC_URL: 'http://example.com/' }, /^PUBLIC_URL is .* https:/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud": expected debug, info/],
    [
      'a secret by its ARN',
      { TWILIO_AUTH_TOKEN_SECRET_ID: 'arn:aws:secretsmanager:x' },
      /the name of the secret/,
    ],
    ['a plain credential', { TWILIO_AUTH_TOKEN: 'canary' }, /^TWILIO_AUTH_TOKEN is set, .* refused/],
  ])('names %s', (_what, environment, problem) => {
    expect(problemsOf(environment)).toEqual([expect.stringMatching(problem)]);
  });

  /** Called by the deployment tool, with nothing set. */
  const called = (...commands: readonly string[]) => {
    const { initialize } = new CheckDeployment({
      processedInput: { commands },
      service: {
        functions: { receive: { environment: {} }, reply: { environment: {} } },
        custom: { tags: '', rollbackMinutes: '' },
        resources: { Parameters: {} },
        provider: { tags: {}, stackTags: {} },
      },
      getProvider: () => ({ getRegion: () => 'eu-west-1' }),
      classes: { Error },
    }).hooks;
    return () => initialize?.();
  };

  it('stops `serverless deploy` where nobody has looked before, and lists what is missing once', () => {
    expect(called('deploy')).toThrow(
      /docs\/settings\.md(?:(?!TWILIO_ACCOUNT_SID).)*TWILIO_ACCOUNT_SID is not set(?!.*TWILIO_ACCOUNT_SID)/s,
    );
  });

  // Cause: it looked at the first word alone.
  it.each([['deploy', 'list'], ['deploy', 'function'], ['package'], ['remove'], ['rollback']])(
    'is not made for serverless %s %s',
    (...commands) => {
      expect(called(...commands)).not.toThrow();
    },
  );
});
