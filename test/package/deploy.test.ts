import { mkdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DONE, defineCommand, FAILED, type Group } from '../../cli/command.ts';
import { createDeploy } from '../../cli/deploy/deploy.ts';
import { runDeployer } from '../../cli/deploy/run-tool.ts';
import { option } from '../../cli/option.ts';
import { anyText } from '../../cli/values.ts';
import { createStore } from '../../lib/aws/store.ts';
import { systemClock } from '../../lib/clock.ts';
import { FUNCTION_NAMES } from '../../lib/settings.ts';
import { type AwsLocal, startAwsLocal } from '../../local/lambda/aws-local.ts';
import {
  copyService,
  NO_PROXY,
  PACKAGING_MS,
  removeService,
  type StackTemplate,
} from '../../local/lambda/package-service.ts';
import { readZip } from '../../local/lambda/read-zip.ts';
import { run } from '../cli/support.ts';
import { BUCKET, type CloudFormationStandIn, startCloudFormation } from '../support/cloudformation.ts';
import { isDeployment, typeDeployingPage, typeStageFiles } from '../support/deploying-page.ts';
import { findReplaced } from '../support/stack-model.ts';

/** What the second run of the deployment tool in a deployment works with. */
const PACKAGE = 'dist/deployment';

const [page] = typeDeployingPage().filter(isDeployment);
const [stageFile = {}] = typeStageFiles();
const ADDRESS = 'https://abc123.example.com/webhook';

let folder: string;
let local: AwsLocal;
let aws: CloudFormationStandIn;
/** Packaging takes seconds: what a test tries again with nothing changed has its package already. */
let isPackaged = false;

