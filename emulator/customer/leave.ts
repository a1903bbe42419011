import type { Core } from '../core.ts';
import { removeParticipant } from '../resources/change-participant.ts';
import { actorFor, locate } from './locate.ts';
import type { ReadInput } from './receipts.ts';
import { findWriter } from './write-as.ts';

/** Somebody leaves the conversation by themselves. */
export async function leave(core: Core, input: ReadInput): Promise<void> {
  const { service, conversation } = locate(core, input);
  const participant = findWriter(conversation, input.author);
  await removeParticipant(core, actorFor(core, participant), service, conversation, participant);
}
