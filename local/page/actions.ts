import * as z from 'zod/mini';
import type { ConversationsService } from '../service/create-service.ts';
import { faultSchema } from '../service/faults/fault.ts';
import { Refusal } from '../service/refusal.ts';

/** What people do on the page, by the name in `POST /actions/<name>`. */
export interface ActionResult {
  readonly status: number;
  readonly body: unknown;
}

type Action = (service: ConversationsService, input: unknown) => unknown;

/** @param run gets what `schema` accepts; a promise is awaited */
function action<T extends z.core.$ZodType>(
  schema: T,
  run: (service: ConversationsService, input: z.output<T>) => unknown,
): Action {
  return (service, input) => run(service, z.parse(schema, input));
}

const text = z.string();
const optional = z.optional(text);
const media = z.strictObject({ contentType: text, filename: optional, base64: optional });

const ACTIONS: Readonly<Record<string, Action>> = {
  start: action(
    z.strictObject({ channel: z.enum(['whatsapp', 'sms', 'chat']), author: optional }),
    ({ customer }, input) => customer.startConversation(input),
  ),
  write: action(
    z.strictObject({
      conversationSid: text,
      author: optional,
      body: optional,
      media: z.optional(z.array(media)),
    }),
    ({ customer }, { media = [], ...input }) =>
      customer.write({
        ...input,
        media: media.map(({ base64, ...file }) =>
          base64 === undefined ? file : { ...file, bytes: Buffer.from(base64, 'base64') },
        ),
      }),
  ),
  tap: action(
    z.strictObject({ conversationSid: text, messageSid: text, title: text, author: optional }),
    ({ customer }, input) => customer.tap(input),
  ),
  join: action(z.strictObject({ conversationSid: text, identity: text }), ({ customer }, input) =>
    customer.join(input),
  ),
  leave: action(z.strictObject({ conversationSid: text, author: text }), ({ customer }, input) =>
    customer.leave(input),
  ),
  arm: action(faultSchema, ({ faults }, fault) => faults.arm(fault)),
  disarm: action(z.strictObject({ id: text }), ({ faults }, { id }) => ({ disarmed: faults.disarm(id) })),
  freeze: action(z.strictObject({}), ({ timeline }) => timeline.freeze()),
  resume: action(z.strictObject({}), ({ timeline }) => timeline.resume()),
  move: action(z.strictObject({ ms: z.int() }), ({ timeline }, { ms }) => timeline.move(ms)),
  /** To the moment when the next waiting thing is due: a retry, a receipt, the end of the settle time. */
  skip: action(z.strictObject({}), ({ timeline }) =>
    timeline.move(Math.max(0, (timeline.nextDue() ?? timeline.now()) - timeline.now())),
  ),
};

/** Never rejects. */
export async function act(service: ConversationsService, name: string, json: string): Promise<ActionResult> {
  const run = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (run === undefined) return { status: 404, body: { message: `There is no action "${name}".` } };
  try {
    return { status: 200, body: (await run(service, JSON.parse(json))) ?? {} };
  } catch (error) {
    if (error instanceof Refusal) {
      return { status: error.status, body: { code: error.twilioCode, message: error.message } };
    }
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}
