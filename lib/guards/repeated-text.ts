import { hashText } from '../text/hash-text.ts';
import type { Guard } from './guard.ts';
import { isTap } from './tap.ts';

/** Machines repeat themselves at once; people ask the same again tomorrow. */
export const REPEATED_WITHIN_MS = 600_000;
const MAX_REPEATS = 3;

export const repeatedText: Guard = {
  reason: 'repeated_text',
  says: 'The same text came too often in a row within ten minutes, as between two machines.',
  stops: (asked) => {
    const { event, at, conversation } = asked;
    // An operator is not a machine, and the message itself was counted when it came.
    if (event.EventType !== 'onMessageAdded' || isTap(asked) || asked.isReplayed) return false;
    const { hash, count, at: lastAt } = conversation.repeated;
    const isRecent = lastAt !== undefined && at - lastAt < REPEATED_WITHIN_MS;
    return isRecent && hash !== '' && count >= MAX_REPEATS && hash === hashText(event.Body);
  },
};
