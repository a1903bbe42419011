import { BotError } from '../errors.ts';

/** A message that SQS would refuse each time it is sent. Nothing was sent. */
export class QueueMessageRefusedError extends BotError {
  override readonly name = 'QueueMessageRefusedError' as const;
  readonly code = 'queue_message_refused' as const;
}
