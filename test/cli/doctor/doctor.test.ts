import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../../cli/doctor/checks.ts';
import { lookAtStage } from '../../../cli/doctor/look.ts';
import { lookAt } from '../../../cli/doctor/look-at.ts';
import { listAudits } from '../../../cli/stage/audit.ts';
import { openAwsStage } from '../../../cli/stage/aws/open-aws-stage.ts';
import { withStage } from '../../../cli/stage/open-stage.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { startWorld } from '../../../local/world.ts';
import { seededRandom } from '../../../talks/testing/seeded-random.ts';
import { startOperatedStack } from '../../support/operated-stack.ts';
import { misunderstood } from '../harmless.ts';
import { makeProject, run } from '../support.ts';
import type { Operating, Planted } from './planted/plant.ts';
import { PLANTED } from './planted/planted.ts';

let stack: Operating;
let opened: Stage;
let project: string;
beforeAll(async () => {
  const started = await startOperatedStack();
  await started.reconcile({});
  const { conversation } = await started.service.customer.startConversation({ channel: 'sms' });
  stack = { ...started, conversationSid: String(conversation['sid']) };
  project = await makeProject();
  opened = await stack.operate(() => openAwsStage(DEV));
});
afterAll(async () => {
  await opened.close();
  await rm(project, { recursive: true });
  await stack.stop();
});

const DEV = { stage: 'dev', port: undefined, region: 'us-east-1', profile: undefined, json: false };
const ALL = Object.values(CHECKS).flat();

/** What one check finds in the stack as it is now. */
function diagnose({ check: id, look: change = (look) => look, isReadAtOpening }: Planted) {
  const check = ALL.find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  const examine = async (stage: Stage) => (await lookAt(check, change(lookAtStage(stage, project)))).findings;
  return stack.operate(() => (isReadAtOpening ? withStage(DEV, examine) : examine(opened)));
}

