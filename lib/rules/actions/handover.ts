import type { Action } from './action.ts';
import type { InviteStep } from './invite-step.ts';

/** From now on a person answers: the bot is quiet. */
interface Handover {
  readonly kind: 'handover';
  readonly forMs: number;
  /** Words, as normalizeText and ignoreAccents leave them, by which the customer comes back to the bot. */
  readonly back: readonly string[];
  /** Keywords of the file, as normalizeText leaves them, that would be one of these only without their accents. */
  readonly keywords?: readonly string[];
  /** Chat identities that are added to the conversation. */
  readonly invite: readonly string[];
}

export const handover: Action<Handover, InviteStep> = {
  texts: () => [],
  render: ({ invite }) => invite.map((identity) => ({ kind: 'invite', identity })),
  changes: ({ forMs, back, keywords }) => ({ handover: { forMs, back, ...(keywords && { keywords }) } }),
};
