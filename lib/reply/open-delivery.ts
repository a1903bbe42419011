import type { Log } from '../log.ts';
import { type Envelope, type OpenedEnvelope, openEnvelope } from '../queue/envelope.ts';
import { EnvelopeInvalidError } from '../queue/envelope-errors.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { MAX_TRIES } from '../record/tries.ts';
import { RetryError } from '../retry-error.ts';
import { failureReason } from './failure-reason.ts';
import { type FindServicePorts, withService } from './find-service.ts';
import type { Try, TryPorts } from './open-try.ts';
import { type ReportPorts, reportSetAside, reportUnnoted } from './report.ts';
import { type SetAsidePorts, setAside } from './set-aside.ts';
import { keyOf, tryEvent } from './try-event.ts';

type OpenPorts = FindServicePorts &
  TryPorts &
  SetAsidePorts &
  ReportPorts & { readonly log: Pick<Log, 'error'> };

const PROCESS_DIED = 'process_died';

/**
 * @param beganAt in milliseconds since the epoch
 * @returns what the queue has brought, and this try of it; undefined where there is nothing to do.
 * @throws EnvelopeInvalidError and what finding its service throws, until they are given up.
 */
export async function openDelivery(
  ports: OpenPorts,
  delivery: Delivery,
  beganAt: number,
): Promise<{ readonly envelope: Envelope; readonly tries: Try } | undefined> {
  const opened = openOrGiveUp(ports, delivery);
  if (opened === undefined) return undefined;
  const tries = await tryEvent(ports, opened, delivery);
  const envelope = await findAddress(ports, opened, tries, beganAt);
  return envelope && { envelope, tries };
}

/**
 * What is not an envelope of ours would block its conversation until the queue gives up, and names no record to write.
 * If it stood for a message, the reconciler finds that at Twilio.
 */
function openOrGiveUp({ log }: OpenPorts, { body, receiveCount }: Delivery): OpenedEnvelope | undefined {
  try {
    return openEnvelope(body);
  } catch (error) {
    if (!(error instanceof EnvelopeInvalidError) || receiveCount < MAX_TRIES) throw error;
    log.count('event_given_up', error.code);
    log.error('a queue message was given up', { code: error.code });
    return undefined;
  }
}

/**
 * Undefined when there is nothing to do, or it was set aside because nobody can be asked whose it is: processes may die of
 * that as well.
 */
async function findAddress(
  ports: OpenPorts,
  opened: OpenedEnvelope,
  tries: Try,
  beganAt: number,
): Promise<Envelope | undefined> {
  const askService: OpenPorts['askService'] = async (conversationSid) => {
    if (tries.isDeadly) throw new RetryError(PROCESS_DIED);
    await tries.mark();
    const found = await ports.askService(conversationSid);
    await tries.unmark();
    return found;
  };
  try {
    return await withService({ ...ports, askService }, opened, tries.number);
  } catch (error) {
    const hasDied = error instanceof RetryError && error.reason === PROCESS_DIED;
    if (!hasDied && !(await tries.fails(error))) throw error;
    const key = keyOf(opened);
    const record = await setAside(ports, { ...opened, key, tries }, failureReason(error));
    // Nobody notes it here. What had ended before was counted when it was noted.
    const endedNow = (record.finished?.at ?? 0) >= beganAt;
    await (endedNow ? reportUnnoted : reportSetAside)(ports, { ...opened, key, beganAt }, record);
    return undefined;
  }
}
