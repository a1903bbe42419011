import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROLLBACK_ALARMS } from '../../build/apply-deploy-settings.ts';
import { DEPLOY_SETTINGS, parameterOf } from '../../build/deploy-settings.ts';
import { type FunctionName, readConfig } from '../../lib/config.ts';
import {
  PACKAGING_MS,
  type PackagedService,
  packageService,
  type StackResource,
  type StackTemplate,
} from '../../local/lambda/package-service.ts';
import { ALARMS_FILE } from '../alarms/read-alarms.ts';
import { readResources } from '../alarms/read-template.ts';
import { type Actors, startActors } from '../support/rights/start-actors.ts';
import { takeAwayEach } from '../support/rights/take-away.ts';
import { EVERY_SETTING, resolveTemplate } from '../support/stack/resolve-template.ts';
import { breakAt } from './stack/break-at.ts';
import { STACK_RULES } from './stack/stack-rules.ts';

let service: PackagedService;
let resources: Readonly<Record<string, StackResource>>;

beforeAll(async () => {
  service = await packageService();
  resources = service.template.Resources;
}, PACKAGING_MS);
afterAll(() => service.remove());

const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);

describe('the template', () => {
  it("passes AWS's own validator without a remark, with every setting that may stay empty", () => {
    const { Parameters = {} } = service.template;
    const given = Object.entries(Parameters).map(([name, parameter]) => [
      name,
      { ...parameter, Default: EVERY_SETTING[name] ?? parameter.Default },
    ]);
    const path = join(service.dir, 'every-setting.json');
    writeFileSync(path, JSON.stringify({ ...service.template, Parameters: Object.fromEntries(given) }));
    const engine = new RegoEngine();
    const { diagnostics } = engine.validateStandard(new TemplateFile(path), {
      severityLevel: 'WARN',
      strict: true,
      // A DependsOn that a reference implies already. The deployment tool writes them; they do no harm.
      exclude: { ids: ['W3005'] },
    });
    engine.free();
    expect(diagnostics).toEqual([]);
  });

  const withoutSettings = (template: StackTemplate) => resolveTemplate(template);
  const withEvery = (template: StackTemplate) => resolveTemplate(template, EVERY_SETTING);

  it.each(STACK_RULES)('keeps the rule: $name', ({ find }) => {
    expect([...find(withoutSettings(service.template)), ...find(withEvery(service.template))]).toEqual([]);
  });

  const breaks = STACK_RULES.flatMap(({ find, breaks }) =>
    breaks.map(([path, value, finding]) => ({ find, path, value, finding })),
  );

  it.each(breaks)('is found out when $path is $value', ({ find, path, value, finding }) => {
    const broken = breakAt(service.template, path, value);
    expect([...find(withoutSettings(broken)), ...find(withEvery(broken))]).toContainEqual(
      expect.stringMatching(finding),
    );
  });

  it('has what CloudFormation watches after an update', () => {
    expect(ofType('AWS::CloudWatch::Alarm').map(([name]) => name)).toEqual(
      expect.arrayContaining(ROLLBACK_ALARMS),
    );
  });
});

