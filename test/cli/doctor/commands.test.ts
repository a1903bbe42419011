import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAudits } from '../../../cli/stage/audit.ts';
import { withStage } from '../../../cli/stage/open-stage.ts';
import { type OperatedStack, startOperatedStack } from '../../support/operated-stack.ts';
import { run } from '../support.ts';

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
  await stack.reconcile({});
});
afterAll(() => stack.stop());

const DEV = ['--stage', 'dev'];
const WHY = ['--reason', 'a test'];
const parley = (...args: readonly string[]) => stack.operate(() => run([...args, ...DEV]));
const given = (secret: string, ...args: readonly string[]) =>
  stack.operate(() => run([...args, ...DEV, ...WHY], process.cwd(), undefined, undefined, secret));
const latestAudit = () =>
  stack.operate(() =>
    withStage({ stage: 'dev', port: 4000, region: undefined, profile: undefined, json: false }, (stage) =>
      listAudits(stage, 1),
    ),
  );

describe('x', () => {
  it('y', async () => {
    const shown: unknown[] = [];
    stack.service.configureWebhooks({ PostWebhookUrl: 'https://other.example/webhook?token=geheim', Filters: ['onMessageUpdated'] });
    shown.push(await parley('webhooks', 'show'));
    shown.push(await parley('webhooks', 'set', '--dry-run'));
    shown.push(await parley('webhooks', 'set', ...WHY));
    shown.push(await parley('webhooks', 'set', ...WHY));
    shown.push(await parley('webhooks', 'unset', ...WHY));
    shown.push(await parley('webhooks', 'set', ...WHY, '--json'));
    shown.push(await parley('webhooks', 'set', ...WHY, '--level', 'conversation'));
    shown.push(await parley('addresses', 'check'));
    shown.push(await parley('templates', 'check'));
    shown.push(await parley('templates', 'push', '--dry-run'));
    shown.push(await parley('templates', 'pull', '--dry-run'));
    shown.push(await parley('secrets', 'check'));
    shown.push(await given('abc', 'secrets', 'rotate', 'auth-token'));
    shown.push(await given('f'.repeat(32), 'secrets', 'rotate', 'auth-token'));
    stack.service.tokens.createSecondary('f'.repeat(32));
    shown.push(await given('f'.repeat(32), 'secrets', 'rotate', 'auth-token'));
    shown.push(await parley('secrets', 'rotate', 'auth-token', '--finish', ...WHY));
    stack.service.tokens.promote();
    shown.push(await parley('secrets', 'rotate', 'auth-token', '--finish', ...WHY));
    shown.push(await parley('secrets', 'check'));
    shown.push(await latestAudit());
    console.log(JSON.stringify(shown, undefined, 1));
    expect(0).toBe(0);
  });
});
