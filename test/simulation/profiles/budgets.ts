import { readMarker } from '../../../lib/event/marker.ts';
import { readRecord, type Written } from '../oracle.ts';
import { KIND, type Occasion, writeAsAgent, writeAsCustomer } from '../people.ts';
import type { Profile, Stage } from '../profile.ts';
import type { SimulatedWorld } from '../world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const PER_MINUTE = 3;
const PER_HOUR = 9;
const MAX_AGE_MS = 5 * MINUTE;
/** Two clocks that are off by a second each. */
const SKEW_MS = 2 * SECOND;
/** A POST that was begun in time may take effect so much later. */
const COMMIT_MS = 45 * SECOND;
/** The stretches by which an hour is counted make it so much longer at most. */
const STRETCH_MS = 2 * MINUTE;
const REASONS = ['budget_minute', 'budget_hour', 'person', 'not_a_customer'];

/** Small budgets and a short age limit while everything fails: nothing is counted twice, and nothing forgotten. */
export const budgets: Profile = {
  name: 'budgets',
  about: 'Small budgets, a short age limit and an agent who writes, all while everything fails now and then',
  scene: () => ({
    world: {
      environment: {
        REPLIES_PER_MINUTE: String(PER_MINUTE),
        REPLIES_PER_HOUR: String(PER_HOUR),
        REPLIES_PER_DAY: '200',
        REPLY_MAX_AGE_SECONDS: String(MAX_AGE_MS / SECOND),
      },
    },
    play,
    reckon: async ({ world, written }) => {
      for (const [at, message] of written.entries()) written[at] = await asItEnded(world, message);
    },
    judge,
  }),
};

async function play(stage: Stage): Promise<void> {
  const { world, scheduler } = stage;
  const { random } = scheduler;
  for (let c = 0; c < 1 + Math.floor(random() * 2); c += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await world.service.customer.join({ conversationSid, identity: 'agent-ana' });
    const occasion: Occasion = { ...stage, conversationSid };
    let at = random() * MINUTE;
    const agentAt = random() < 0.2 ? Math.floor(random() * 8) : -1;
    for (let n = 0; n < 4 + Math.floor(random() * 10); n += 1) {
      at += random() < 0.2 ? MINUTE + random() * MINUTE : 4_000 + random() * 12_000;
      scheduler.after(at, () => {
        if (n === agentAt) void writeAsAgent(occasion);
        else void writeAsCustomer(occasion, random() < 0.8 ? KIND.one : KIND.two);
      });
    }
  }
}

/** Which of the ends it may have is judged below. */
async function asItEnded(world: SimulatedWorld, message: Written): Promise<Written> {
  const { finished, parts = [] } = (await readRecord(world, message)) ?? {};
  const { outcome, reason = '', at = 0 } = finished ?? {};
  const { due, most = due } = message;
  // Half an answer that cannot be finished at once when it is too old is not finished at all, if it was tried.
  const writtenAt = world.shown.find(({ sid }) => sid === message.sid)?.at ?? 0;
  if (outcome === 'quarantined' && reason !== 'no_time_left' && at - writtenAt > MAX_AGE_MS - SKEW_MS) {
    const sent = parts.filter(({ state }) => state === 'sent').length;
    return { ...message, due: sent, most, parts: most, outcome };
  }
  const isKept = outcome === 'stale' || (outcome === 'suppressed' && REASONS.includes(reason));
  // A person before it keeps it back, and where nobody could read who that was, it grows too old.
  const mayEndSo = message.outcome === 'replied' || (outcome === 'stale' && message.byAgentAt === undefined);
  return isKept && mayEndSo ? { ...message, due: 0, parts: most, outcome } : message;
}

async function judge({ world, written }: Stage): Promise<readonly string[]> {
  const problems: string[] = [];
  const firsts = firstReplies(world);
  for (const message of written) {
    const finished = (await readRecord(world, message))?.finished;
    const writtenAt = world.shown.find(({ sid }) => sid === message.sid)?.at ?? 0;
    const mine = firsts.filter(({ conversationSid }) => conversationSid === message.conversationSid);
    const before = (ms: number) =>
      mine.filter(({ at }) => finished && at < finished.at + SKEW_MS && at > finished.at - ms - SKEW_MS);
    const answered = mine.find(({ subject }) => subject === message.sid);
    if (answered && answered.at - writtenAt > MAX_AGE_MS + COMMIT_MS)
      problems.push(
        `"${message.body}" was answered ${Math.round((answered.at - writtenAt) / SECOND)} s late`,
      );
    if (finished?.outcome === 'stale' && finished.at - writtenAt < MAX_AGE_MS - SKEW_MS)
      problems.push(`"${message.body}" was stale after ${finished.at - writtenAt} ms`);
    const { reason } = finished ?? {};
    // What was counted late, since the table failed at that moment, counts from then on.
    if (reason === 'budget_hour' && before(60 * MINUTE + STRETCH_MS).length < PER_HOUR)
      problems.push(`"${message.body}" was kept back by a budget of an hour that was not spent`);
    if (reason === 'budget_minute' && before(20 * MINUTE).length < PER_MINUTE)
      problems.push(`"${message.body}" was kept back by a budget of a minute that was not spent`);
  }
  const most = (ms: number) => Math.max(0, ...firsts.map((first) => within(firsts, first, ms - SKEW_MS)));
  if (most(MINUTE) > PER_MINUTE) problems.push(`${most(MINUTE)} answers in one minute, not ${PER_MINUTE}`);
  if (most(60 * MINUTE) > PER_HOUR)
    problems.push(`${most(60 * MINUTE)} answers in one hour, not ${PER_HOUR}`);
  return problems;
}

interface First {
  readonly conversationSid: string;
  readonly subject: string;
  readonly at: number;
}

/** The first part of each answer: budgets count answers. */
function firstReplies({ shown, authors }: SimulatedWorld): readonly First[] {
  const firsts = new Map<string, First>();
  for (const { author, attributes, conversation_sid: conversationSid, at } of shown) {
    const subject = readMarker(attributes)?.in_reply_to;
    if (!authors.includes(author) || subject === undefined || firsts.has(subject)) continue;
    firsts.set(subject, { conversationSid, subject, at });
  }
  return [...firsts.values()];
}

function within(firsts: readonly First[], { conversationSid, at: from }: First, ms: number): number {
  return firsts.filter(
    (each) => each.conversationSid === conversationSid && each.at >= from && each.at < from + ms,
  ).length;
}
