import { markActive } from '../../../lib/record/active.ts';
import { NEW_CONVERSATION } from '../../../lib/record/conversation.ts';
import { conversationKey, type SavePorts, saveNext } from '../../../lib/record/keys.ts';
import { ACCOUNT } from '../account.ts';
import type { Planned, Population, Spoken, Talk } from './population.ts';
import type { Loss } from './scale-types.ts';

/** What parley hears and does not hear of what people write. */
export interface Ears {
  readonly losses: readonly Loss[];
  /** Somebody writes now; the webhook comes at once, or never. */
  write(planned: Planned): Promise<void>;
  /** The reconciler puts a message on the queue. */
  queued(messageSid: string): Promise<void>;
}

interface Open {
  readonly place: number;
  readonly talk: Talk;
  readonly message: Spoken;
}

/**
 * Does what reply does of a message that it hears of, as far as the reconciler sees it: the conversation's record and
 * the mark that it is active.
 */
export function createEars(population: Population, ports: SavePorts): Ears {
  const losses: Loss[] = [];
  const versions = new Map<Talk, number | undefined>();
  const open = new Map<string, Open>();

  async function hear(talk: Talk, index: number): Promise<void> {
    const value = { ...NEW_CONVERSATION, accounted: index, activeAt: ports.clock.now() };
    const item = { key: conversationKey(talk.sid), value, lifetime: 'conversation' } as const;
    versions.set(talk, await saveNext(ports, item, versions.get(talk)));
    const address = { serviceSid: ACCOUNT.serviceSid, conversationSid: talk.sid };
    await markActive(ports, address, ports.clock.now());
  }

  function find(messageSid: string, by: 'look' | 'message'): Open | undefined {
    const found = open.get(messageSid);
    const loss = losses[found?.place ?? -1];
    if (found === undefined || loss === undefined) return undefined;
    open.delete(messageSid);
    losses[found.place] = { ...loss, foundAt: ports.clock.now(), by };
    return found;
  }

  return {
    losses,
    write: async ({ at, talk: given, lost }) => {
      const talk = given === 'new' ? population.create(at) : given;
      const message = population.speak(talk, at);
      if (lost !== undefined) {
        open.set(message.sid, { place: losses.length, talk, message });
        losses.push({ kind: lost, at });
        return;
      }
      // The gap before it is looked up at Twilio before it is answered.
      for (const { sid } of talk.messages) find(sid, 'message');
      await hear(talk, message.index);
    },
    queued: async (messageSid) => {
      const found = find(messageSid, 'look');
      if (found !== undefined) await hear(found.talk, found.message.index);
    },
  };
}
