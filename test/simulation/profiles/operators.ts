import type { Letter } from '../../../lib/queue/again.ts';
import { isReplayable, type MessageRecord } from '../../../lib/record/message-record.ts';
import { createOperator, type Operator, type Spell } from '../operator.ts';
import { readRecord, type Written } from '../oracle.ts';
import { isPerhapsSent } from '../perhaps-sent.ts';
import type { Profile, Scene, Stage } from '../profile.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Post } from '../watch.ts';
import { playOrdinary } from './ordinary.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MAX_AGE_MS = 10 * MINUTE;
/** What a stop promises, and the calls between its look and the POST. */
const STOPS_WITHIN_MS = 10 * SECOND;
const CALLS_MS = 100;
/** A delivery has read its conversation when it began. */
const DELIVERY_MS = 30 * SECOND;
/** What ends by the clock ends by that of each process. */
const SKEW_MS = SECOND;
/** All retries of one POST. */
const POST_MS = 8 * SECOND;
/** From the end of the faults on, when everything that waited is too old to be answered by itself. */
const LATER_MS = [15 * MINUTE, 35 * MINUTE];

/**
 * Operators stop the bot and start it, mute conversations, redrive dead letters and replay whatever message, two of them
 * at once, while everything fails. When all is calm they replay what can be: then all that is due was answered once, or
 * something came in between.
 */
export const operators: Profile = {
  name: 'operators',
  about: 'Operators press off and live, mute, redrive and replay at any moment, two of them at once',
  scene: (scheduler) => createScene(scheduler),
};

type Act = (stage: Stage, by: Operator) => Promise<void>;

function createScene({ random }: Scheduler): Scene {
  const dead: Letter[] = [];
  const dies = random() < 0.5 ? random() * 0.3 : 0;
  let [isOver, rounds] = [false, 0];
  let operator: Operator | undefined;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

  /** What operators may do at any moment. */
  const press: Act = async ({ scheduler }, by) => {
    const forMs = 5 * SECOND + random() * 3 * MINUTE;
    const isTimed = random() < 0.3;
    await by.press(random() < 0.7 ? 'off' : 'dry-run', isTimed ? forMs : undefined);
    if (!isTimed) scheduler.after(forMs, () => void by.press('live'));
  };
  const replayAny: Act = async ({ written }, by) => {
    const message = pick(written.filter(isCustomers));
    if (message === undefined) return;
    const id = `r${Math.floor(random() * 3)}`;
    const others = random() < 0.5 ? [] : [random() < 0.5 ? id : `${id}-other`];
    await Promise.all([id, ...others].map((each) => by.replay(message, each)));
  };
  const mute: Act = async ({ written, scheduler }, by) => {
    const conversationSid = pick(written)?.conversationSid;
    if (conversationSid === undefined) return;
    await by.mute(conversationSid, MINUTE / 2 + random() * 3 * MINUTE);
    if (random() < 0.5) scheduler.after(random() * MINUTE, () => void by.unmute(conversationSid));
  };
  const redriveAll: Act = async (_, by) => {
    for (const letter of dead.splice(0)) await by.redrive(letter);
  };
  const acts: readonly Act[] = [press, press, mute, redriveAll, replayAny, replayAny];

  function act(stage: Stage): void {
    const [by, chosen] = [operator, pick(acts)];
    if (by !== undefined && !isOver) void chosen?.(stage, by);
  }

  /** Everything that was set aside or kept back, in the order in which it was written. */
  async function round(stage: Stage, by: Operator): Promise<void> {
    for (const letter of dead.splice(0)) await by.redrive(letter);
    rounds += 1;
    const others = random() < 0.3 ? ['', '-other'] : [''];
    for (const message of [...stage.written].filter(isCustomers).sort((a, b) => a.index - b.index)) {
      const record = await readRecord(stage.world, message);
      const ids = others.map((other) => `round-${rounds}${other}`);
      if (record === undefined || !isReplayable(record, ids[0] ?? '')) continue;
      for (const id of ids) await by.replay(message, id);
    }
  }

  return {
    // A process that stands still for minutes knows of nothing that was pressed meanwhile, and no rule says that it must.
    load: (drawn) => ({ ...drawn, stall: 0 }),
    world: {
      environment: { REPLY_MAX_AGE_SECONDS: String(MAX_AGE_MS / SECOND) },
      loses: (_, { groupId, messageId, body, receiveCount }) => {
        const isDead = !isOver && receiveCount > 1 && random() < dies;
        if (isDead) dead.push({ groupId, id: messageId, body });
        return isDead;
      },
    },
    play: async (stage) => {
      operator = createOperator(stage);
      for (let acted = 0; acted < 3 + Math.floor(random() * 9); acted += 1)
        stage.scheduler.after(MINUTE / 2 + random() * 7 * MINUTE, () => act(stage));
      await playOrdinary({ ...stage, maxMessages: 2 * stage.maxMessages });
    },
    calm: async (stage) => {
      const by = operator ?? createOperator(stage);
      isOver = true;
      stage.scheduler.after(2 * MINUTE, () => void by.press('live'));
      for (const sid of new Set(stage.written.map(({ conversationSid }) => conversationSid)))
        stage.scheduler.after(3 * MINUTE, () => void by.unmute(sid));
      for (const later of LATER_MS) stage.scheduler.after(later, () => void round(stage, by));
    },
    isAtRest: async () => rounds === LATER_MS.length,
    quietMs: 75 * MINUTE,
    reckon: async (stage) => {
      const endings = await Promise.all(stage.written.map((message) => readRecord(stage.world, message)));
      for (const [at, message] of stage.written.entries())
        stage.written[at] = asItEnded(stage, operator, message, endings[at]);
    },
    judge: async (stage) => (operator === undefined ? [] : judge(stage, operator)),
  };
}

