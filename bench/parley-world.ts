import type { WebhookRequest } from '../emulator/index.ts';
import { type Surroundings, startSurroundings, throughApiGateway } from '../local/lambda/deployed-bot.ts';
import { deliverBatch } from '../local/lambda/event-source-mapping.ts';

/** What receive and reply need around them. */
export interface ParleyWorld extends Pick<Surroundings, 'env'> {
  /** Somebody who has never written writes. @param body @default 'plants', which the shipped rules answer */
  webhook(body?: string): Promise<unknown>;
  /** The oldest batch of the queue, which is taken from it: one event. */
  batch(): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startParleyWorld(): Promise<ParleyWorld> {
  let webhook: WebhookRequest | undefined;
  let customers = 0;
  const { service, sqs, aws, env, stop } = await startSurroundings(async (sent) => {
    webhook = sent;
    return { status: 200, headers: {}, body: '' };
  });
  return {
    env,
    stop,
    webhook: async (body = 'plants') => {
      customers += 1;
      // Made up by chance, two of so many would have one number.
      const author = `+1555${String(customers).padStart(7, '0')}`;
      const { conversation } = await service.customer.startConversation({ channel: 'whatsapp', author });
      await service.customer.write({ conversationSid: String(conversation['sid']), body });
      await service.idle();
      if (webhook === undefined) throw new Error('The service sent no webhook.');
      return throughApiGateway(webhook);
    },
    batch: async () => {
      let batch: unknown;
      await deliverBatch({
        sqs,
        queueUrl: aws.queueUrl,
        batchSize: 1,
        waitSeconds: 1,
        invoke: async (event) => {
          batch = event;
          return { ok: true, payload: { batchItemFailures: [] } };
        },
      });
      if (batch === undefined) throw new Error('Receive put nothing on the queue.');
      return batch;
    },
  };
}
