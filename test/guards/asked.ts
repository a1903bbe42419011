import { eventTime } from '../../lib/event/event-time.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';
import type { Asked, Restraint } from '../../lib/guards/guard.ts';
import { findGuard } from '../../lib/guards/guards.ts';
import { parseNames } from '../../lib/guards/names.ts';
import { DEFAULT_OPT_OUT } from '../../lib/guards/stop-words.ts';
import { type Clues, tellWho } from '../../lib/guards/who.ts';

export const OPEN: Restraint = { mutedUntil: 0, repeated: { hash: '', count: 0 } };

/** Nobody is named, and nobody need be asked. */
export const CLUES: Clues = {
  botAuthor: 'parley',
  agents: parseNames([]),
  programs: parseNames([]),
  byChannel: false,
  participant: () => Promise.reject(new Error('nobody asked for the participant')),
};

/** Everything that guards may ask, with nothing against an answer, at the moment of the event. */
export function asked(
  event: ConversationEvent,
  over: Partial<Asked> & { clues?: Partial<Clues> } = {},
): Asked {
  const { clues, ...rest } = over;
  const at = eventTime(event, 0);
  return {
    event,
    at,
    now: at,
    conversation: OPEN,
    botAuthor: 'parley',
    mode: 'live',
    maxAgeMs: 3_600_000,
    budget: { perMinute: 6, tapsPerMinute: 30, perHour: 60, perDay: 200 },
    optOut: DEFAULT_OPT_OUT,
    quietAfterPersonMs: 8 * 3_600_000,
    who: () => tellWho(event, { ...CLUES, ...clues }),
    isAsked: () => false,
    ...rest,
  };
}

/** The reason code of the first guard that stops the event; undefined when the rules may decide. */
export async function reasonFor(event: ConversationEvent, over: Parameters<typeof asked>[1] = {}) {
  return (await findGuard(asked(event, over)))?.reason;
}