function isCustomers({ byAgentAt, outcome }: Written): boolean {
  return byAgentAt === undefined && !outcome.includes('none');
}

/** What is due in the end: all of it, unless something came in between that may. */
function asItEnded(
  stage: Stage,
  operator: Operator | undefined,
  message: Written,
  record: MessageRecord | undefined,
): Written {
  const { world } = stage;
  const { due, most = due, parts = most } = message;
  const { outcome, reason, at = 0 } = record?.finished ?? {};
  const isDoubtful = isPerhapsSent(world, message, record);
  const kept = { ...message, due: 0, most: 0, outcome: `${message.outcome}|suppressed` };
  if (outcome === 'suppressed' && reason === 'muted' && wasMuted(operator, message))
    return isDoubtful ? { ...kept, most } : kept;
  if (outcome === 'suppressed' && reason === 'overtaken' && wasOvertaken(stage, message, at)) return kept;
  // What nobody knew to be sent was seen when it was to be decided anew.
  if (reason === 'answered_elsewhere' && isDoubtful) return { ...message, outcome: 'suppressed' };
  // Half an answer that cannot be finished at once when it is too old is not finished, and never begun again.
  const sent = repliesTo(world, message).length;
  const isOld = at - writtenAt(world, message) > MAX_AGE_MS - 2 * SECOND;
  if (outcome === 'quarantined' && sent > 0 && sent < due && isOld)
    return { ...message, due: sent, most, parts, outcome };
  return message;
}

function wasMuted(operator: Operator | undefined, { conversationSid }: Written): boolean {
  return operator?.muted.some((spell) => spell.conversationSid === conversationSid) === true;
}

function wasOvertaken({ world, written }: Stage, { index, conversationSid }: Written, at: number): boolean {
  return written.some(
    (other) =>
      other.conversationSid === conversationSid &&
      other.index > index &&
      repliesTo(world, other).some((reply) => reply.at <= at + SECOND),
  );
}

/** No answer begins while the bot is off, or its conversation is muted, once whoever pressed it could count on that. */
function judge({ world, written }: Stage, { silent, muted }: Operator): readonly string[] {
  const begun = world.watch.posts.filter((post) => begins(post, world.watch.posts));
  return begun.flatMap((post) => {
    const message = written.find(({ sid }) => sid === post.subject);
    const hushed = muted.filter(({ conversationSid }) => conversationSid === message?.conversationSid);
    const broken =
      spellAt(silent, post.at, STOPS_WITHIN_MS + CALLS_MS) ?? spellAt(hushed, post.at, DELIVERY_MS);
    return broken === undefined
      ? []
      : [`"${message?.body}" was begun ${Math.round(post.at - broken.from)} ms after it was kept from that`];
  });
}

/** The first POST of an answer: nothing of it may have been sent before, and it is not one try with the one before. */
function begins(post: Post, posts: readonly Post[]): boolean {
  const before = posts.filter(({ subject, at }) => subject === post.subject && at < post.at);
  const isOneTry = before.some(({ process, at }) => process === post.process && post.at - at <= POST_MS);
  return !isOneTry && before.every(({ isRefused }) => isRefused) && post.part.startsWith('1/');
}

function spellAt(spells: readonly Spell[], at: number, after: number): Spell | undefined {
  return spells.find(({ from, to }) => at > from + after && at < to - SKEW_MS);
}
