import { errorCode } from '../error-code.ts';
import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import type { Guard, GuardSettings } from '../guards/guard.ts';
import { findGuard } from '../guards/guards.ts';
import type { Called } from '../handlers/create-caller.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';
import { isCatchingUp, isLate } from '../record/conversation.ts';
import { memoryOf } from '../record/memory.ts';
import { finishedRecord, type MessageRecord, type Outcome, planRecord } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { offersOf } from '../rules/actions/offers.ts';
import { render } from '../rules/actions/render.ts';
import { decide } from '../rules/decide.ts';
import { liveMemory } from '../rules/live-memory.ts';
import { ANSWERED_EVENTS } from '../rules/match/conditions/event.ts';
import { openQuestion } from '../rules/match/open-question.ts';
import type { Read } from '../rules/match/reading.ts';
import type { Memory, ReadLanguage } from '../rules/memory.ts';
import type { Decision, Needs, ReplyDecision, RuleBook } from '../rules/types.ts';
import type { Claim } from './claim.ts';
import { isFresh, type LatePorts, lookLate } from './late-look.ts';
import { POST_MS, SAVE_MARGIN_MS } from './sending.ts';
import { type CallPorts, settleCalls } from './settle-calls.ts';

export interface PlanPorts extends GuardSettings, LatePorts, CallPorts {
  readonly rules: RuleBook;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells whoever watches what was decided; must not throw. */
  readonly onDecision?: ((event: ConversationEvent, decision: Decision) => void) | undefined;
  /** Tells what became of its calls, and the decision with what they returned in their place; must not throw. */
  readonly onSettled?:
    | ((event: ConversationEvent, decision: ReplyDecision, called: readonly Called[]) => void)
    | undefined;
}

const MINUTE = 60_000;

/**
 * Decides once: the record that comes back is either finished, or holds the messages to send, and is what every
 * retry works from. Nothing is stored yet.
 * @param before what was decided of it before, where that is decided anew
 * @throws RetryError when it must wait its turn, what reading from Twilio throws, and until it has been tried five
 * times whatever a rule trips over.
 */
export async function planEvent(
  ports: PlanPorts,
  claim: Claim,
  before?: MessageRecord,
): Promise<MessageRecord> {
  const { event, receivedAt, tries } = claim;
  const end = (outcome: Outcome, reason?: string, rule?: string) =>
    finishedRecord(
      { eventType: event.EventType, receivedAt },
      { outcome, ...(reason === undefined ? {} : { reason }), at: ports.clock.now() },
      rule,
    );

  const tellStopped = (reason: string) =>
    ports.onDecision?.(event, { outcome: 'suppressed', reason, guard: true, considered: [] });
  if (!isAnswered(event)) {
    ports.onDecision?.(event, { outcome: 'no_rule', considered: [] });
    return end('no_rule');
  }
  const known = { now: eventTime(event, receivedAt), memory: memoryOf(claim.conversation) };
  const guard = await guardAgainst(ports, claim, known);
  if (guard !== undefined) {
    tellStopped(guard.reason);
    return guard.reason === 'stale' ? end('stale') : end('suppressed', guard.reason);
  }
  const { decision: decided, read } = await decideAndRead(ports, claim, known);
  const isSent = decided.outcome === 'reply' && ports.mode === 'live';
  const calls = decided.outcome === 'reply' && callsSomebody(decided);
  // A handler takes time, in which a message may cease to be fresh before anything is posted.
  const postedBy = ports.clock.now() + (calls ? ports.callMs : 0);
  const tooLate = isSent && !isFresh(claim, postedBy) ? await lookLate(ports, claim, before) : undefined;
  if (tooLate !== undefined) {
    tellStopped(tooLate.reason);
    return end(tooLate.outcome, tooLate.reason);
  }
  ports.onDecision?.(event, decided);
  if (decided.outcome === 'no_rule') return keepLanguage(end('no_rule'), decided);
  if (decided.outcome === 'suppressed') return end('suppressed', decided.reason);
  if (decided.outcome === 'ignored') return keepLanguage(end('suppressed', 'ignored', decided.rule), decided);
  if (ports.mode === 'dry-run') return end('suppressed', 'dry_run', decided.rule);

  if (calls) checkTime(ports, claim);
  try {
    const context = { event, ...known, read };
    const settled = calls ? await settleCalls(ports, claim, decided, context) : undefined;
    const { decision } = settled ?? { decision: decided };
    ports.onSettled?.(event, decision, settled?.called ?? []);
    const { steps, change } = render(ports.rules, decision, context);
    const origin = { eventType: event.EventType, receivedAt, author: ports.botAuthor };
    const plan = planRecord(origin, decision.rule, steps, offersOf(ports.rules, steps), change);
    return settled === undefined
      ? plan
      : { ...plan, called: settled.called.map(({ handler, ended, ms }) => ({ handler, ended, ms })) };
  } catch (error) {
    if (!(await tries.fails(error))) throw error;
    return end('quarantined', errorCode(error), decided.rule);
  }
}

