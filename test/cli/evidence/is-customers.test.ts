import { expect, it } from 'vitest';
import { isCustomers } from '../../../cli/evidence/is-customers.ts';
import { parseNames } from '../../../lib/guards/names.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../../lib/record/conversation.ts';
import { messageAdded } from '../../rules/support.ts';

const AGENT_ROLE = `RL${'f'.repeat(32)}`;
const rules = { botAuthor: 'parley', agents: parseNames([AGENT_ROLE]), programs: parseNames([]) };
const message = messageAdded({ Author: 'ana', Source: 'SDK' });

// The bot keeps quiet then, but whoever looks for what was lost must not pass over what may be a customer's.
it('takes whoever nothing is known of for a customer, and an agent whose role is known for none', async () => {
  const ana = { participantSid: String(message.ParticipantSid), roleSid: AGENT_ROLE, at: 0 };
  const state: ConversationRecord = { ...NEW_CONVERSATION, byChannel: true };
  const ask = (known: ConversationRecord) =>
    isCustomers({ rules: rules as never, now: 1 }, { state: known }, message);
  expect(await ask(state)).toBe(true);
  expect(await ask({ ...state, roles: [ana] })).toBe(false);
});
