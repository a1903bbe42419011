import { BotError } from '../errors.ts';
import { isFirst, type MessageRecord } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { answerableUntil } from './answerable-until.ts';
import type { TooLate } from './late-look.ts';
import { checkTime, countFailure, type Sending, type SendPorts } from './sending.ts';

/** Twilio answers nothing, and the event has become too old to wait for that. */
const TWILIO_DOWN: TooLate = { outcome: 'quarantined', reason: 'twilio_down' };

/**
 * Whether a part may go out now.
 * @returns why it must not any more; undefined when it may.
 * @throws RetryError while it has to wait.
 */
export async function checkDue(
  ports: SendPorts,
  claim: Sending,
  planned: MessageRecord,
  index: number,
): Promise<TooLate | { readonly outcome: 'stale' } | undefined> {
  const { circuit, clock, maxAgeMs } = ports;
  const { receivedAt } = planned;
  const isTooOld = clock.now() > answerableUntil({ ...claim, receivedAt }, maxAgeMs);
  const begins = isFirst(planned, index);
  const heldBack = begins ? await holdBack(ports, claim) : undefined;
  if (heldBack !== undefined) return heldBack;
  // It was fresh when it was planned, and Twilio has been down since. Half an answer is completed all the same.
  if (begins && isTooOld) return { outcome: 'stale' };
  checkTime(claim);
  const pause = (planned.parts[index]?.notBefore ?? 0) - clock.now();
  if (pause > 0) throw new RetryError('retry_after', pause);
  const closed = circuit.waitMs();
  if (closed > 0 && isTooOld) return TWILIO_DOWN;
  if (closed > 0) throw new RetryError('twilio_down', closed);
  const tooLate = begins ? await lookOnce(ports, claim) : undefined;
  // That look may have taken long, and whoever presses a button meanwhile is heard.
  return tooLate ?? (begins && ports.modes.isOutdated() ? holdBack(ports, claim) : undefined);
}

async function lookOnce({ circuit }: SendPorts, { tooLate }: Sending): Promise<TooLate | undefined> {
  try {
    return await tooLate?.();
  } catch (error) {
    if (error instanceof BotError && error.retryable && !(error instanceof RetryError))
      countFailure(circuit, error);
    throw error;
  }
}

/** What an operator has decided since it was planned. What was begun is finished. */
async function holdBack(
  { modes, clock }: SendPorts,
  { conversation }: Sending,
): Promise<TooLate | undefined> {
  const mode = await modes.latest();
  if (mode !== 'live') return { outcome: 'suppressed', reason: mode === 'off' ? 'off' : 'dry_run' };
  const isMuted = conversation !== undefined && conversation.mutedUntil > clock.now();
  return isMuted ? { outcome: 'suppressed', reason: 'muted' } : undefined;
}
