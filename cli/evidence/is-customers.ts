import type { MessageAdded } from '../../lib/event/event-types.ts';
import { tellWho } from '../../lib/guards/who.ts';
import { knownParticipant } from '../../lib/record/conversation.ts';
import type { StageRules } from './rules-of.ts';
import type { Talk } from './talk.ts';

/**
 * Whether a customer wrote it, by what the list and the table say of its author: nobody is asked, so who cannot be told
 * is taken for a customer.
 */
export async function isCustomers(
  { rules, now }: { readonly rules: StageRules; readonly now: number },
  { state }: Pick<Talk, 'state'>,
  event: MessageAdded,
): Promise<boolean> {
  const participant = async (sid: string) => (state && knownParticipant(state, sid, now)) ?? {};
  const byChannel = state?.byChannel === true;
  return (await tellWho(event, { ...rules, byChannel, participant })) === 'customer';
}
