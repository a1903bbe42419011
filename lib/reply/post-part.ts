import { BotError } from '../errors.ts';
import { markerAttributes } from '../event/marker.ts';
import {
  finish,
  isFirst,
  type MessageRecord,
  type Part,
  releasePart,
  sentPart,
  startPart,
} from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { contentOf, type PlannedMessage } from '../rules/actions/actions.ts';
import type { MessageResource } from '../twilio/messages.ts';
import { checkDue } from './check-due.ts';
import { codeWithNumber } from './failure-reason.ts';
import { confirm, markerOf } from './look-for-part.ts';
import { noteNewest } from './note-newest.ts';
import {
  askedFor,
  checkTime,
  countFailure,
  NOT_FOUND_YET_MS,
  POST_MS,
  quarantine,
  SAVE_MARGIN_MS,
  type Save,
  type Sending,
  type SendPorts,
} from './sending.ts';
import { settleWait } from './settle.ts';

/** How long after an ambiguous POST to look for it, in this invocation, before the queue brings it back. */
const LOOK_AGAIN_MS = [1_000, 3_000, 6_000] as const;

/** Posts the message of a part, which is known not to be there. */
export async function postPart(
  ports: SendPorts,
  claim: Sending,
  planned: MessageRecord,
  index: number,
  save: Save,
) {
  const ending = await checkDue(ports, claim, planned, index);
  if (ending !== undefined) return save(finish(planned, { ...ending, at: ports.clock.now() }));
  const record = await noteNewest(claim.list ?? ports.list, claim, planned);
  checkTime(claim);

  const started = startPart(record, index, ports.clock.now());
  await save(started);
  const { message, attempts, sendingSince } = started.parts[index] as Part;
  const timeoutMs = (sendingSince ?? 0) + POST_MS - ports.clock.now();
  if (timeoutMs <= 0 || (isFirst(record, index) && ports.modes.isOutdated())) {
    // Saving took so long that the settle time would not cover a POST that starts now, or that it may be forbidden.
    await save(releasePart(started, index));
    throw new RetryError('stalled', 0);
  }
  let reply: MessageResource;
  try {
    const key = claim.event.EventType === 'onMessageAdded' ? undefined : claim.key.sk;
    const marker = markerAttributes(markerOf(claim.event, record, index), key);
    const content = contentOf(message as PlannedMessage);
    const params = { Author: record.author ?? ports.botAuthor, Attributes: marker, ...content };
    reply = await ports.create(claim.address, params, { webhookEnabled: ports.webhookEnabled, timeoutMs });
  } catch (error) {
    return recover(ports, claim, started, index, save, error);
  }
  ports.circuit.succeeded();
  // After a second POST the first may have taken effect after all, later than anybody expected: look once. That it is
  // sent is known without, so a list that fails is no reason to doubt it.
  const isSaved = attempts > 1 && (await confirm(ports, claim, started, index, save, false));
  if (!isSaved) await save(sentPart(started, index, reply, ports.clock.now()));
}

/** Decides by what is known of the outcome, never by hope. */
async function recover(
  ports: SendPorts,
  claim: Sending,
  started: MessageRecord,
  index: number,
  save: Save,
  error: unknown,
) {
  if (!(error instanceof BotError)) throw error;
  const part = started.parts[index] as Part;
  if (error.outcomeKnown && !error.retryable) {
    ports.circuit.succeeded();
    if (error.code === 'not_found' && claim.tries?.isLast === false) {
      await save(releasePart(started, index)).catch(() => undefined);
      throw new RetryError(error.code, NOT_FOUND_YET_MS, { cause: error });
    }
    // It may be refused because an earlier POST of it took effect: media can be sent only once.
    if (part.attempts > 1 && (await confirm(ports, claim, started, index, save, true))) return;
    ports.log.count('reply_refused', error.code);
    return save(quarantine(started, codeWithNumber(error), ports.clock.now()));
  }
  countFailure(ports.circuit, error);
  if (error.outcomeKnown) {
    // Not saved, it only costs a settle wait.
    await save(releasePart(started, index, askedFor(error, ports.clock.now()))).catch(() => undefined);
    throw new RetryError(error.code, error.retryAfterMs, { cause: error });
  }
  for (const ms of LOOK_AGAIN_MS) {
    if (claim.delivery.remainingMs() < ms + POST_MS + SAVE_MARGIN_MS) break;
    await ports.clock.sleep(ms);
    if (await confirm(ports, claim, started, index, save, false)) return;
  }
  const wait = settleWait(part, ports.settleMs, ports.clock.now());
  throw new RetryError('ambiguous', Math.max(wait, error.retryAfterMs ?? 0), { cause: error });
}
