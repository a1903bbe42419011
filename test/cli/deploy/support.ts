import type { Manifest } from '../../../build/manifest.ts';
import type { AwsAccount, StackSummary } from '../../../cli/deploy/aws-account.ts';
import type { Planned } from '../../../cli/deploy/preflight/finding.ts';
import { settingsOf } from '../../../cli/deploy/settings-of.ts';
import type { Template } from '../../../cli/deploy/template.ts';
import { GIVE_BACK_EVENTS } from '../../../lib/rules/answered-events.ts';
import { bookOf } from '../../rules/support.ts';

export const SERVICE = `IS${'1'.repeat(32)}`;
export const NAMES = [
  'AGENTS',
  'BOT_MODE',
  'MAX_CONCURRENCY',
  'PUBLIC_URL',
  'TABLE_NAME',
  'TWILIO_API_KEY_SECRET_ID',
  'TWILIO_AUTH_TOKEN_SECRET_ID',
  'TWILIO_CHAT_SERVICE_SID',
];

const SECRETS = {
  TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/prod/twilio-auth-token',
  TWILIO_API_KEY_SECRET_ID: 'parley/prod/twilio-api-key',
};

/** What the rules below wait for. */
const EVENTS = [...GIVE_BACK_EVENTS, 'onMessageAdded'];

/** The stack of the stage prod, as it is packaged with some settings. */
export function templateWith(given: Readonly<Record<string, string>>, noted?: Partial<Manifest>): Template {
  const environment = {
    BOT_MODE: '',
    AGENTS: '',
    TWILIO_CHAT_SERVICE_SID: SERVICE,
    PUBLIC_URL: { 'Fn::Sub': 'the address of the API' },
    TABLE_NAME: { Ref: 'Table' },
    ...SECRETS,
    ...given,
  };
  return {
    Metadata: {
      parley: { settings: given, reads: { record: 2, conversation: 1 }, events: EVENTS, rules: {}, ...noted },
    },
    Parameters: { MaxConcurrency: { Default: '50' } },
    Resources: {
      ReplyLambdaFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'parley-prod-reply',
          Environment: { Variables: environment },
          Code: { S3Key: 'serverless/parley/prod/2-2026-11-29T12:00:00.000Z/reply.zip' },
        },
      },
      ReplyEventSourceMappingSQSQueue: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ScalingConfig: { MaximumConcurrency: { Ref: 'MaxConcurrency' } } },
      },
    },
  };
}

export function stackNamed(name: string, status = 'UPDATE_COMPLETE'): StackSummary {
  return { name, status, outputs: {}, tags: { app: 'parley' } };
}

/** What is deployed with some settings, as it runs now: as it was deployed, or as somebody changed it by hand. */
export function deployedWith(
  given: Readonly<Record<string, string>>,
  byHand = given,
  noted?: Partial<Manifest>,
) {
  const template = templateWith(given, noted);
  const now = {
    PUBLIC_URL: 'https://abc.example.com/webhook',
    TABLE_NAME: 'parley-prod-Table-1',
    ...SECRETS,
    ...byHand,
  };
  return { stack: stackNamed('parley-prod'), template, environments: { reply: now } };
}

/** An account in which all is well. */
export function soundAccount(changes: Partial<AwsAccount> = {}): AwsAccount {
  const secrets: Readonly<Record<string, string>> = {
    'parley/prod/twilio-auth-token': '0'.repeat(32),
    'parley/prod/twilio-api-key': JSON.stringify({
      apiKeySid: `SK${'0'.repeat(32)}`,
      apiKeySecret: 'invented',
    }),
  };
  return {
    stacks: async () => [],
    template: async () => templateWith({}),
    environment: async () => undefined,
    secret: async (id) => secrets[id],
    concurrency: async () => 1_000,
    ...changes,
  };
}

const RULES = `version: 1
templates:
  welcome: { sid: HX${'1'.repeat(32)} }
rules:
  - { id: hi, when: { keyword: hi }, then: { template: welcome } }
`;

/** A first deployment of the stage prod, which nothing is in the way of. */
export function plannedWith(changes: Partial<Planned> = {}): Planned {
  const template = changes.template ?? templateWith({});
  return {
    stage: 'prod',
    given: { stage: 'prod' },
    stackName: 'parley-prod',
    place: 'stages/prod.env',
    template,
    settings: settingsOf(template, NAMES),
    book: bookOf(RULES),
    deployed: undefined,
    stacks: [],
    aws: soundAccount(),
    ...changes,
  };
}
