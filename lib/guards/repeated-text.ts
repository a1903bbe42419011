import { hashText } from '../text/hash-text.ts';
import type { Guard, LastAsked, Restraint } from './guard.ts';
import { subjectKey } from './subject-key.ts';
import { isTap } from './tap.ts';

/** Machines repeat themselves at once; people ask the same again tomorrow. */
export const REPEATED_WITHIN_MS = 600_000;
const MAX_REPEATS = 3;

/** What makes a text the same again: `yes` to another question is not. Empty where there are no words. */
export function hashTurn(text: string, { memory }: LastAsked): string {
  const [asked, words] = [memory?.question?.rule, hashText(text)];
  return asked === undefined || words === '' ? words : hashText(`${asked}\n${text}`);
}

/** Whether the latest text is also theirs. The version before did not keep whose it was. */
export function isBySame({ by }: Restraint['repeated'], subject: string | undefined): boolean {
  return by === undefined || by === subject;
}

export const repeatedText: Guard = {
  reason: 'repeated_text',
  says: 'The same text came too often in a row within ten minutes, as between two machines.',
  stops: (asked) => {
    const { event, at, conversation } = asked;
    // An operator is not a machine, and the message itself was counted when it came.
    if (event.EventType !== 'onMessageAdded' || isTap(asked) || asked.isReplayed) return false;
    const { hash, count, at: lastAt } = conversation.repeated;
    const isRecent = lastAt !== undefined && at - lastAt < REPEATED_WITHIN_MS;
    if (!isBySame(conversation.repeated, subjectKey(event))) return false;
    return isRecent && hash !== '' && count >= MAX_REPEATS && hash === hashTurn(event.Body, conversation);
  },
};
