import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { createQueue } from '../../lib/aws/queue.ts';
import { createMemoryQueue } from '../../local/lambda/memory-queue.ts';
import { manualClock } from './manual-clock.ts';
import { describeQueue, type Received } from './queue.contract.ts';

describeQueue('memory', async ({ maxReceiveCount }) => {
  const clock = manualClock();
  const queue = createMemoryQueue({ clock, maxReceiveCount });
  return {
    queue,
    receive: async () => queue.receive(),
    remove: async (receiptHandle) => queue.delete(receiptHandle),
    expireVisibility: async () => clock.advance(180_000),
    deadLetters: async () => queue.deadLetters.map(({ body }) => body),
    close: async () => undefined,
  };
});

describeQueue('SQS', async ({ maxReceiveCount }) => {
  const fauxqs = await startFauxqs({ port: 0, logger: false, defaultRegion: 'us-east-1' });
  const origin = `http://127.0.0.1:${fauxqs.port}`;
  const dlq = fauxqs.createQueue('dlq.fifo', { attributes: { FifoQueue: 'true' } });
  fauxqs.createQueue('queue.fifo', {
    attributes: {
      FifoQueue: 'true',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dlq.queueArn, maxReceiveCount }),
    },
  });
  const url = `${origin}/000000000000/queue.fifo`;
  const client = {
    endpoint: origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const sqs = new SQSClient(client);
  let inFlight: readonly Received[] = [];

  const receiveFrom = async (queueUrl: string): Promise<readonly Received[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages.map(({ Body = '', ReceiptHandle = '', Attributes = {} }) => ({
      body: Body,
      groupId: Attributes.MessageGroupId ?? '',
      receiptHandle: ReceiptHandle,
      receiveCount: Number(Attributes.ApproximateReceiveCount),
    }));
  };

  return {
    queue: createQueue({ url, client }),
    receive: async () => {
      const received = await receiveFrom(url);
      inFlight = [...inFlight, ...received];
      return received;
    },
    remove: async (receiptHandle) => {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receiptHandle }));
      inFlight = inFlight.filter((message) => message.receiptHandle !== receiptHandle);
    },
    expireVisibility: async () => {
      for (const { receiptHandle: ReceiptHandle } of inFlight)
        await sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      inFlight = [];
    },
    deadLetters: async () => (await receiveFrom(`${origin}/000000000000/dlq.fifo`)).map(({ body }) => body),
    close: async () => {
      sqs.destroy();
      await fauxqs.stop();
    },
  };
});
