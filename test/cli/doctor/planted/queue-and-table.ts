import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createStore } from '../../../../lib/aws/store.ts';
import { systemClock } from '../../../../lib/clock.ts';
import { LOOKS_KEY, MODE_KEY, SPOOLS } from '../../../../lib/record/keys.ts';
import { API_KEY_SECRET, AUTH_TOKEN_SECRET, type OperatedStack } from '../../../support/operated-stack.ts';
import { environment, everywhere, type Planted, secret, shown } from './plant.ts';

async function queueAttributes(stack: OperatedStack, url: string, Attributes: Record<string, string>) {
  const sqs = new SQSClient(stack.aws.clients.sqs);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
  sqs.destroy();
}

const queue =
  (bad: Record<string, string>, good: Record<string, string>): Planted['plant'] =>
  async (stack) => {
    await queueAttributes(stack, stack.aws.queueUrl, bad);
    return () => queueAttributes(stack, stack.aws.queueUrl, good);
  };

const storeOf = ({ aws }: OperatedStack) =>
  createStore({ tableName: aws.tableName, clock: systemClock, client: aws.clients.dynamodb });

/** What is wrong with the queue, the secrets and the table, and with what waits there. */
export const OF_QUEUE_AND_TABLE: readonly Planted[] = [
  {
    check: 'mapping',
    title: 'a mapping that is off',
    says: 'Disabled',
    plant: shown(({ mappings: [one = {}] }) => {
      one['State'] = 'Disabled';
    }),
  },
  {
    check: 'mapping',
    title: 'a mapping that takes a failed event for done',
    says: 'ReportBatchItemFailures',
    plant: shown(({ mappings: [one = {}] }) => {
      one['FunctionResponseTypes'] = [];
    }),
  },
  {
    check: 'mapping',
    title: 'a queue that nobody reads',
    says: 'Nothing hands the queue to reply',
    plant: shown((aws) => {
      aws.mappings = [];
    }),
  },
  {
    check: 'concurrency',
    title: 'a new account, which runs ten functions at once',
    says: 'runs 10 functions at once',
    plant: shown((aws) => {
      aws.concurrency = 10;
    }),
  },
  {
    check: 'queue',
    title: 'a message that shows up while it is worked on',
    says: 'hidden for 30 s',
    plant: queue({ VisibilityTimeout: '30' }, { VisibilityTimeout: '180' }),
  },
  {
    check: 'queue',
    title: 'a message that is given up after three tries',
    says: 'after 3 tries',
    plant: async (stack) => {
      const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:parley-dlq.fifo`;
      const policy = (maxReceiveCount: number) => ({
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
      });
      await queueAttributes(stack, stack.aws.queueUrl, policy(3));
      return () => queueAttributes(stack, stack.aws.queueUrl, policy(100));
    },
  },
  {
    check: 'auth-token-secret',
    title: 'a secret that holds something else',
    says: 'it holds no auth token',
    isReadAtOpening: true,
    plant: secret(AUTH_TOKEN_SECRET, '{"token":"1"}'),
  },
  {
    check: 'auth-token-secret',
    title: 'a secret that is not there',
    says: 'There is no secret parley/none',
    isReadAtOpening: true,
    plant: environment('receive', { TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/none' }),
  },
  {
    check: 'api-key-secret',
    title: 'an API key without its SID',
    says: 'it holds no API key',
    isReadAtOpening: true,
    plant: secret(API_KEY_SECRET, '{"apiKeySecret":"a-secret"}'),
  },
  {
    check: 'table',
    title: 'items that never expire',
    says: 'do not expire',
    plant: shown(({ table }) => {
      table.ttl = 'DISABLED';
    }),
  },
  {
    check: 'table',
    title: 'a table that cannot be restored',
    says: 'cannot be restored',
    plant: shown(({ table }) => {
      table.recovery = 'DISABLED';
    }),
  },
  {
    check: 'table',
    title: 'a table that can be deleted by mistake',
    says: 'not protected',
    plant: shown(({ table }) => {
      table.protected = false;
    }),
  },
  {
    check: 'mode',
    title: 'a bot that only tries',
    says: 'dry-run',
    isReadAtOpening: true,
    plant: everywhere({ BOT_MODE: 'dry-run' }),
  },
  {
    check: 'mode',
    title: 'a bot that somebody has switched off',
    says: 'set the bot to off',
    plant: async (stack) => {
      const store = storeOf(stack);
      const value = { mode: 'off', reason: 'a test', by: 'nobody', at: 0 };
      await store.put(
        MODE_KEY,
        { version: 1, expiresAt: Math.ceil(Date.now() / 1000) + 600, value },
        undefined,
      );
      return () => store.remove(MODE_KEY, 1);
    },
  },
  {
    check: 'heartbeat',
    title: 'a reconciler that stopped an hour ago',
    says: 'last looked 60 minutes ago',
    plant: async (stack) => {
      const store = storeOf(stack);
      const known = await store.get<object>(LOOKS_KEY);
      if (known === undefined) throw new Error('the reconciler has not run');
      const old = { lookedAt: Date.now() - 3_600_000, deployedAt: 0 };
      await store.put(LOOKS_KEY, { ...known, value: { ...known.value, ...old } }, known.version);
      return async () => {
        await store.put(LOOKS_KEY, known, known.version);
      };
    },
  },
  {
    check: 'dead-letters',
    title: 'a dead letter',
    says: 'Dead letters: 1',
    plant: async ({ aws }) => {
      aws.fauxqs.sendMessage('parley-dlq.fifo', '{}', {
        messageGroupId: 'CH1',
        messageDeduplicationId: 'd1',
      });
      return async () => {
        const sqs = new SQSClient(aws.clients.sqs);
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: aws.dlqUrl }));
        for (const { ReceiptHandle } of Messages) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl: aws.dlqUrl, ReceiptHandle }));
        }
        sqs.destroy();
      };
    },
  },
  {
    check: 'spool',
    title: 'an event that the queue refused',
    says: 'wait in the spool',
    plant: async (stack) => {
      const store = storeOf(stack);
      const key = { pk: SPOOLS[3] ?? '', sk: '2026-11-20T10:00:00.000Z|CH1|onMessageAdded|IM1' };
      await store.put(
        key,
        { version: 1, expiresAt: Math.ceil(Date.now() / 1000) + 600, value: {} },
        undefined,
      );
      return () => store.remove(key, 1);
    },
  },
];
