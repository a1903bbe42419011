import { findService } from '../../../lib/twilio/services.ts';
import { deployLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

export const account: Check = {
  id: 'account',
  what: 'The service belongs to the account of TWILIO_ACCOUNT_SID',
  why: 'Webhooks of another account are refused with 403.',
  run: async ({ stage, serviceSids, accountSid }) => {
    const found = await findService(stage.twilio, serviceSids[0] ?? '');
    const owner = found?.account_sid ?? accountSid;
    return owner === accountSid
      ? []
      : [
          problem(
            `The service is of the account ${owner}, and TWILIO_ACCOUNT_SID is ${accountSid}.`,
            deployLine(stage),
          ),
        ];
  },
};
