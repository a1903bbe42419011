import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import type { Envelope, OpenedEnvelope } from '../queue/envelope.ts';
import { saveNext, serviceKey } from '../record/keys.ts';
import { RetryError } from '../retry-error.ts';

export interface FindServicePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count' | 'warn'>;
  /** Asks Twilio which service a conversation belongs to; undefined when there is no such conversation. */
  readonly askService: (conversationSid: string) => Promise<string | undefined>;
  /** The services this deployment answers for. */
  readonly serviceSids: readonly string[];
}

/** The first wait, of which each is twice as long as the one before: half a minute in all. */
const LAG_MS = 2_000;
const PATIENT_RECEIVES = 5;

/**
 * The envelope with its service. Twilio leaves ChatServiceSid out of some webhooks; with several services configured
 * Twilio is asked, once a conversation, here and not where webhooks come in, which has no key to ask with.
 * @param receiveCount how often the queue has delivered it.
 * @returns undefined when there is nothing to do: the conversation is gone, or another deployment's.
 * @throws RetryError while Twilio does not show the conversation yet, the first few times.
 */
export async function withService(
  ports: FindServicePorts,
  envelope: OpenedEnvelope,
  receiveCount: number,
): Promise<Envelope | undefined> {
  const { conversationSid } = envelope.address;
  const serviceSid = envelope.address.serviceSid ?? (await findService(ports, conversationSid));
  if (serviceSid === undefined) {
    if (receiveCount < PATIENT_RECEIVES)
      throw new RetryError('service_unknown', LAG_MS * 2 ** (receiveCount - 1));
    return giveUp(ports, conversationSid, 'service_unknown');
  }
  if (envelope.address.serviceSid === undefined && !ports.serviceSids.includes(serviceSid)) {
    return giveUp(ports, conversationSid, 'foreign_service');
  }
  return {
    ...envelope,
    event: { ...envelope.event, ChatServiceSid: serviceSid },
    address: { serviceSid, conversationSid },
  };
}

async function findService(ports: FindServicePorts, conversationSid: string): Promise<string | undefined> {
  const key = serviceKey(conversationSid);
  const stored = await ports.store.get<{ serviceSid: string }>(key);
  if (stored !== undefined) return stored.value.serviceSid;
  const serviceSid = await ports.askService(conversationSid);
  if (serviceSid !== undefined) {
    // Whoever else wrote it first wrote the same.
    await saveNext(ports, { key, value: { serviceSid }, lifetime: 'service' }, undefined);
  }
  return serviceSid;
}

function giveUp({ log }: FindServicePorts, conversationSid: string, reason: string): undefined {
  log.count('event_given_up', reason);
  log.warn('an event that names no service was given up', { conversationSid, reason });
}
