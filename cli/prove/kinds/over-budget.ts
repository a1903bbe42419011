import { writtenAt } from '../../evidence/talk.ts';
import type { Finding } from '../finding.ts';
import type { Asked, Seen } from '../seen.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Lists date in whole seconds, by clocks that are off by a second each. */
const UNSURE_MS = 3_000;

interface Window {
  readonly name: string;
  readonly lengthMs: number;
  readonly most: number;
}

/**
 * More answers than a budget allows. An answer counts once, however many parts it has. Taps have a minute's budget of
 * their own, which no list tells from the other, so a minute may hold both.
 */
export function findOverBudget({ asked, rules, address }: Seen): readonly Finding[] {
  const { perMinute, tapsPerMinute, perHour, perDay } = rules.budget;
  const windows: readonly Window[] = [
    { name: 'a minute', lengthMs: MINUTE, most: perMinute + tapsPerMinute },
    { name: 'an hour', lengthMs: HOUR, most: perHour },
    { name: '24 hours', lengthMs: 24 * HOUR, most: perDay },
  ];
  const given = asked.flatMap((each) => {
    const [first] = each.answers;
    return first === undefined || each.record?.finished?.outcome !== 'replied'
      ? []
      : [{ ...each, givenAt: writtenAt(first.message) }];
  });
  const inOrder = given.toSorted((a, b) => a.givenAt - b.givenAt);
  return windows.flatMap((window): Finding[] => {
    const over = firstOver(inOrder, window);
    if (over === undefined) return [];
    const says = `With its answer the bot had spoken more than ${window.most} times in ${window.name} here.`;
    return [{ kind: 'over_budget', sid: over.message.sid, address, says }];
  });
}

type Given = Asked & { readonly givenAt: number };

function firstOver(given: readonly Given[], { lengthMs, most }: Window): Given | undefined {
  return given.find((each, at) => {
    const before = given[at - most];
    return before !== undefined && each.givenAt - before.givenAt < lengthMs - UNSURE_MS;
  });
}
