import { BotError } from '../errors.ts';
import {
  finish,
  isFirst,
  type MessageRecord,
  type OtherStep,
  type Part,
  releasePart,
  startPart,
  stepDone,
  stepRefused,
} from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { checkDue } from './check-due.ts';
import { codeWithNumber } from './failure-reason.ts';
import { NothingToTagError } from './nothing-to-tag-error.ts';
import {
  askedFor,
  checkTime,
  countFailure,
  NOT_FOUND_YET_MS,
  POST_MS,
  type Save,
  type Sending,
  type SendPorts,
} from './sending.ts';

/**
 * Carries out a step that is not a message. It may be done twice without harm, so what nobody knows the outcome of is done
 * again, without a look and without a settle time; and an answer does not fail over it.
 *
 *   save `sending` ──▶ do it ──▶ done ───────────────────────────▶ save `sent`
 *        ▲               ├─────▶ refused for good (400, 403 …) ───▶ save `refused`, go on with what follows
 *        │               └─────▶ anything else, or we died
 *        └── next delivery ──┴── the fifth time ──────────────────▶ save `refused`, go on with what follows
 */
export async function doStep(
  ports: SendPorts,
  claim: Sending,
  planned: MessageRecord,
  index: number,
  save: Save,
): Promise<void> {
  const { clock, circuit, log, modes } = ports;
  const step = planned.parts[index]?.step as OtherStep;
  const refuse = async (record: MessageRecord, code: string): Promise<void> => {
    log.count('step_refused', step.kind);
    log.warn('a step of an answer was refused', {
      ...claim.address,
      rule: record.rule,
      part: index + 1,
      code,
    });
    await save(stepRefused(record, index, code, clock.now()));
  };

  const ending = await checkDue(ports, claim, planned, index);
  if (ending?.outcome === 'quarantined' && ending.reason === 'twilio_down')
    return refuse(planned, ending.reason);
  if (ending !== undefined) return save(finish(planned, { ...ending, at: clock.now() }));
  checkTime(claim);

  const started = startPart(planned, index, clock.now());
  await save(started);
  const { sendingSince = 0 } = started.parts[index] as Part;
  const timeoutMs = sendingSince + POST_MS - clock.now();
  if (timeoutMs <= 0 || (isFirst(planned, index) && modes.isOutdated())) {
    await save(releasePart(started, index));
    throw new RetryError('stalled', 0);
  }
  try {
    await act(ports, claim, step, timeoutMs);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    const isRefused = error.outcomeKnown && !error.retryable;
    if (isRefused) circuit.succeeded();
    else countFailure(circuit, error);
    const mayAppear = error.code === 'not_found' && claim.tries?.isLast === false;
    if (isRefused && !mayAppear) return refuse(started, codeWithNumber(error));
    const notBefore = askedFor(error, clock.now());
    if (error.outcomeKnown) await save(releasePart(started, index, notBefore)).catch(() => undefined);
    const retry = mayAppear
      ? new RetryError(error.code, NOT_FOUND_YET_MS, { cause: error })
      : new RetryError(error.outcomeKnown ? error.code : 'ambiguous', error.retryAfterMs, { cause: error });
    if (await claim.tries?.fails(retry)) return refuse(started, codeWithNumber(error));
    throw retry;
  }
  circuit.succeeded();
  await save(stepDone(started, index, clock.now()));
}

function act(
  { tag, invite }: SendPorts,
  { event, address }: Sending,
  step: OtherStep,
  timeoutMs: number,
): Promise<void> {
  switch (step.kind) {
    case 'tag':
      if (!('MessageSid' in event)) return Promise.reject(new NothingToTagError(event.EventType));
      return tag(address, event.MessageSid, step.attributes, { timeoutMs });
    case 'invite':
      return invite(address, step.identity, { timeoutMs });
  }
}