function callsSomebody({ shares }: ReplyDecision): boolean {
  return shares.some(({ actions }) => actions.some(({ kind }) => kind === 'call'));
}

/** Nothing is called without the time to send what it returns and to save that. */
function checkTime({ callMs }: PlanPorts, { delivery }: Claim): void {
  if (delivery.remainingMs() < callMs + POST_MS + SAVE_MARGIN_MS) throw new RetryError('no_time_left', 0);
}

/** What was read of the language is kept a day, though nothing was said. */
function keepLanguage(
  record: MessageRecord,
  { readLanguage }: { readonly readLanguage?: ReadLanguage },
): MessageRecord {
  return readLanguage === undefined ? record : { ...record, change: { language: readLanguage } };
}

/** The moment in which everything is decided, and what is remembered by then. */
interface KnownBefore {
  /** When the customer wrote, in milliseconds since the epoch. */
  readonly now: number;
  readonly memory: Memory;
}

/** No rule answers what changes or goes. */
function isAnswered({ EventType }: ConversationEvent): boolean {
  return ANSWERED_EVENTS.some((answered) => answered === EventType);
}

async function guardAgainst(
  { rules, clock, ...settings }: PlanPorts,
  { event, conversation, author, answerUntil, replay }: Claim,
  { now: at, memory }: KnownBefore,
): Promise<Guard | undefined> {
  const now = clock.now();
  const guard = await findGuard({
    ...settings,
    event,
    at,
    now,
    answerUntil,
    isReplayed: replay !== undefined,
    conversation,
    who: async () => (await author()).who,
    isAsked: () => openQuestion(rules, event, liveMemory(memory, at), at) !== undefined,
  });
  // After an outage people's messages come all at once: those that waited wait their turn, and so does what is new
  // behind them. A loop's never waited.
  if (guard?.reason === 'budget_minute' && (isLate(at, now) || isCatchingUp(conversation, now))) {
    throw new RetryError('catching_up', MINUTE / settings.budget.perMinute);
  }
  return guard;
}

/** Reads no more than what the rules ask for, and each of it once: most of them need no read at all. */
async function decideAndRead(
  { rules }: PlanPorts,
  claim: Claim,
  { memory, now }: KnownBefore,
): Promise<{ readonly decision: Decision; readonly read: Read }> {
  let read: Read = {};
  for (;;) {
    const decision = decide(rules, claim.event, memory, now, read);
    if (decision.outcome !== 'read') return { decision, read };
    read = { ...read, ...(await readWhat(claim, decision.needs)) };
  }
}

/** What is not there any more is known not to be, or it would be asked for for ever. */
async function readWhat({ event, address, read }: Claim, needs: Needs): Promise<Read> {
  const participantSid = 'ParticipantSid' in event ? event.ParticipantSid : undefined;
  const [participant, conversation] = await Promise.all([
    needs.participant && participantSid ? read.participant(address, participantSid) : undefined,
    needs.conversation ? read.conversation(address) : undefined,
  ]);
  return {
    ...(needs.participant && { participant: participant ?? null }),
    ...(needs.conversation && { conversation: conversation ?? null }),
  };
}
