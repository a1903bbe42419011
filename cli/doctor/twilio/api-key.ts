import { findService } from '../../../lib/twilio/services.ts';
import { UnauthorizedError } from '../../../lib/twilio/twilio-errors.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

export const apiKey: Check = {
  id: 'api-key',
  what: 'Twilio takes the API key',
  why: 'Every reply is refused, and waits on the queue.',
  run: async ({ stage, serviceSids }) => {
    try {
      await findService(stage.twilio, serviceSids[0] ?? '');
      return [];
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      return [problem('Twilio refuses the API key.', parleyLine('secrets rotate api-key', stage))];
    }
  },
};
