import { markerAttributes } from '../../lib/event/marker.ts';
import type { Random } from '../../lib/ports.ts';
import type { DueSteps } from './judge-steps.ts';
import type { Written } from './oracle.ts';
import { QUIET_MS } from './rules.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedWorld } from './world.ts';

/** What customers write, how often in sixteen, how many replies are due and how the record must end. */
const KINDS = [
  { share: 5, text: (n: number) => `one ${n}`, due: 1, outcome: 'replied' },
  { share: 5, text: (n: number) => `two ${n}`, due: 2, outcome: 'replied' },
  // SQS takes no U+FFFF: it must not get in the way.
  { share: 2, text: (n: number) => `nothing ${n} \uffff`, due: 0, outcome: 'no_rule' },
  { share: 2, text: () => 'ignored', due: 0, outcome: 'suppressed' },
  { share: 1, text: () => 'STOP', due: 0, outcome: 'suppressed' },
  // Its reply is refused by Twilio for good, and the conversation moves on.
  { share: 1, text: (n: number) => `broken ${n}`, due: 0, outcome: 'quarantined' },
] as const;

const MINUTE = 60_000;

export interface Kind {
  /** @param n its number, which is in its answer */
  readonly text: (n: number) => string;
  /** Messages of its answer. */
  readonly due: number;
  readonly outcome: string;
  /** What else its answer does. */
  readonly steps?: DueSteps;
}

const BAG = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));

export interface Occasion {
  readonly world: SimulatedWorld;
  readonly scheduler: Scheduler;
  readonly conversationSid: string;
  readonly written: Written[];
  readonly trace: (line: string) => void;
  /** Who the agent is. @default agent-ana */
  readonly agent?: string;
}

/** Somebody writes: mostly the customer, sometimes an agent, or another program over REST. */
export async function writeSomething(occasion: Occasion): Promise<void> {
  const { random } = occasion.scheduler;
  const draw = random();
  if (draw > 0.96) return postAsProgram(occasion);
  if (draw > 0.85) return writeAsAgent(occasion);
  await writeAsCustomer(occasion, drawKind(random));
}

/** Five in a row so soon, and clocks that differ, are a machine's way, which mutes (record/conversation.ts). */
const MOST_AT_ONCE = 4;
const BREATH_MS = 6_000;

/** How long people wait before they write the next, in milliseconds: often they write a few at once. */
export function pauses(random: Random): () => number {
  let atOnce = 0;
  return () => {
    const isOutOfBreath = atOnce === MOST_AT_ONCE;
    atOnce = !isOutOfBreath && random() < 0.3 ? atOnce + 1 : 0;
    if (atOnce > 0) return random() * 50;
    return (isOutOfBreath ? BREATH_MS : 1_000) + random() * MINUTE;
  };
}

/** Something that a customer may write, each as often as people do. */
export function drawKind(random: Random): Kind {
  return BAG[Math.floor(random() * BAG.length)] ?? KINDS[0];
}

/** @param kind what, with how much due; two parts are `KIND.two`. */
export async function writeAsCustomer(
  { world, scheduler, conversationSid, written, trace }: Occasion,
  kind: Kind,
): Promise<void> {
  const quiet = quietAt(written, conversationSid, scheduler.now());
  // Lists tell the time in whole seconds: nobody writes where a second decides.
  if (quiet === 'unsure') return;
  const body = kind.text(written.length);
  const { sid, index } = await world.service.customer.write({ conversationSid, body });
  const { due, outcome, steps } = quiet ? { due: 0, outcome: 'suppressed' } : kind;
  written.push({ ...entry(sid, index, conversationSid, body, due, outcome), ...(steps && { steps }) });
  trace(`the customer writes "${body}" (index ${index})`);
}

/** Whether an agent's message silences the bot now. */
function quietAt(written: readonly Written[], conversationSid: string, now: number): boolean | 'unsure' {
  const agentAt = written.findLast(
    (each) => each.conversationSid === conversationSid && each.byAgentAt,
  )?.byAgentAt;
  if (agentAt === undefined) return false;
  const since = now - agentAt;
  return Math.abs(since - QUIET_MS) < 2_000 ? 'unsure' : since < QUIET_MS;
}

export const KIND = { one: KINDS[0], two: KINDS[1] };

/** Now and then with the marker of a reply that is due: it must not pass for that reply. */
export async function writeAsAgent(occasion: Occasion): Promise<void> {
  const { world, scheduler, conversationSid, written, trace, agent: author = 'agent-ana' } = occasion;
  const body = `one ${written.length}`;
  const latest = written.findLast((message) => message.conversationSid === conversationSid);
  const forged = latest !== undefined && scheduler.random() < 0.5;
  const marker = { in_reply_to: latest?.sid ?? '', part: latest?.due === 2 ? '2/2' : '1/1' };
  const attributes = forged ? JSON.stringify(markerAttributes(marker)) : '{}';
  const { sid, index } = await world.service.customer.write({ conversationSid, body, author, attributes });
  written.push({
    ...entry(sid, index, conversationSid, body, 0, 'suppressed'),
    byAgentAt: scheduler.now(),
  });
  trace(`the agent writes "${body}" (index ${index})${forged ? ' with a forged marker' : ''}`);
}

/** Twilio tells us of it only if the program wants it to; the reconciler may or may not come across it. */
export async function postAsProgram({ world, scheduler, conversationSid, written, trace }: Occasion) {
  const body = `one ${written.length}`;
  const webhooks = scheduler.random() < 0.5;
  const posted = await world.post(conversationSid, { Author: 'archive', Body: body }, webhooks);
  const { sid, index } = posted as { sid: string; index: number };
  written.push(entry(sid, index, conversationSid, body, 0, 'suppressed|none'));
  trace(`a program writes "${body}" (index ${index})`);
}

function entry(
  sid: unknown,
  index: unknown,
  conversationSid: string,
  body: string,
  due: number,
  outcome: string,
): Written {
  return { sid: String(sid), index: Number(index), conversationSid, body, due, outcome };
}
