import type { ConversationsService } from '../../emulator/index.ts';
import { judge, sum, type Verdict } from '../chaos/judge.ts';
import { readReplies } from '../chaos/read-replies.ts';

/** People who write a few messages at once, wait for the answers, and write again after a while. */
export interface Customers {
  /** One of them writes `BURST` messages that were due at `due` (as performance.now()). */
  write(due: number): Promise<void>;
  /** Messages that wait for their answer. */
  waiting(): number;
  written(): number;
  /** Milliseconds from when a message was due to its answer standing in the conversation. */
  readonly answered: readonly number[];
  /**
   * Compares every conversation with what it should be.
   * @param refused what was written, but not taken: its replies are not due
   * @param underWay how much may still lead to a reply
   */
  verdict(refused: ReadonlySet<string>, underWay: number): Promise<Verdict>;
}

export const BURST = 3;
/** As the bot gives six replies a minute in one conversation, and sixty an hour. */
const REST_MS = 31_000;
const MOST = 45;

interface Customer {
  readonly conversationSid: string;
  /** The numbers of the orders that were asked for. */
  readonly asked: number[];
  unanswered: number;
  answeredAt: number;
}

interface Question {
  readonly due: number;
  readonly customer: Customer;
}

export function createCustomers(service: ConversationsService): Customers {
  const all: Customer[] = [];
  const resting: Customer[] = [];
  const asked = new Map<string, Question>();
  const answered: number[] = [];
  let number = 10_000;

  service.subscribe((happening) => {
    if (happening.kind !== 'message' || happening.change !== 'added') return;
    const { author, body } = happening.resource;
    const order = author === 'parley' ? /^Order (\d+) /.exec(String(body))?.[1] : undefined;
    const question = asked.get(order ?? '');
    if (order === undefined || question === undefined) return;
    asked.delete(order);
    const { customer, due } = question;
    customer.answeredAt = performance.now();
    answered.push(customer.answeredAt - due);
    customer.unanswered -= 1;
    if (customer.unanswered === 0 && customer.asked.length + BURST <= MOST) resting.push(customer);
  });

  async function choose(): Promise<Customer> {
    const [first] = resting;
    if (first !== undefined && performance.now() - first.answeredAt >= REST_MS) {
      resting.shift();
      return first;
    }
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    const customer = { conversationSid, asked: [], unanswered: 0, answeredAt: 0 };
    all.push(customer);
    return customer;
  }

  return {
    answered,
    waiting: () => asked.size,
    written: () => number - 10_000,
    write: async (due) => {
      const customer = await choose();
      customer.unanswered = BURST;
      for (let count = 0; count < BURST; count += 1) {
        number += 1;
        customer.asked.push(number);
        asked.set(String(number), { due, customer });
        await service.customer.write({
          conversationSid: customer.conversationSid,
          body: question(number),
        });
      }
    },
    verdict: async (refused, underWay) => {
      const verdicts = all.map(async ({ conversationSid, asked: numbers }) => {
        const seen = await readReplies(service, conversationSid);
        const replyTo = (order: number) => `Order ${order} `;
        // What was refused may be found and answered all the same; it need not be.
        const due = numbers
          .filter(
            (order) => !refused.has(question(order)) || seen.some((text) => text.startsWith(replyTo(order))),
          )
          .map(replyTo);
        return judge(due, seen, underWay);
      });
      return sum(await Promise.all(verdicts));
    },
  };
}

function question(order: number): string {
  return `order ${order}`;
}
