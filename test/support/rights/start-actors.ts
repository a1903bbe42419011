import { createRequire } from 'node:module';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { WebhookRequest } from '../../../emulator/index.ts';
import { createHandler as createDoor } from '../../../functions/receive.ts';
import { createQueue } from '../../../lib/aws/queue.ts';
import { fixedSecret } from '../../../lib/aws/secret.ts';
import { createStore } from '../../../lib/aws/store.ts';
import { systemClock } from '../../../lib/clock.ts';
import { type FunctionName, readConfig } from '../../../lib/config.ts';
import {
  CREDENTIALS,
  PUBLIC_URL,
  startSurroundings,
  throughApiGateway,
} from '../../../local/lambda/deployed-bot.ts';
import type { StackResource, StackTemplate } from '../../../local/lambda/package-service.ts';
import { silentLog } from '../silent-log.ts';
import { PLACE, resolveTemplate } from '../stack/resolve-template.ts';
import { ACTS, type Handlers, type Hands } from './acts.ts';
import type { Statement } from './evaluate-policy.ts';
import { guardAws } from './guard-aws.ts';

/** The functions of a stack, each to act with the rights of a role and no more. */
export interface Actors {
  /** What the template grants a function's role. */
  statementsOf(name: FunctionName): readonly Statement[];
  /**
   * The packaged function does all of its work (acts.ts), from a cold start, and the services that act in its name do theirs.
   * @returns what was refused, and which parts of the work did not succeed
   */
  act(
    name: FunctionName,
    statements: readonly Statement[],
  ): Promise<{ readonly refused: readonly string[]; readonly failed: readonly string[] }>;
  /** The environment that the functions are to be loaded with. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
/** What the stand-ins have. */
const NAMES = { Queue: 'parley.fifo', Table: 'parley' };

/** @param parameters of the stack */
export async function startActors(
  template: StackTemplate,
  parameters: Readonly<Record<string, string>>,
): Promise<Actors> {
  const { Resources } = resolveTemplate(template, parameters, { ...PLACE, names: NAMES });
  const settings = Object.assign(
    {},
    ...FUNCTIONS.map((name) => functionOf(Resources, name)['Environment'].Variables),
  ) as Record<string, string>;
  const webhooks: WebhookRequest[] = [];
  const around = await startSurroundings(async (webhook) => {
    webhooks.push(webhook);
    return { status: 200, headers: {}, body: '' };
  });
  const { aws, service } = around;
  const { authToken, apiKeySid, apiKeySecret } = CREDENTIALS;
  const { TWILIO_AUTH_TOKEN_SECRET_ID = '', TWILIO_API_KEY_SECRET_ID = '' } = settings;
  aws.secrets.put(TWILIO_AUTH_TOKEN_SECRET_ID, authToken);
  aws.secrets.put(TWILIO_API_KEY_SECRET_ID, JSON.stringify({ apiKeySid, apiKeySecret }));
  const guard = await guardAws(aws, { ...PLACE, kmsKeyArn: parameters['KmsKeyArn'] });
  const door = createDoor(readConfig('receive', { ...around.env.receive, TWILIO_AUTH_TOKEN: authToken }), {
    authTokens: fixedSecret([authToken]),
    queue: createQueue({ url: aws.queueUrl, client: aws.clients.sqs }),
    clock: systemClock,
    log: silentLog(),
  });
  const hands: Hands = {
    guard,
    aws,
    service,
    sqs: new SQSClient(guard.client),
    dynamodb: new DynamoDBClient(guard.client),
    store: createStore({ tableName: aws.tableName, clock: systemClock, client: aws.clients.dynamodb }),
    load: <N extends FunctionName>(name: N) => {
      const file = require.resolve(`../../../dist/${name}/index.cjs`);
      delete require.cache[file];
      const { handler } = require(file) as { handler: (...given: readonly unknown[]) => Promise<unknown> };
      const invoke = async (...given: readonly unknown[]) => {
        const result = await handler(...given);
        // What comes after it would tell nothing more.
        if (guard.refused().length > 0) throw new Error('refused');
        return result;
      };
      return invoke as unknown as Handlers[N];
    },
    write: async (conversationSid, body) => {
      await service.customer.write({ conversationSid, body });
      await service.idle();
      return webhooks.at(-1) ?? Promise.reject(new Error('Twilio posted nothing.'));
    },
    feed: (webhook) => door(throughApiGateway(webhook)),
  };

  /** What Lambda does for every function: its logs, and its traces where they are wanted. */
  const runAsLambda = (name: FunctionName) => {
    const { FunctionName: called, TracingConfig } = functionOf(Resources, name);
    const group = `arn:aws:logs:${PLACE.region}:${PLACE.account}:log-group:/aws/lambda/${called}`;
    const resource = `${group}:log-stream:2026/11/29/[$LATEST]0`;
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) guard.ask({ action, resource });
    const traces =
      TracingConfig.Mode === 'Active' ? ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] : [];
    for (const action of traces) guard.ask({ action, resource: '*' });
  };
  return {
    statementsOf: (name) => {
      const [role] = functionOf(Resources, name)['Role'].split('/').slice(-1);
      return Resources[role]?.Properties['Policies'][0].PolicyDocument.Statement;
    },
    env: {
      ...settings,
      ...around.env.reply,
      ...guard.env,
      TWILIO_AUTH_TOKEN_SECRET_ID,
      TWILIO_API_KEY_SECRET_ID,
      AWS_LAMBDA_FUNCTION_NAME: 'parley',
      QUEUE_URL: guard.queueUrl,
      PUBLIC_URL,
    },
    act: async (name, statements) => {
      aws.fauxqs.reset();
      guard.grant(statements);
      runAsLambda(name);
      // Nobody would know of what it does then.
      if (guard.refused().length > 0) return { refused: guard.refused(), failed: ['all'] };
      const parts = await ACTS[name](hands).catch((error: unknown) => ({ [String(error)]: false }));
      const failed = Object.entries(parts).flatMap(([part, isDone]) => (isDone ? [] : [part]));
      return { refused: guard.refused(), failed };
    },
    stop: async () => {
      hands.sqs.destroy();
      hands.dynamodb.destroy();
      await guard.close();
      await around.stop();
    },
  };
}

const FUNCTIONS: readonly FunctionName[] = ['receive', 'reply', 'reconcile'];

function functionOf(resources: StackTemplate['Resources'], name: FunctionName): StackResource['Properties'] {
  const handler = `dist/${name}/index.handler`;
  const found = Object.values(resources).find(({ Properties }) => Properties?.['Handler'] === handler);
  if (found === undefined) throw new Error(`The template has no function ${name}.`);
  return found.Properties;
}