describe('the doctor', () => {
  it.each(PLANTED)('finds $title ($check)', async (planted) => {
    const undo = await planted.plant(stack);
    try {
      const found = await diagnose(planted);
      expect(found.map(({ says }) => says)).toEqual([expect.stringContaining(planted.says)]);
      expect(JSON.stringify(found)).not.toMatch(/pa55|s3cr3t/);
      expect(found.every(({ grade, fix }) => grade !== 'unseen' && fix !== undefined)).toBe(true);
      const commands = found.flatMap(({ fix = '' }) => (/^(?:npx|npm|aws) /.test(fix) ? [fix] : []));
      expect(commands.filter((line) => !line.includes(' --region us-east-1'))).toEqual([]);
    } finally {
      await undo();
    }
  });

  it('has something planted for each of its checks', () => {
    expect([...new Set(PLANTED.map(({ check }) => check))].toSorted()).toEqual(
      ALL.map(({ id }) => id).toSorted(),
    );
  });

  it('finds nothing in a sound stack, sends no message and changes nothing', async () => {
    const before = stack.service.since(0).at(-1)?.seq ?? 0;
    const { out, err, status } = await stack.operate(() => run(['doctor', '--stage', 'dev'], project));
    expect({ status, err, marks: [...out.matchAll(/^ ([!✖·]) .*$/gm)].map(([line]) => line) }).toEqual({
      status: 0,
      err: '',
      marks: [expect.stringContaining('without TLS')],
    });
    const asked = stack.service.since(before).filter((one) => one.kind === 'request');
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(out).toContain(`39 of 40 checks good: 0 problems, 0 warnings, 1 not to be seen from here.\n`);
    expect(out).toMatch(
      /\nRequests: \d+ to AWS, \d+ to Twilio, 3 to the webhook's address\. No message was sent\.$/,
    );
  });

  it('puts right what can hurt nobody, once somebody agrees, and leaves an audit', async () => {
    const sound = structuredClone(stack.shown);
    stack.shown.table.recovery = 'DISABLED';
    stack.shown.functions.reply.Timeout = 3;
    stack.service.configureWebhooks({ ...stack.webhook, Filters: ['onMessageAdded'], Method: 'GET' });
    const fix = (...args: readonly string[]) =>
      stack.operate(() => run(['doctor', '--fix', '--stage', 'dev', ...args], project));
    const orders = [
      'Turn on point-in-time recovery of the table parley.',
      `Set the webhook of ${stack.service.serviceSid} to POST ${stack.publicUrl} for ${stack.webhook.Filters.join(', ')}.`,
    ];
    try {
      const dry = await fix('--dry-run');
      expect(dry.out.split('\n').slice(0, 3)).toEqual([
        ...orders,
        'Nothing was done: this is what it would do.',
      ]);
      expect(await fix('--reason', 'a test')).toMatchObject({
        status: 2,
        err: expect.stringContaining('add --yes'),
      });
      const { out, status } = await fix('--yes', '--reason', 'a test', '--json');
      const { checks } = JSON.parse(out) as {
        readonly checks: readonly { readonly id: string; readonly isGood: boolean }[];
      };
      const bad = checks.filter(({ isGood }) => !isGood).map(({ id }) => id);
      // Another timeout is a deployment's.
      expect({ status, bad }).toEqual({ status: 1, bad: ['functions', 'certificate'] });
      const [audit] = await stack.operate(() => listAudits(opened, 1));
      expect(audit).toMatchObject({ command: 'doctor --fix', what: orders, why: 'a test', ended: 'done' });
    } finally {
      Object.assign(stack.shown, sound);
      stack.service.configureWebhooks(stack.webhook);
    }
  });

  it('says what keeps it from looking at all', async () => {
    const { status, err } = await stack.operate(() => run(['doctor', '--stage', 'prod']));
    expect({ status, err }).toEqual({
      status: 1,
      err: expect.stringContaining('There is no stack parley-prod in this account and region'),
    });
  });

  it('is the same from a shell', async () => {
    const child = spawn(process.execPath, [resolve('cli/parley.mjs'), 'doctor', '--stage', 'dev', '--json'], {
      env: { ...process.env, ...stack.env },
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const stdout = await text(child.stdout);
    const { checks, requests } = JSON.parse(stdout) as {
      readonly checks: readonly { readonly id: string; readonly findings: readonly unknown[] }[];
      readonly requests: object;
    };
    expect(checks.map(({ id }) => id)).toEqual(ALL.map(({ id }) => id));
    expect(checks.flatMap(({ findings }) => findings)).toEqual([
      expect.objectContaining({ grade: 'unseen' }),
    ]);
    expect(Object.keys(requests)).toEqual(['aws', 'twilio', 'door']);
  });
});

describe('the doctor in the local world', () => {
  it('looks at all but what only AWS has, and says so', async () => {
    const world = await startWorld({ port: 0, environment: {}, random: seededRandom(1) });
    try {
      const port = String(new URL(world.url).port);
      world.service.configureWebhooks({ PostWebhookUrl: world.webhookUrl, Method: 'GET', Filters: [] });
      const found = await run(['doctor', '--stage', 'local', '--port', port, '--json']);
      const { checks } = JSON.parse(found.out) as {
        readonly checks: readonly { readonly findings: readonly { readonly fix: string }[] }[];
      };
      const fixes = checks.flatMap(({ findings }) => findings.flatMap(({ fix }) => fix ?? []));
      expect(fixes).toContain(`npx parley webhooks set --stage local --port ${port}`);
      for (const fix of fixes.filter((line) => line.startsWith('npx parley')))
        expect([fix, await misunderstood(fix)]).toEqual([
          expect.stringContaining(` --port ${port}`),
          undefined,
        ]);
      await run(['webhooks', 'set', '--stage', 'local', '--port', port, '--reason', 'a test']);
      // The bot of a local world takes whatever signs, so a token that was rotated there is no finding.
      world.service.tokens.createSecondary('0123456789abcdef0123456789abcdef');
      world.service.tokens.promote();
      const { out, status, err } = await run(['doctor', '--stage', 'local', '--port', port]);
      const bad = [...out.matchAll(/^ [!✖] (.*)/gm)].map(([, says = '']) => says);
      // A world that has just begun has not looked for lost messages yet.
      expect({ err, bad }).toEqual({
        err: '',
        bad: status === 1 ? [expect.stringMatching(/^heartbeat/)] : [],
      });
      expect(out).toContain('\n14 checks of what only AWS has: left out for the local world.\n');
      expect(out).toContain(' ✔ door-signed');
      const unset = await run([
        'webhooks',
        'unset',
        '--stage',
        'local',
        '--port',
        port,
        '--reason',
        'a test',
      ]);
      expect(unset.out).toMatch(/^Remove the webhook of IS\w+\.$/);
    } finally {
      await world.stop();
    }
  });
});
