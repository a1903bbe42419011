import { mkdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DONE, defineCommand, FAILED, type Group } from '../../cli/command.ts';
import { createDeploy } from '../../cli/deploy/deploy.ts';
import { runDeployer } from '../../cli/deploy/run-deployer.ts';
import { option } from '../../cli/option.ts';
import { anyText } from '../../cli/values.ts';
import {
  copyService,
  NO_PROXY,
  PACKAGING_MS,
  packageIn,
  removeService,
} from '../../local/lambda/package-service.ts';
import { readZip } from '../../local/lambda/read-zip.ts';
import { type SecretsManagerStandIn, startSecretsManager } from '../../local/lambda/secrets-manager.ts';
import { type Ran, run } from '../cli/support.ts';
import { BUCKET, type CloudFormationStandIn, startCloudFormation } from '../support/cloudformation.ts';
import { isDeployment, typeDeployingPage, typeStageFiles } from '../support/deploying-page.ts';

const FUNCTIONS = ['receive', 'reply', 'reconcile'];
/** What the second run of the deployment tool in a deployment works with. */
const PACKAGE = 'dist/deployment';

let folder: string;
let s3: FauxqsServer;
let secrets: SecretsManagerStandIn;
let aws: CloudFormationStandIn;
/** Whatever the deployment tool was called for. */
const runs: string[] = [];
/** A stand-in for the doctor, which finds something. */
const doctor: Group = {
  name: 'parley',
  summary: 'Stands for all commands.',
  commands: [
    defineCommand({
      name: 'doctor',
      summary: 'Finds something.',
      options: { stage: option('which', anyText('name')), region: option('where', anyText('region')) },
      examples: [['parley doctor', 'now']],
      exits: { done: 'never', failed: 'always' },
      run: async ({ stage, region }, { out }) => {
        out(`The doctor found something at ${stage} in ${region}.`);
        return FAILED;
      },
    }),
  ],
};

/** `npm run deploy` as the page types it; packaging once is enough. */
const deploy = createDeploy({
  commands: doctor,
  run: async (args, environment, terminal) => {
    const command = args[0] ?? '';
    if (command === 'package' && runs.includes('package')) return;
    runs.push(command);
    await runDeployer(args, environment, terminal);
  },
});

const typed = typeDeployingPage().filter(isDeployment);
const [words = []] = typed.map((call) => call.words.slice(call.words.indexOf('--') + 1));
const [stageFile = {}] = typeStageFiles();

async function deployAsTyped(): Promise<Ran> {
  return run(words, folder, deploy);
}

beforeAll(async () => {
  folder = copyService();
  unlinkSync(join(folder, 'stages'));
  mkdirSync(join(folder, 'stages'));
  const lines = Object.entries(stageFile).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(folder, 'stages', 'prod.env'), lines.join('\n'));
  await packageIn(folder, 'first');
  // As after another build: the same bytes in a file of another time.
  for (const name of FUNCTIONS) utimesSync(join(folder, 'dist', name, 'index.cjs'), 1e9, 1e9);
  s3 = await startFauxqs({ port: 0, logger: false });
  s3.createBucket(BUCKET);
  secrets = await startSecretsManager();
  aws = await startCloudFormation({
    s3: s3.address,
    outputs: { ServerlessDeploymentBucketName: BUCKET, WebhookUrl: 'https://abc123.example.com/webhook' },
  });
  for (const [name, value] of Object.entries({
    ...NO_PROXY,
    HOME: join(folder, '.home'),
    SLS_SCHEMA_CACHE_BASE_DIR: join(process.cwd(), 'node_modules/.cache/serverless'),
    // It asks every five seconds how far the stack is: here the stack is ready at once.
    SLS_AWS_MONITORING_FREQUENCY: '10',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: aws.origin,
    AWS_ENDPOINT_URL_S3: s3.address,
    AWS_ENDPOINT_URL_STS: s3.address,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.origin,
  })) {
    vi.stubEnv(name, value);
  }
}, PACKAGING_MS);

afterAll(async () => {
  vi.unstubAllEnvs();
  removeService(folder);
  await Promise.all([aws.close(), s3.stop(), secrets.close()]);
});

describe('a deployment that follows docs/deploying.md, from the first try to its removal', () => {
  it(
    'is refused while the secrets are missing, with everything that is in the way',
    async () => {
      const { status, err } = await deployAsTyped();
      expect(status).toBe(FAILED);
      expect(err).toContain('There is no secret parley/prod/twilio-auth-token.');
      expect(err).toContain('There is no secret parley/prod/twilio-api-key.');
      expect(err).toContain('Not deployed: 2 problems. Nothing was changed.');
      expect([...aws.stacks]).toEqual([]);
    },
    PACKAGING_MS,
  );

  it(
    'leaves nothing behind that the next try would trip over when it fails',
    async () => {
      secrets.put('parley/prod/twilio-auth-token', '0'.repeat(32));
      secrets.put(
        'parley/prod/twilio-api-key',
        JSON.stringify({ apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'invented' }),
      );
      aws.failAt('ReconcileRole');
      const { status, out, err } = await deployAsTyped();
      expect(status).toBe(FAILED);
      expect(out).toContain('made to fail');
      expect(err).toContain('the next try starts afresh');
      expect(aws.taken).toEqual(new Map());
    },
    PACKAGING_MS,
  );

  it(
    'makes the stack, says what is next, and has the doctor look, whose findings do not fail it',
    async () => {
      const { status, out } = await deployAsTyped();
      expect(status).toBe(DONE);
      expect(aws.stacks.get('parley-prod')?.status).toBe('UPDATE_COMPLETE');
      expect(out).toContain('Webhook: https://abc123.example.com/webhook');
      expect(out).toContain('npx parley webhooks set --stage prod');
      expect(out).toContain('The doctor found something at prod in eu-west-1.');
      expect(aws.taken.get('AWS::SQS::Queue parley-prod.fifo')).toBe('parley-prod');
    },
    PACKAGING_MS,
  );

  it(
    'is removed, but for what may hold messages',
    async () => {
      await runDeployer(['remove', '--stage', 'prod', '--region', 'eu-west-1'], process.env, {
        cwd: folder,
        out: () => undefined,
      });
      expect([...aws.stacks]).toEqual([]);
      expect([...aws.taken]).toEqual([['AWS::SQS::Queue parley-prod.fifo', undefined]]);
    },
    PACKAGING_MS,
  );
});

describe.each(FUNCTIONS)('the zip of %s', (name) => {
  const file = `dist/${name}/index.cjs`;

  it('holds its own bundle, the one the other tests run, and nothing else', () => {
    const files = readZip(join(folder, 'first', `${name}.zip`));
    expect([...files.keys()]).toEqual([file]);
    expect(files.get(file)?.equals(readFileSync(file))).toBe(true);
  });

  it('has the same bytes when it is made again', () => {
    const [one, other] = ['first', PACKAGE].map((dir) => readFileSync(join(folder, dir, `${name}.zip`)));
    expect(other?.equals(one ?? Buffer.alloc(0))).toBe(true);
  });
});
