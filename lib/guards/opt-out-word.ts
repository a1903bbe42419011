import { readChannel } from '../event/read-channel.ts';
import type { Guard } from './guard.ts';
import { isAnsweredByCarrier } from './stop-words.ts';

export const optOutWord: Guard = {
  reason: 'opt_out_word',
  says: 'It is a word that Twilio or the carrier answers on this channel, such as STOP or HELP (opt_out in the rules).',
  stops: ({ event, optOut, isAsked }) =>
    event.EventType === 'onMessageAdded' &&
    isAnsweredByCarrier(event.Body, readChannel(event), optOut, isAsked),
};