describe('the settings of the deployment', () => {
  it('are parameters, each with the default that the documents name', () => {
    const { Parameters = {} } = service.template;
    const defaults = Object.entries(DEPLOY_SETTINGS).flatMap(([name, setting]) => {
      const parameter = Parameters[parameterOf(name)];
      return parameter === undefined ? [] : [[name, parameter.Default, setting.default]];
    });
    expect(defaults).toHaveLength(Object.keys(Parameters).length - 1);
    expect(
      defaults.filter(([name, found, documented]) => found !== documented && name !== 'DELETION_PROTECTION'),
    ).toEqual([]);
  });

  const own = 'https://bot.example.com/webhook';
  const awss = 'https://HttpApi.execute-api.us-east-1.amazonaws.com/webhook';

  it.each([
    ['no domain', {}, awss, awss],
    ['a domain', { DomainName: 'bot.example.com' }, own, own],
    [
      'a domain to which Twilio moves',
      { DomainName: 'bot.example.com', DefaultEndpoint: 'on' },
      own,
      `${own} ${awss}`,
    ],
  ])('take webhooks, with %s, at what they report', (_what, parameters, reported, taken) => {
    const { Resources, Outputs } = resolveTemplate(service.template, parameters);
    expect(Outputs['WebhookUrl']?.Value).toBe(reported);
    for (const name of ['ReceiveLambdaFunction', 'ReconcileLambdaFunction']) {
      expect(Resources[name]?.Properties['Environment'].Variables.PUBLIC_URL).toBe(taken);
    }
    const isOpen = taken.includes(awss);
    expect(Resources['HttpApi']?.Properties).toMatchObject({ DisableExecuteApiEndpoint: !isOpen });
  });

  it('lead functions and roles to another table', () => {
    const stack = JSON.stringify(
      resolveTemplate(service.template, { TableName: 'restored', KmsKeyArn: 'key' }),
    );
    expect(stack.match(/"TABLE_NAME":"restored"/g)).toHaveLength(FUNCTIONS.length);
    expect(stack.match(/:table\/restored"/g)).toHaveLength(FUNCTIONS.length);
    expect(stack.match(/tableName":"restored"/g)).toHaveLength(FUNCTIONS.length);
    expect(stack).not.toMatch(/:table\/Table"|tableName":"Table"/);
  });
});

const FUNCTIONS = ['receive', 'reply', 'reconcile'] as const;

it.each(FUNCTIONS)('the function %s is given exactly the settings that it reads', (name) => {
  const [, { Properties = {} } = {}] =
    ofType('AWS::Lambda::Function').find(
      ([, { Properties: of }]) => of['Handler'] === `dist/${name}/index.handler`,
    ) ?? [];
  const given = Object.keys(Properties['Environment'].Variables as Record<string, unknown>);
  expect(given.toSorted()).toEqual(settingsOf(name).toSorted());
});

/** What lib/config.ts reads for a function in Lambda; the origin for tests is not for deployments. */
function settingsOf(name: FunctionName): string[] {
  const config = readConfig(name, {
    AWS_LAMBDA_FUNCTION_NAME: name,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_CHAT_SERVICE_SID: `IS${'0'.repeat(32)}`,
    PUBLIC_URL: 'https://example.com/webhook',
    QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/parley.fifo',
    TABLE_NAME: 'parley',
    TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/twilio-auth-token',
    TWILIO_API_KEY_SECRET_ID: 'parley/twilio-api-key',
  });
  const plain = ['TWILIO_AUTH_TOKEN', 'TWILIO_API_KEY_SID', 'TWILIO_API_KEY_SECRET'];
  return Object.keys(config).filter((setting) => ![...plain, 'TWILIO_API_URL'].includes(setting));
}

describe('with the rights of its role', () => {
  let actors: Actors;
  beforeAll(async () => {
    actors = await startActors(service.template, EVERY_SETTING);
    for (const [name, value] of Object.entries(actors.env)) vi.stubEnv(name, value);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    // Everybody is in this process, so on a busy machine a call takes longer than the functions wait for it.
    const { setTimeout: wait } = globalThis;
    const patient = (call: () => void, ms = 0) => wait(call, ms < 300 ? ms : 100 * ms);
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(patient as typeof setTimeout);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await actors.stop();
  });

  // The reconciler comes first, when there are no conversations yet that it would look at.
  describe.each(FUNCTIONS.toReversed())('%s', (name) => {
    it('does all of its work', async () => {
      expect(await actors.act(name, actors.statementsOf(name))).toEqual({ refused: [], failed: [] });
    });

    it('needs each of them', async () => {
      const needless: string[] = [];
      for (const { missing, statements } of takeAwayEach(actors.statementsOf(name))) {
        const { refused } = await actors.act(name, statements);
        if (refused.length === 0) needless.push(missing);
      }
      expect(needless).toEqual([]);
    });
  });

  it('no function may use a key or write traces where no setting asks for it', () => {
    expect(JSON.stringify(resolveTemplate(service.template))).not.toMatch(/kms:|xray:/);
  });
});

it('has the alarms whose expressions test/alarms evaluates', () => {
  expect(alarmsOf(resources)).toEqual(alarmsOf(readResources(ALARMS_FILE)));
});

function alarmsOf(all: Readonly<Record<string, StackResource>>) {
  return Object.fromEntries(Object.entries(all).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm'));
}

it.each([
  [{}, []],
  [{ AlarmPage: 'https://on-call.example.com/?key=1' }, [['Alarms', 'https']]],
  [
    { AlarmPage: 'night@example.com', AlarmTicket: 'day@example.com' },
    [
      ['Alarms', 'email'],
      ['Tickets', 'email'],
    ],
  ],
])('subscribes who is named to hear of alarms: %j', (parameters, subscribed) => {
  const { Resources } = resolveTemplate(service.template, parameters);
  const subscriptions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SNS::Subscription');
  expect(
    subscriptions.map(({ Properties }) => [Properties['TopicArn'].split(':').at(-1), Properties['Protocol']]),
  ).toEqual(subscribed);
});
