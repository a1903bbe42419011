import { CUSTOMER_CHANNELS, type RenderedContent, type Resource, type Told } from '../emulator/index.ts';
import { systemClock } from '../lib/clock.ts';
import { readMarker } from '../lib/event/marker.ts';
import { subjectOf } from '../lib/event/subject.ts';
import type { Handover } from '../lib/guards/guard.ts';
import type { MessageRecord } from '../lib/record/message-record.ts';
import { waitOf } from '../lib/rules/match/open-question.ts';
import type { Memory } from '../lib/rules/memory.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import type { BotStep, World } from './world.ts';

/** How a customer can write here. */
export const SAID_BY = CUSTOMER_CHANNELS;
export type SaidBy = (typeof SAID_BY)[number];

/** What a customer writes, and as whom. */
export interface SayInput {
  readonly body: string | undefined;
  readonly channel: SaidBy;
  readonly author: string | undefined;
  readonly media: readonly string[];
}

/** Everything one message led to. */
export interface SayResult {
  readonly inbound: Resource;
  readonly decision: Extract<BotStep, { kind: 'decision' }>['decision'];
  readonly outcome: { readonly outcome: string; readonly reason?: string };
  /** Why it was not answered, in a sentence. */
  readonly why: string | undefined;
  readonly replies: readonly { readonly resource: Resource; readonly content: RenderedContent | undefined }[];
  /** What the answer did besides its messages. */
  readonly steps: MessageRecord['parts'];
  /** What the conversation remembers by now. */
  readonly noted: Noted;
  readonly requests: readonly Extract<Told, { kind: 'request' }>[];
}

/** Times are in milliseconds since the epoch. */
export interface Noted {
  readonly question?: { readonly rule: string; readonly until: number; readonly misses: number };
  readonly handover?: Handover;
  readonly values?: Memory['values'];
}

const PATIENCE_MS = 20_000;

/** Writes as a customer and waits for what comes of it. */
export async function sayOnce(world: World, { body, channel, author, media }: SayInput): Promise<SayResult> {
  const { conversation } = await world.service.customer.startConversation({ channel, author });
  await world.idle();
  const steps: BotStep[] = [];
  const told: Told[] = [];
  world.watch((step) => steps.push(step));
  world.service.subscribe((happening) => told.push(happening));

  const inbound = await world.service.customer.write({
    conversationSid: String(conversation['sid']),
    body,
    media: media.map((contentType) => ({ contentType })),
  });
  const mine = (step: BotStep) =>
    'event' in step && step.event !== undefined && subjectOf(step.event) === inbound['sid'];
  for (let waited = 0; !steps.some((step) => step.kind === 'finished' && mine(step)); waited += 10) {
    if (waited >= PATIENCE_MS)
      throw new Error('The bot did not finish within 20 seconds; LOG_LEVEL=debug npm start shows why.');
    await systemClock.sleep(10);
  }
  await world.idle();

  const decision = steps.find((step) => step.kind === 'decision' && mine(step));
  const finished = steps.find((step) => step.kind === 'finished' && mine(step));
  if (decision?.kind !== 'decision' || finished?.kind !== 'finished' || !finished.record.finished) {
    throw new Error('The bot finished without a decision, which is a defect in parley.');
  }
  return {
    inbound,
    decision: decision.decision,
    outcome: finished.record.finished,
    why: finished.why,
    steps: finished.record.parts.filter(({ step }) => step !== undefined),
    noted: readNoted(steps, String(conversation['sid']), world.rules()),
    replies: told.flatMap((happening) =>
      happening.kind === 'message' && happening.change === 'added' && answers(happening.resource, inbound)
        ? [{ resource: happening.resource, content: happening.content as RenderedContent | undefined }]
        : [],
    ),
    requests: told.filter((happening) => happening.kind === 'request'),
  };
}

function readNoted(steps: readonly BotStep[], conversationSid: string, rules: RuleBook): Noted {
  const last = steps.findLast((step) => step.kind === 'noted' && step.conversationSid === conversationSid);
  if (last?.kind !== 'noted') return {};
  const { handover, memory: { question, values } = {} } = last.conversation;
  const wait = question && waitOf(rules, question.rule);
  return {
    ...(question &&
      wait && {
        question: { rule: question.rule, until: question.at + wait.ms, misses: question.misses },
      }),
    ...(handover && { handover }),
    ...(values && { values }),
  };
}

function answers(message: Resource, inbound: Resource): boolean {
  return readMarker(String(message['attributes']))?.in_reply_to === inbound['sid'];
}
