import type { ListMessages } from '../history/find-reply.ts';
import { listOnce } from '../history/list-once.ts';
import { finish, isFirst, type MessageRecord, nextPart, type Part } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { doStep } from './do-step.ts';
import { lookFor } from './look-for-part.ts';
import { postPart } from './post-part.ts';
import { saveRecord } from './save-record.ts';
import { quarantine, type Save, type Sending, type SendPorts } from './sending.ts';
import { settlesAt, settleWait } from './settle.ts';

/**
 * Sends what is left of a plan, each message at most once as far as Twilio lets anybody know. Steps that are no
 * messages take their turn among them (do-step.ts).
 *
 *   save `sending` ──▶ POST ──▶ 201 ─────────────────────────────▶ save `sent`
 *        ▲               ├─────▶ provably not sent (429, refused) ─▶ save `waiting`, retry later
 *        │               ├─────▶ refused for good (400, 404 …) ────▶ save `quarantined`
 *        │               └─────▶ anything else, or we died: nobody knows
 *        │                              │ list the newest messages for our marker
 *        │                              ├─ found ────────────────────▶ save `sent`
 *        └── only after the settle time ┴─ not found
 *                                       └─ given up, or hidden behind a thousand others ─▶ save `quarantined`
 *
 * Twilio's message create has no idempotency key, so a marker found is proof at once, a marker not found only when
 * the POST can no longer take effect (settle.ts).
 *
 * @param stored the version of `planned` in the store; undefined when it is not stored yet.
 * @returns the finished record, saved.
 * @throws RetryError when it has to go on later; whatever is known by then is saved.
 */
export async function sendParts(
  ports: SendPorts,
  claim: Sending,
  planned: MessageRecord,
  stored: number | undefined,
): Promise<MessageRecord> {
  const { now } = ports.clock;
  let latest: ListMessages | undefined;
  const listing: ListMessages = (...asked) => {
    const list = listOnce(ports.list);
    latest = list;
    return list(...asked);
  };
  const sending = { ...ports, list: listing };
  let [record, version] = [planned, stored];
  const save = async (next: MessageRecord): Promise<void> => {
    version = await saveRecord(ports, claim.key, next, version);
    if (nextPart(next) > nextPart(record)) claim.tries?.advance();
    record = next;
  };
  // A table that was set back does not know what was sent since. From what this delivery sends on, everybody knows.
  let mayBeSent = true;
  while (record.finished === undefined) {
    const index = nextPart(record);
    const part = record.parts[index];
    // Nothing to do at Twilio, as where an answer only remembers.
    if (part === undefined) await save(finish(record, { outcome: 'replied', at: now() }));
    else if (part.step !== undefined) await doStep(ports, claim, record, index, save);
    else await sendPart(part, index);
  }
  return record;

  async function sendPart({ state, attempts }: Part, index: number): Promise<void> {
    const isAsked = !isFirst(record, index) && state === 'waiting' && mayBeSent;
    const looking = { ...sending, list: latest ?? listing };
    const seen = isAsked ? await lookFor(looking, claim, record, index, save, true) : 'absent';
    if (seen === 'hidden') await save(quarantine(record, 'unknown_outcome', now()));
    if (seen === 'absent') await settleOrSend(sending, claim, record, index, save);
    if ((record.parts[index] as Part).attempts !== attempts) mayBeSent = false;
  }
}

async function settleOrSend(
  ports: SendPorts,
  claim: Sending,
  record: MessageRecord,
  index: number,
  save: Save,
) {
  const part = record.parts[index] as Part;
  const { now } = ports.clock;
  if (part.state === 'sending') {
    // What counts is when Twilio was asked, not when its answer came.
    const isSettled = now() >= settlesAt(part, ports.settleMs);
    const seen = await lookFor(ports, claim, record, index, save, isSettled);
    if (seen === 'found') return;
    if (!isSettled) throw new RetryError('settling', settleWait(part, ports.settleMs, now()));
    if (seen === 'hidden') return save(quarantine(record, 'unknown_outcome', now()));
  }
  const givenUp = claim.tries?.givenUp;
  if (givenUp !== undefined) return save(quarantine(record, givenUp, now()));
  await postPart(ports, claim, record, index, save);
}
