import type { MessageRecord } from '../../../lib/record/message-record.ts';
import { onlyWebhooks } from '../calm.ts';
import type { TwilioFault } from '../chaos.ts';
import { createDeliveries, type Deliveries } from '../deliveries.ts';
import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import { writtenAt } from '../replies.ts';

const MINUTE = 60_000;
const MAX_AGE_MS = 3 * MINUTE;
const TROUBLE_MS = 16 * MINUTE;
/** Two clocks of ours may each be a second off. */
const CLOCKS_DIFFER_MS = 2_000;
/** Two clocks, a run of the function, and the settle time of what was being sent. */
const SLACK_MS = CLOCKS_DIFFER_MS + 30_000 + 45_000;
const WAYS: readonly TwilioFault[] = [
  { kind: 'error', code: 20500 },
  { kind: 'error', code: 20503 },
  { kind: 'proxy', status: 502, when: 'before' },
  { kind: 'proxy', status: 403, when: 'before' },
  { kind: 'timeout', commit: 'never' },
  { kind: 'reset', when: 'before' },
  { kind: 'rate-limit' },
  'refused',
];

/** Twilio answers nothing for longer than messages may wait. */
export const down: Profile = {
  name: 'down',
  about:
    'Twilio answers no request for longer than a message may wait: each ends at the age limit, not when Twilio is back',
  scene: ({ random, now }) => {
    const way = WAYS[Math.floor(random() * WAYS.length)] as TwilioFault;
    const deliveries = createDeliveries({ now });
    const from = now() + 2 * MINUTE + random() * 2 * MINUTE;
    let isOver = false;
    return {
      // A crash costs the three minutes for which the queue hides a message: then nothing could be said of when it ends.
      load: (drawn) => ({ ...onlyWebhooks(drawn), webhookDrop: drawn.webhookDrop }),
      world: {
        environment: { REPLY_MAX_AGE_SECONDS: String(MAX_AGE_MS / 1_000) },
        onDelivery: deliveries.onDelivery,
        tamper: (chance) => ({
          ...chance,
          atRequest: (process, request) =>
            !isOver && now() > from ? way : chance.atRequest(process, request),
        }),
      },
      troubleMs: TROUBLE_MS,
      play,
      calm: async () => {
        isOver = true;
      },
      reckon: async ({ written }) => {
        for (const [at, message] of written.entries()) {
          if (message.due === 0) continue;
          written[at] = { ...message, due: 0, most: message.due, outcome: 'replied|stale|quarantined' };
        }
      },
      judge: (stage) => judge(stage, deliveries),
    };
  },
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  for (let c = 0; c < 1 + Math.floor(random() * 2); c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const occasion: Occasion = { ...stage, conversationSid: String(conversation['sid']) };
    for (let n = 0; n < 1 + Math.floor(random() * 4); n += 1) {
      const kind = random() < 0.5 ? KIND.one : KIND.two;
      scheduler.after(random() * 6 * MINUTE, () => void writeAsCustomer(occasion, kind));
    }
  }
}

/**
 * At its age limit, when it was first delivered, or when what stood in front of it ended, whichever was last; or one
 * backoff later, as long as that may be by then. Webhooks overtake each other, and the bot's own messages have some too:
 * so in front stood whatever ended before it, its Index be what it may.
 */
async function judge({ world, written }: Stage, deliveries: Deliveries): Promise<readonly string[]> {
  const problems: string[] = [];
  const ends = endsOf(world.store.items());
  for (const message of written) {
    const key = `onMessageAdded|${message.sid}`;
    const ended = (await readRecord(world, message))?.finished?.at ?? Number.POSITIVE_INFINITY;
    const heardAt = world.watch.heard.get(key);
    const times = deliveries.everyOf(key);
    if (heardAt === undefined || times.length === 0) continue;
    const before = (ends.get(message.conversationSid) ?? []).filter(
      (at) => at !== ended && at < ended + CLOCKS_DIFFER_MS,
    );
    const due = Math.max(writtenAt(world, message) + MAX_AGE_MS, times[0] ?? 0, ...before);
    const late = ended - due - backoffMs(times, due) - SLACK_MS;
    if (late > 0) problems.push(`${named(message)} ended ${Math.round(late / 1_000)} s too late`);
  }
  return problems;
}

/** When events came to their outcomes, by conversation. */
function endsOf(items: ReturnType<Stage['world']['store']['items']>): ReadonlyMap<string, readonly number[]> {
  const ends = new Map<string, number[]>();
  for (const [{ pk, sk }, { value }] of items) {
    const { finished } = value as Partial<MessageRecord>;
    if (sk.startsWith('on') && finished !== undefined) ends.set(pk, [...(ends.get(pk) ?? []), finished.at]);
  }
  return ends;
}

/** The longest that it may have waited when its time came: it had been delivered so often by then. */
function backoffMs(times: readonly number[], due: number): number {
  const delivered = times.filter((at) => at <= due).length;
  return Math.min(15 * MINUTE, 5_000 * 2 ** Math.max(delivered - 1, 4));
}

function named({ body }: Written): string {
  return `"${body}"`;
}
