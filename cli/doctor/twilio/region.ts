import { HOME_REGION } from '../../../lib/places.ts';
import { deployLine } from '../../stage/suggest.ts';
import { type Check, problem } from '../check.ts';

export const region: Check = {
  id: 'region',
  what: 'Twilio is asked in a region that has all of Conversations',
  why: 'Outside the US there are no SMS, no WhatsApp and no receipts in Conversations (error 50385).',
  run: async ({ stage }) => {
    const { TWILIO_REGION: set = '' } = stage.settings.reply;
    return set === '' || set === HOME_REGION
      ? []
      : [problem(`TWILIO_REGION is ${set}: expected ${HOME_REGION}.`, deployLine(stage))];
  },
};
