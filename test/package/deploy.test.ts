import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  copyService,
  NO_PROXY,
  PACKAGING_MS,
  removeService,
  runDeployer,
} from '../../local/lambda/package-service.ts';
import { BUCKET, startCloudFormation } from '../support/cloudformation.ts';
import { DEPLOYING, isDeployment, typeDeployingPage } from '../support/deploying-page.ts';

let folder: string;
beforeAll(() => {
  folder = copyService();
});
afterAll(() => removeService(folder));

describe('npm run deploy', () => {
  it('as docs/deploying.md calls it makes the stack, uploads one zip a function and reports the address', {
    timeout: PACKAGING_MS,
  }, async () => {
    const s3 = await startFauxqs({ port: 0, logger: false });
    s3.createBucket(BUCKET);
    const calls = typeDeployingPage();
    const typed = calls.find(isDeployment) ?? expect.fail(`${DEPLOYING} deploys nothing`);
    // Whoever follows the page copies the address from what the command prints.
    const address = calls.at(-1)?.exported['WEBHOOK_URL']?.replace(/\/webhook$/, '') ?? '';
    const cloudFormation = await startCloudFormation({
      ServerlessDeploymentBucketName: BUCKET,
      HttpApiUrl: address,
    });
    const env = {
      ...NO_PROXY,
      // It asks every five seconds how far the stack is: here the stack is ready at once.
      SLS_AWS_MONITORING_FREQUENCY: '10',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: cloudFormation.origin,
      AWS_ENDPOINT_URL_S3: s3.address,
      AWS_ENDPOINT_URL_STS: s3.address,
      ...typed.exported,
    };
    const words = typed.words.slice(typed.words.indexOf('--') + 1);
    const output = await runDeployer(['deploy', ...words], { folder, env });
    const uploaded = await listBucket(s3.address);
    await Promise.all([cloudFormation.close(), s3.stop()]);

    expect(output).toContain(`${address}/webhook`);
    const changes = cloudFormation.calls
      .map(({ action }) => action)
      .filter((action) => /^(Create|Update)/.test(action));
    expect(changes).toEqual(['CreateStack', 'UpdateStack']);
    const template = cloudFormation.calls.findLast(({ action }) => action === 'UpdateStack')?.parameters;
    expect(template?.get('StackName')).toBe('parley-prod');
    expect(uploaded.map((key) => key.replace(/.*\//, '')).toSorted()).toEqual(
      expect.arrayContaining([
        'compiled-cloudformation-template.json',
        'receive.zip',
        'reconcile.zip',
        'reply.zip',
      ]),
    );
  });
});

async function listBucket(endpoint: string): Promise<readonly string[]> {
  const listing = await (await fetch(`${endpoint}/${BUCKET}?list-type=2`)).text();
  return [...listing.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
}
