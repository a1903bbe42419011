import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import { createQueue } from '../../lib/aws/queue.ts';
import { startAwsLocal } from '../../local/lambda/aws-local.ts';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';
import { PATIENCE_MS } from '../support/patience.ts';

const message = { groupId: 'CH1', deduplicationId: 'IM1', body: 'CANARY' };
let listening: LoopbackServer;
afterEach(async () => {
  await listening.close();
});

async function queueAt(server: Server) {
  listening = await listen(server);
  const client = {
    endpoint: listening.origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return createQueue({ url: `${listening.origin}/000000000000/queue.fifo`, client });
}

describe('the SQS queue under faults', () => {
  it('gives up after three attempts that never answer, and shows nothing of the message', async () => {
    // On a busy machine an attempt may give up before its request is read; its connection comes all the same.
    let attempts = 0;
    const server = createServer(() => undefined).on('connection', () => {
      attempts += 1;
    });
    const queue = await queueAt(server);
    const error = await queue.send(message).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({ reason: 'TimeoutError', retryable: true, outcomeKnown: false });
    await expect.poll(() => attempts, { timeout: PATIENCE_MS }).toBe(3);
    expect(inspect(error, { depth: 9 })).not.toContain('CANARY');
  });

  it('sends the same deduplication id with each attempt', async () => {
    const ids: unknown[] = [];
    const queue = await queueAt(
      createServer(async (incoming, outgoing) => {
        ids.push(JSON.parse((await buffer(incoming)).toString()).MessageDeduplicationId);
        outgoing.writeHead(503).end();
      }),
    );
    await expect(queue.send(message)).rejects.toThrow('SQS SendMessage failed');
    expect(ids).toEqual(['IM1', 'IM1', 'IM1']);
  });

  it('throws for a receipt that never was', async () => {
    const aws = await startAwsLocal();
    listening = { origin: '', close: aws.stop };
    const queue = createQueue({ url: aws.queueUrl, client: aws.clients.sqs });
    await expect(queue.postpone('nonsense', 5)).rejects.toThrow('SQS ChangeMessageVisibility failed');
  });
});
