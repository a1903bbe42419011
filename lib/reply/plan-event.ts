import { errorCode } from '../error-code.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import { type Agents, isCustomer } from '../guards/customer.ts';
import type { ReadFromTwilio } from '../history/read-from-twilio.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';
import {
  type Budget,
  type ConversationState,
  isCatchingUp,
  isLate,
  loopReason,
} from '../record/conversation.ts';
import { finishedRecord, type MessageRecord, type Outcome, planRecord } from '../record/message-record.ts';
import { Retry } from '../retry.ts';
import { decide } from '../rules/decide.ts';
import { render } from '../rules/render/render.ts';
import type { Decision, PlannedMessage, ReplyDecision, RuleBook } from '../rules/types.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { eventTime, textHash } from './happening.ts';

export interface PlanPorts {
  readonly rules: RuleBook;
  readonly botAuthor: string;
  readonly mode: 'live' | 'dry-run' | 'off';
  readonly agents: Agents;
  readonly maxAgeMs: number;
  readonly budget: Budget;
  readonly read: ReadFromTwilio;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells whoever watches what was decided; must not throw. */
  readonly onDecision?: ((event: ConversationEvent, decision: Decision) => void) | undefined;
}

/** What planning looks at. */
export interface Situation {
  readonly event: ConversationEvent;
  readonly receivedAt: number;
  readonly address: ConversationAddress;
  readonly state: ConversationState;
  /** How often the queue has delivered this event. */
  readonly receiveCount: number;
}

const MINUTE = 60_000;
/** After so many deliveries an event that cannot be planned is set aside and its conversation moves on. */
export const POISON_RECEIVES = 5;

/**
 * Decides once: the record that comes back is either finished, or holds the messages to send, and is what every
 * retry works from. Nothing is stored yet.
 * @throws Retry when it must wait its turn, what reading from Twilio throws, and until it has been tried five times
 * whatever a rule trips over.
 */
export async function planEvent(ports: PlanPorts, situation: Situation): Promise<MessageRecord> {
  const { event, receivedAt, receiveCount, address } = situation;
  const end = (outcome: Outcome, reason?: string, rule?: string) =>
    finishedRecord(
      { eventType: event.EventType, receivedAt },
      { outcome, ...(reason === undefined ? {} : { reason }), at: ports.clock.now() },
      rule,
    );

  const decision = decide(ports.rules, event, ports);
  ports.onDecision?.(event, decision);
  if (decision.outcome === 'suppressed') return end('suppressed', decision.reason);
  if (ports.mode === 'off') return end('suppressed', 'off');
  if (ports.clock.now() - eventTime(event, receivedAt) > ports.maxAgeMs) return end('stale');
  if (!(await isCustomer(event, ports.agents, (sid) => ports.read.role(address, sid)))) {
    return end('suppressed', 'not_a_customer');
  }
  if (decision.outcome === 'no_rule') return end('no_rule');
  if (decision.outcome === 'ignored') return end('suppressed', 'ignored', decision.rule);
  const { state } = situation;
  const now = ports.clock.now();
  const loop = loopReason(state, { textHash: textHash(event) }, ports.budget, now);
  // After an outage people's messages come all at once: those that waited wait their turn, and so does what is new
  // behind them. A loop's never waited.
  if (loop === 'budget_minute' && (isLate(eventTime(event, receivedAt), now) || isCatchingUp(state, now))) {
    throw new Retry('catching_up', MINUTE / ports.budget.perMinute);
  }
  if (loop !== undefined) return end('suppressed', loop, decision.rule);
  if (ports.mode === 'dry-run') return end('suppressed', 'dry_run', decision.rule);

  const values = await readValues(ports, situation, decision);
  try {
    const messages: readonly PlannedMessage[] = render(decision, values);
    return planRecord({ eventType: event.EventType, receivedAt }, decision.rule, messages);
  } catch (error) {
    if (receiveCount < POISON_RECEIVES) throw error;
    return end('quarantined', errorCode(error), decision.rule);
  }
}

/** Only what the rule names beyond the event: most rules need no read at all. */
async function readValues(
  { read, clock }: PlanPorts,
  { event, address }: Situation,
  { needs }: ReplyDecision,
) {
  const participantSid = 'ParticipantSid' in event ? event.ParticipantSid : undefined;
  const [participant, conversation] = await Promise.all([
    needs.participant && participantSid ? read.participant(address, participantSid) : undefined,
    needs.conversation ? read.conversation(address) : undefined,
  ]);
  return { event, now: clock.now(), participant, conversation };
}
