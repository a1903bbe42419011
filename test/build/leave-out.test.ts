import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BUNDLE_OPTIONS } from '../../build/bundle-options.ts';
import { leaveOut } from '../../build/leave-out.ts';
import * as source from '../../lib/aws/secrets.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { type ScriptedAws, type Step, startScriptedAws } from '../contract/scripted-aws.ts';
import { silentLog } from '../support/silent-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-leave-out-'));
let bundled: typeof source;
let aws: ScriptedAws;

beforeAll(async () => {
  const outfile = join(folder, 'secrets.cjs');
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: ['lib/aws/secrets.ts'],
    outfile,
    plugins: [leaveOut().plugin],
  });
  bundled = (await import(pathToFileURL(outfile).href)).default;
  aws = await startScriptedAws();
  vi.spyOn(Math, 'random').mockReturnValue(0.01);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', aws.origin);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await aws.close();
  rmSync(folder, { recursive: true });
});

const KEY = { sid: `SK${'1'.repeat(32)}` };
const stored: Step = {
  status: 200,
  body: {
    SecretString: JSON.stringify({ apiKeySid: KEY.sid, apiKeySecret: 'a-secret' }),
    CreatedDate: 1.7e9,
    VersionStages: ['AWSCURRENT'],
  },
};
const refusal = (name: string, status = 400): Step => ({
  status,
  body: { __type: `com.amazonaws.secretsmanager#${name}`, Message: 'no' },
});

/** What comes of reading the API key, and what was asked for it. */
async function read({ readApiKey }: Pick<typeof source, 'readApiKey'>, steps: readonly Step[]) {
  aws.play(...steps);
  const secret = readApiKey('parley/key', { clock: manualClock(), log: silentLog() });
  const outcome = await secret.get().then(
    ({ sid }) => sid,
    ({ message }) => message,
  );
  return {
    outcome,
    requests: aws.requests.map(({ headers, body }) => ({
      body: JSON.parse(body),
      target: headers['x-amz-target'],
      type: headers['content-type'],
      agent: headers['user-agent'],
      scope: /Credential=local\/\d+\/(\S+),/.exec(headers.authorization ?? '')?.[1],
    })),
  };
}

describe('the client of Secrets Manager in the bundles', () => {
  it.each<[what: string, steps: readonly Step[], attempts: number, outcome: string]>([
    ['a secret', [stored], 1, KEY.sid],
    ['a secret that is not there', [refusal('ResourceNotFoundException')], 1, 'there is no such secret'],
    ['a refusal', [refusal('AccessDeniedException')], 1, 'AccessDeniedException'],
    ['another refusal', [refusal('DecryptionFailure')], 1, 'DecryptionFailure'],
    ['a refusal without a body', [{ status: 403 }], 1, 'Unknown'],
    ['being throttled', [refusal('ThrottlingException'), stored], 2, KEY.sid],
    ['being throttled for long', [refusal('ThrottlingException')], 2, 'ThrottlingException'],
    ['a failure of the service', [refusal('InternalServiceError', 500), stored], 2, KEY.sid],
    ['a page of a proxy', [{ status: 503, body: '<html>' }], 2, 'SyntaxError'],
    ['an answer that is not JSON', [{ status: 200, body: '<html>' }], 1, 'SyntaxError'],
    ['a reset', ['reset', stored], 2, KEY.sid],
    ['resets', ['reset'], 2, 'TimeoutError'],
    ['an answer that is cut off', ['cut off', stored], 2, KEY.sid],
  ])('takes %s as the whole client does', async (_, steps, attempts, outcome) => {
    const whole = await read(source, steps);
    expect(await read(bundled, steps)).toEqual(whole);
    expect(whole.outcome).toContain(outcome);
    expect(whole.requests).toEqual(
      Array(attempts).fill({
        body: { SecretId: 'parley/key', VersionStage: 'AWSCURRENT' },
        target: 'secretsmanager.GetSecretValue',
        type: 'application/x-amz-json-1.1',
        agent: expect.stringMatching(/^parley\//),
        scope: 'eu-central-1/secretsmanager/aws4_request',
      }),
    );
  });

  it('sets its clock by AWS’s as the whole client does', async () => {
    const late = new Date(Date.now() + 3_600_000).toUTCString();
    const expired: Step = {
      status: 400,
      headers: { date: late },
      body: { __type: 'InvalidSignatureException' },
    };
    for (const client of [source, bundled]) {
      expect(await read(client, [expired, stored])).toMatchObject({ outcome: KEY.sid });
      expect(aws.requests).toHaveLength(2);
    }
  });
});
