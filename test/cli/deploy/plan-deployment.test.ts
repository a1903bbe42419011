import { describe, expect, it } from 'vitest';
import { planDeployment } from '../../../cli/deploy/plan-deployment.ts';
import { soundAccount } from './support.ts';

/** Plans where AWS answers nothing but `error`; nothing is built. */
const plan = (error: Error) =>
  planDeployment(
    { stage: 'prod' },
    { names: [], given: {}, places: {}, place: '', hasFile: true, region: 'eu-west-1', environment: {} },
    soundAccount({ stacks: () => Promise.reject(error) }),
    { build: () => Promise.reject(error), deployer: () => Promise.reject(error) },
    { cwd: '.', out: () => undefined, err: () => undefined },
  );

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('planning a deployment', () => {
  it('says how to log in where there are no credentials', async () => {
    const error = named('CredentialsProviderError', 'Could not load credentials from any providers');
    await expect(plan(error)).rejects.toMatchObject({
      status: 1,
      message: 'Not deployed: there are no AWS credentials. Set AWS_PROFILE or give --profile, and log in.',
    });
  });

  it('says what AWS said where it refuses', async () => {
    await expect(plan(named('AccessDenied', 'not authorized'))).rejects.toThrow(
      'AWS does not show what runs now (AccessDenied): not authorized. Look at',
    );
  });
});
