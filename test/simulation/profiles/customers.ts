import type { CustomerChannel } from '../../../emulator/index.ts';
import { drawKind, type Kind, pauses, writeAsCustomer } from '../people.ts';
import type { Stage } from '../profile.ts';

const MINUTE = 60_000;

export interface Customers {
  /** When the last of them writes at the latest, in milliseconds from now. @default 7 minutes */
  readonly withinMs?: number;
  /** @default 1 to 3 */
  readonly conversations?: number;
  /** @default WhatsApp and SMS */
  readonly channels?: readonly CustomerChannel[];
  /** Draws what is written. @default everything that customers write */
  readonly kind?: () => Kind;
  readonly serviceSid?: string;
}

/** Customers write, and nobody else: where agents and programs would make it hard to say what is due. */
export async function playCustomers(
  stage: Pick<Stage, 'world' | 'scheduler' | 'written' | 'trace' | 'maxMessages'>,
  customers: Customers = {},
): Promise<void> {
  const { world, scheduler, maxMessages } = stage;
  const { random } = scheduler;
  const { withinMs = 7 * MINUTE, conversations = 1 + Math.floor(random() * 3), serviceSid } = customers;
  const channels = customers.channels ?? (['whatsapp', 'whatsapp', 'sms'] as const);
  const talks: string[] = [];
  for (let c = 0; c < conversations; c += 1) {
    const channel = channels[Math.floor(random() * channels.length)] ?? 'whatsapp';
    const { conversation } = await world.service.customer.startConversation({ channel, serviceSid });
    talks.push(String(conversation['sid']));
  }
  const messages = 1 + Math.floor(random() * maxMessages);
  const pause = pauses(random);
  let at = random() * MINUTE;
  for (let n = 0; n < messages; n += 1) {
    at += pause();
    const conversationSid = talks[Math.floor(random() * talks.length)] ?? '';
    const kind = customers.kind ?? (() => drawKind(random));
    scheduler.after(Math.min(at, withinMs), () => {
      void writeAsCustomer({ ...stage, conversationSid }, kind());
    });
  }
}
