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
  /** That, and all else that may have been changed, its state among it; empty where that is forgotten. */
  readonly all: string;
  /** All but its state; absent where the version before wrote. */
  readonly rest?: string;
  /** Its state by now, of which webhooks of their own tell; as absent. */
  readonly state?: string;
  /** It was read at that time: webhooks of changes before that may still be to come. */
  readonly isRead?: true;
}

/** What of a change, or of the conversation itself, says something. */
type Said = Pick<
  EventOf<'onConversationUpdated'>,
  'Attributes' | 'FriendlyName' | 'UniqueName' | 'MessagingServiceSid' | 'State'
>;

export function saidOff(said: Said, at: number): SaidOff {
  const { Attributes, FriendlyName, UniqueName, MessagingServiceSid, State } = said;
  const told = readTold(Attributes);
  const rest = [Attributes, FriendlyName, UniqueName, MessagingServiceSid];
  return {
    at,
    own: told.handover === 'off' ? hash(told) : '',
    all: hash([...rest, State]),
    rest: hash(rest),
    ...(State !== undefined && { state: State }),
  };
}

/**
 * Whether somebody says `off` now, and did not only change something else where it stood already. Whoever changes
 * nothing says it again; and what was read may be what this very change wrote.
 */
export function isSaidAnew(before: SaidOff | undefined, said: SaidOff): boolean {
  if (said.own === '') return false;
  if (before === undefined || before.own !== said.own) return true;
  return isOfReading(before, said) || isSame(before, said);
}

/** Whether a change is heard of that came before what was read, which shows what it said. */
function isOfReading(read: SaidOff, said: SaidOff): boolean {
  return read.isRead === true && said.at <= read.at && said.own === read.own;
}

function isSame(before: SaidOff, said: SaidOff): boolean {
  if (before.rest === undefined) return before.all === said.all;
  return before.rest === said.rest && before.state === said.state;
}

/** Its state changes without saying anything anew: a message wakes a conversation up. */
export function withState(kept: SaidOff | undefined, state: string, at: number): SaidOff | undefined {
  return kept === undefined || at < kept.at ? kept : { ...kept, state };
}

/** What stays when a person is forgotten: whether it says `off`, and nothing that they are called. */
export function withoutNames({ at, own }: SaidOff): SaidOff {
  return { at, own, all: '' };
}

/** A change that was read first and is heard of later counts once: what is changed after it is compared with itself. */
export function laterSaid(kept: SaidOff | undefined, said: SaidOff | undefined): SaidOff | undefined {
  if (kept === undefined || said === undefined) return kept ?? said;
  return said.at >= kept.at || isOfReading(kept, said) ? said : kept;
}

function hash(value: unknown): string {
  return shortHash(JSON.stringify(value), 8);
}
