import { BOT_AUTHOR } from './account.ts';
import { NO_FAULTS } from './fault-load.ts';
import { bookOf } from './rules.ts';
import { createScheduler, EPOCH, type Scheduler, seededRandom } from './scheduler.ts';
import { createWorld, SCHEDULE, type SimulatedWorld } from './world.ts';

/** A world without faults, in which the bot has an answer to everything. */
export interface LoopWorld {
  readonly world: SimulatedWorld;
  readonly scheduler: Scheduler;
  /** Calls `answer` for each message of the bot, a while after it appeared. */
  onReply(afterMs: number, answer: (conversationSid: string) => void): void;
  /** Begins a conversation with somebody. @returns writes as them */
  converse(channel: 'whatsapp' | 'chat', author?: string): Promise<Talk>;
}

export interface Talk {
  readonly conversationSid: string;
  write(body: string): void;
}

export interface Quiet {
  readonly replies: number;
  /** Most replies in one conversation in any minute, hour and day. */
  readonly mostAMinute: number;
  readonly mostAnHour: number;
  readonly mostADay: number;
  readonly muted: number;
  /** Messages of the bot's that the bot answered. */
  readonly toItself: number;
}

const RULES = bookOf(`version: 1
rules:
  - { id: anything, when: {}, then: { text: You are right. } }
`);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export async function createLoopWorld(
  settings: Readonly<Record<string, string>> = {},
  webhookEnabled = false,
): Promise<LoopWorld> {
  const scheduler = createScheduler(seededRandom(1));
  const world = createWorld({
    scheduler,
    load: { ...NO_FAULTS, webhookEnabled },
    trace: () => undefined,
    environment: settings,
    rules: () => RULES,
    // Nothing is lost here, and a day has many minutes.
    schedule: { ...SCHEDULE, everyMs: 15 * MINUTE },
  });
  await scheduler.run(EPOCH + MINUTE);
  return {
    world,
    scheduler,
    onReply: (afterMs, answer) => {
      world.service.subscribe((happening) => {
        if (happening.kind !== 'message' || happening.change !== 'added') return;
        const { author, conversation_sid } = happening.resource;
        if (author === BOT_AUTHOR) scheduler.after(afterMs, () => answer(String(conversation_sid)));
      });
    },
    converse: async (channel, author) => {
      const { conversation } = await world.service.customer.startConversation({
        channel,
        ...(author === undefined ? {} : { author }),
      });
      const conversationSid = String(conversation['sid']);
      return {
        conversationSid,
        write: (body) => void world.service.customer.write({ conversationSid, body }),
      };
    },
  };
}

export function measure({ shown, logs }: SimulatedWorld): Quiet {
  const replies = shown.filter(({ author }) => author === BOT_AUTHOR);
  const most = (ms: number) =>
    Math.max(
      0,
      ...replies.map(
        ({ at: from, conversation_sid: sid }) =>
          replies.filter(
            ({ at, conversation_sid }) => conversation_sid === sid && at >= from && at < from + ms,
          ).length,
      ),
    );
  const own = new Set(replies.map(({ sid }) => sid));
  const subjects = replies.map(
    ({ attributes }) => JSON.parse(attributes) as { parley: { in_reply_to: string } },
  );
  return {
    replies: replies.length,
    mostAMinute: most(MINUTE),
    mostAnHour: most(HOUR),
    mostADay: most(24 * HOUR),
    muted: logs.filter((line) => line.includes('"loop_muted"')).length,
    toItself: subjects.filter(({ parley }) => own.has(parley.in_reply_to)).length,
  };
}
