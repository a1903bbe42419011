import { isBridged } from '../../../lib/twilio/classic-bridge.ts';
import { unlessNone } from '../../../lib/twilio/services.ts';
import { type Check, unseen, warning } from '../check.ts';

export const bridge: Check = {
  id: 'bridge',
  what: 'The service is not bridged to the newer Conversations',
  why: 'An agent may answer there as well, and each reads the other’s words as a customer’s.',
  run: async ({ stage, serviceSids }) => {
    const asked = serviceSids.map(
      async (sid) => [sid, await unlessNone(isBridged(stage.twilio, sid))] as const,
    );
    return (await Promise.all(asked)).flatMap(([sid, found]) => {
      if (found === undefined) return [unseen('This Twilio does not have the newer Conversations.')];
      const page = 'https://www.twilio.com/docs/conversations/orchestrator/guides/classic-bridge';
      return found ? [warning(`${sid} is bridged to the newer Conversations.`, page)] : [];
    });
  },
};
