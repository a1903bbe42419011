import type { EventOf } from '../event/event-types.ts';
import { readTold } from '../event/marker.ts';
import { shortHash } from './short-hash.ts';

/**
 * What a conversation said of itself when somebody last changed it, as hashes. Each webhook of a change brings all of
 * the Attributes, so `{"parley":{"handover":"off"}}` comes with every change for as long as it stands there.
 */
export interface SaidOff {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** All that stands under parley's key; empty where that does not say `off`. */
  readonly own: string;
  /** That, and all else that may have been changed. */
  readonly all: string;
}

export function saidOff(event: EventOf<'onConversationUpdated'>, at: number): SaidOff {
  const { Attributes, FriendlyName, UniqueName, MessagingServiceSid, State } = event;
  const told = readTold(Attributes);
  return {
    at,
    own: told.handover === 'off' ? hash(told) : '',
    all: hash([Attributes, FriendlyName, UniqueName, MessagingServiceSid, State]),
  };
}

/**
 * Whether somebody says `off` now, and did not only change something else where it stood already. Whoever changes
 * nothing says it again.
 */
export function isSaidAnew(before: SaidOff | undefined, { own, all }: SaidOff): boolean {
  if (own === '') return false;
  return before === undefined || before.own !== own || before.all === all;
}

export function laterSaid(kept: SaidOff | undefined, said: SaidOff | undefined): SaidOff | undefined {
  if (kept === undefined || said === undefined) return kept ?? said;
  return said.at >= kept.at ? said : kept;
}

function hash(value: unknown): string {
  return shortHash(JSON.stringify(value), 8);
}
