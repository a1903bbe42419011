import { describe, expect, it } from 'vitest';
import { findProblems } from '../../build/check-deployment.ts';
import { DeployerError } from '../../local/lambda/deployer-error.ts';
import { copyService, PACKAGING_MS, removeService, runDeployer } from '../../local/lambda/package-service.ts';

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

  it('stops `serverless deploy` before it reaches AWS, and lists what is missing once', {
    timeout: PACKAGING_MS,
  }, async () => {
    const folder = copyService();
    const attempt = runDeployer(['deploy'], { folder }).finally(() => removeService(folder));
    // A deployment that fails in a test shows the tool's reason: it once failed and nobody could tell why.
    await expect(attempt).rejects.toThrow(DeployerError);
    await expect(attempt).rejects.toThrow('docs/settings.md');
    const { output } = (await attempt.catch((error: unknown) => error)) as DeployerError;
    expect(output.match(/TWILIO_ACCOUNT_SID is not set/g)).toHaveLength(1);
  });
});
