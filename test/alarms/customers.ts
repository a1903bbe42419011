import { MINUTE, type WatchedWorld } from './watched-world.ts';

export interface Customers {
  readonly conversations: readonly string[];
  /** The next customer writes this. */
  write(body: string): Promise<void>;
}

/** Customers who begin a conversation each, and go on writing in turn, one message every `everyMs`. */
export async function bringCustomers(
  { world, scheduler }: WatchedWorld,
  { count = 6, everyMs = MINUTE }: { readonly count?: number; readonly everyMs?: number } = {},
): Promise<Customers> {
  const conversations: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    conversations.push(String(conversation['sid']));
  }
  let said = 0;
  const write = async (body: string) => {
    const conversationSid = conversations[said % conversations.length] ?? '';
    said += 1;
    await world.service.customer.write({ conversationSid, body });
  };
  const goOn = () => {
    void write(`one ${said}`);
    scheduler.after(everyMs, goOn);
  };
  scheduler.after(everyMs, goOn);
  return { conversations, write };
}