/** Stands for the doctor, and finds something. */
const doctor: Group = {
  name: 'parley',
  summary: 'Stands for all commands.',
  commands: [
    defineCommand({
      name: 'doctor',
      summary: 'Find something.',
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

const deploy = createDeploy({
  commands: doctor,
  // npm test has built already, for everybody.
  build: async () => undefined,
  deployer: async (args, environment, terminal) => {
    if (args[0] !== 'package' || !isPackaged) await runDeployer(args, environment, terminal);
    isPackaged = true;
  },
});

/** As the page types it. */
const deployAsTyped = () => run(page?.words.slice(page.words.indexOf('--') + 1) ?? [], folder, deploy);

function writeStage(settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(folder, 'stages', 'prod.env'), lines.join('\n'));
}

const readZips = () => FUNCTION_NAMES.map((name) => readFileSync(join(folder, PACKAGE, `${name}.zip`)));
const ROLLBACK = ['rollback', '--stage', 'prod', '--region', 'eu-west-1'];
const prod = () => aws.stacks.get('parley-prod') ?? expect.fail('no stack');

beforeAll(async () => {
  folder = copyService();
  unlinkSync(join(folder, 'stages'));
  mkdirSync(join(folder, 'stages'));
  writeStage(stageFile);
  local = await startAwsLocal();
  local.fauxqs.createBucket(BUCKET);
  aws = await startCloudFormation({
    s3: local.fauxqs.address,
    outputs: {
      ServerlessDeploymentBucketName: BUCKET,
      WebhookUrl: ADDRESS,
      QueueUrl: local.queueUrl,
      DeadLetterQueueUrl: local.dlqUrl,
    },
    resolved: { PUBLIC_URL: ADDRESS, QUEUE_URL: local.queueUrl, TABLE_NAME: local.tableName },
  });
  const env = {
    ...NO_PROXY,
    ...page?.exported,
    ...local.env,
    AWS_REGION: page?.exported['AWS_REGION'] ?? '',
    HOME: join(folder, '.home'),
    SLS_SCHEMA_CACHE_BASE_DIR: join(process.cwd(), 'node_modules/.cache/serverless'),
    // It asks every five seconds how far the stack is: here the stack is ready at once.
    SLS_AWS_MONITORING_FREQUENCY: '10',
    AWS_ENDPOINT_URL: aws.origin,
    AWS_ENDPOINT_URL_S3: local.fauxqs.address,
    AWS_ENDPOINT_URL_STS: local.fauxqs.address,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  removeService(folder);
  await Promise.all([aws.close(), local.stop()]);
});

const lastCall = (action: string) =>
  aws.calls.findLast((call) => call.action === action)?.parameters ?? expect.fail(`no ${action}`);
/** The alarms that take an update back. */
const WATCHED = 'RollbackConfiguration.RollbackTriggers';

describe('a stage that is deployed as docs/deploying.md says, from its first try to its removal', () => {
  it('is refused while secrets are missing, and nothing is changed', { timeout: PACKAGING_MS }, async () => {
    const { status, err } = await deployAsTyped();
    expect(status).toBe(FAILED);
    expect(err).toContain('There is no secret parley/prod/twilio-auth-token.');
    expect(err).toContain('There is no secret parley/prod/twilio-api-key.');
    expect(err).toContain('Not deployed: 2 problems. Nothing was changed.');
    expect(aws.stacks).toEqual(new Map());
  });

  it('leaves nothing that the next try would trip over when it fails', {
    timeout: PACKAGING_MS,
  }, async () => {
    const apiKey = { apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'invented' };
    local.secrets.put('parley/prod/twilio-auth-token', '0'.repeat(32));
    local.secrets.put('parley/prod/twilio-api-key', JSON.stringify(apiKey));
    aws.failAt('ReconcileRole');
    const { status, out, err } = await deployAsTyped();
    expect(out).toContain('made to fail');
    expect(err).toContain('the next try starts afresh');
    expect(status).toBe(FAILED);
    expect(aws.taken).toEqual(new Map());
  });

  it('then stands, and the doctor looks at it, whose findings fail no deployment', {
    timeout: PACKAGING_MS,
  }, async () => {
    const { status, out } = await deployAsTyped();
    expect(out).toContain('parley-prod is new.');
    expect(out).toContain(`Webhook: ${ADDRESS}`);
    expect(out).toContain('npx parley webhooks set --stage prod');
    expect(out).toContain('The doctor found something at prod in eu-west-1.');
    expect(status).toBe(DONE);
    expect(prod().status).toBe('UPDATE_COMPLETE');
    expect(lastCall('UpdateTerminationProtection').get('EnableTerminationProtection')).toBe('true');
    // There was no alarm yet.
    expect(lastCall('UpdateStack').get(`${WATCHED}.member.1.Arn`)).toBeNull();
  });

  it('is updated after saying what changes against what runs, with the same bytes from the same files', {
    timeout: PACKAGING_MS,
  }, async () => {
    const first = readZips();
    // As after another build: the same bytes in a file of another time.
    for (const name of FUNCTION_NAMES) utimesSync(join(folder, 'dist', name, 'index.cjs'), 1e9, 1e9);
    isPackaged = false;
    writeStage({ ...stageFile, AGENTS: 'desk-*' });
    aws.byHand.set('parley-prod-reply', { BOT_MODE: 'off' });
    const { status, out } = await deployAsTyped();
    aws.byHand.clear();
    expect(out).toContain('AGENTS (not set) → "desk-*"\n  BOT_MODE "off" → "dry-run"\n');
    expect(status).toBe(DONE);
    expect(prod().changes.at(-1)).toEqual({ added: [], removed: [] });
    expect(lastCall('UpdateStack').get(`${WATCHED}.member.3.Arn`)).toMatch(/^arn:aws:cloudwatch:/);
    expect(readZips().map((zip, at) => zip.equals(first[at] ?? Buffer.alloc(0)))).toEqual([true, true, true]);
  });

  it('is not rolled back to what cannot read a message in flight', async () => {
    const reads = prod().template.Metadata?.parley?.reads ?? expect.fail('no manifest');
    const store = createStore({
      tableName: local.tableName,
      clock: systemClock,
      client: local.clients.dynamodb,
    });
    const key = { pk: `CH${'1'.repeat(32)}`, sk: `onMessageAdded|IM${'1'.repeat(32)}` };
    const expiresAt = Math.floor(Date.now() / 1000) + 3_600;
    const newer = { v: reads.record + 1, parts: [] };
    await store.put(key, { version: 1, expiresAt, value: newer }, undefined);
    Object.assign(reads, { record: reads.record + 1 });
    const { status, err } = await run([...ROLLBACK, '--yes', '--reason', 'a test'], folder);
    Object.assign(reads, { record: reads.record - 1 });
    expect(err).toContain('Not rolled back: 1 message in flight cannot be read by that version');
    expect(status).toBe(FAILED);
  });

  it('is rolled back to what ran before, without a build', async () => {
    const dry = await run([...ROLLBACK, '--dry-run'], folder);
    expect(dry.out).toContain('Nothing was done');
    const unknown = await run([...ROLLBACK, '--to', '1999'], folder);
    expect(unknown.err).toMatch(/^--to "1999" is not a deployment that can be gone back to\. There are 20/);
    const { status, out, err } = await run([...ROLLBACK, '--yes', '--reason', 'a test'], folder);
    expect(err).toBe('');
    expect(out).toContain('AGENTS "desk-*" → (not set) (default)');
    expect(out).toMatch(/Rolled back in \d+ s\./);
    expect(status).toBe(DONE);
    const variables = prod().template.Resources['ReplyLambdaFunction']?.Properties['Environment'].Variables;
    expect(variables).toMatchObject({ AGENTS: '', BOT_MODE: 'dry-run' });
    const again = await run([...ROLLBACK, '--yes', '--reason', 'a test'], folder);
    expect(again.err).toContain('does not say what ran before it: name one with --to. There are 20');
  });

  it('is removed, but for what may hold messages', { timeout: PACKAGING_MS }, async () => {
    const words = ['remove', '--stage', 'prod', '--region', 'eu-west-1'];
    await runDeployer(words, process.env, { cwd: folder, out: () => undefined });
    expect(aws.stacks).toEqual(new Map());
    expect([...aws.taken]).toEqual([['AWS::SQS::Queue parley-prod.fifo', undefined]]);
  });
});

describe('an update of the version before', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as StackTemplate;
  const before = read('test/support/fixtures/template-before.json');

  it('replaces nothing, and keeps what holds messages, the address and the names of functions', () => {
    const after = read(join(folder, PACKAGE, 'cloudformation-template-update-stack.json'));
    expect(findReplaced(before, after)).toEqual([]);
    const kept = ['Queue', 'DeadLetterQueue', 'Table', 'HttpApi', 'HttpApiStage', 'ReceiveLambdaFunction'];
    expect(Object.keys(after.Resources)).toEqual(expect.arrayContaining(kept));
  });

  it.each([
    ['a queue of another name', 'Queue', { QueueName: 'other.fifo', FifoQueue: true }],
    ['another key of the table', 'Table', { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }],
  ])('would be told of %s', (_what, id, properties) => {
    const { [id]: resource = expect.fail(id), ...others } = before.Resources;
    const after = { ...before, Resources: { ...others, [id]: { ...resource, Properties: properties } } };
    expect(findReplaced(before, after)).toEqual([id]);
  });
});

describe.each(FUNCTION_NAMES)('the zip of %s', (name) => {
  it('holds its own bundle, the one the other tests run, and nothing else', () => {
    const file = `dist/${name}/index.cjs`;
    const files = readZip(join(folder, PACKAGE, `${name}.zip`));
    expect([...files.keys()]).toEqual([file]);
    expect(files.get(file)?.equals(readFileSync(file))).toBe(true);
  });
});
