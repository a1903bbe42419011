import type { WebhookRequest } from '../emulator/index.ts';
import { type Surroundings, startSurroundings, throughApiGateway } from '../local/lambda/deployed-bot.ts';
import { deliverBatch } from '../local/lambda/event-source-mapping.ts';

/** What receive and reply need around them. */
export interface ParleyWorld extends Pick<Surroundings, 'env'> {
  /**
   * Somebody of whom the bot has never heard writes.
   * @param body @default 'plants', which the shipped rules answer
   * @param before how many messages they have written before, whose webhooks are lost
   */
  webhook(body?: string, before?: number): Promise<unknown>;
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
    webhook: async (body = 'plants', before = 0) => {
      customers += 1;
      // Made up by chance, two of so many would have one number.
      const author = `+1555${String(customers).padStart(7, '0')}`;
      const { conversation } = await service.customer.startConversation({ channel: 'whatsapp', author });
      const conversationSid = String(conversation['sid']);
      for (let n = 0; n < before; n += 1) await service.customer.write({ conversationSid, body: 'earlier' });
      await service.customer.write({ conversationSid, body });
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
