import { writtenAt } from '../../evidence/talk.ts';
import type { Finding } from '../finding.ts';
import type { Seen } from '../seen.ts';

/** A POST that was begun in time may take effect so much later, by clocks that are off by a second each. */
const SLACK_MS = 60_000;
/** So long after an operator asked for it an answer may be late. */
const ASKED_MS = 86_400_000;

/** Answers that were begun when their message was too old to be answered. The rest of half an answer may be later. */
export function findTooLate({ asked, rules, address, redrivenAt }: Seen): readonly Finding[] {
  return asked.flatMap(({ answers, at, record, message: { sid } }): Finding[] => {
    const first = answers.find(({ part }) => part === 1);
    if (first === undefined) return [];
    const givenAt = writtenAt(first.message);
    const age = givenAt - at;
    const isAskedFor = redrivenAt.some((asked) => asked <= givenAt && givenAt < asked + ASKED_MS);
    // What was decided by then knows it itself.
    const allowed = Math.max(rules.maxAgeMs, (record?.answerUntil ?? 0) - at);
    if (age <= allowed + SLACK_MS || isAskedFor) return [];
    const seconds = Math.round(age / 1_000);
    const says = `It was answered after ${seconds} s: REPLY_MAX_AGE_SECONDS is ${rules.maxAgeMs / 1_000}.`;
    return [{ kind: 'too_late', sid, address, says }];
  });
}
