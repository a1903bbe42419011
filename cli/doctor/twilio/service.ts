import { findService } from '../../../lib/twilio/services.ts';
import { deployLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

export const service: Check = {
  id: 'service',
  what: 'Every service of TWILIO_CHAT_SERVICE_SID exists',
  why: 'Nothing can be answered in a service that is not there.',
  run: async ({ stage, serviceSids }) => {
    const looked = serviceSids.map(async (sid) => {
      const found = await findService(stage.twilio, sid);
      return found === undefined ? [problem(`The account has no service ${sid}.`, deployLine(stage))] : [];
    });
    return (await Promise.all(looked)).flat();
  },
};
