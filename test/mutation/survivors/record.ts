import type { Survivor } from './survivor.ts';

export const RECORD: readonly Survivor[] = [
  {
    file: 'lib/record/active.ts',
    line: 'for (let from = 0; from < partitions.length; from += AT_ONCE) {',
    change: 'from < partitions.length → from <= partitions.length',
    reason: 'Behind the last partition there is none, and nothing is read.',
  },
  {
    file: 'lib/record/latest-first.ts',
    line: 'return [...places].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));',
    change: 'a < b → a <= b',
    reason: 'A Map holds each name once, so no two of them are equal.',
  },
  {
    file: 'lib/record/memory.ts',
    line: 'givesBackAt !== undefined && silentAt(givesBackAt, gaveBack) && !silentAt(givesBackAt, givenBackAt),',
    change: 'givesBackAt !== undefined → true',
    reason: 'Where nothing gives it back, both are the same; the check is for the compiler.',
  },
  {
    file: 'lib/record/question.ts',
    line: 'return asks === undefined || index === undefined ? [] : [{ rule: asks, index, at, misses: 0 }];',
    change: 'index === undefined → false',
    reason: 'What has no Index stands behind nothing, so it is not open; the check is for the compiler.',
  },
  {
    file: 'lib/record/question.ts',
    line: 'if (!isStopWord || index === undefined || index <= (kept?.index ?? -1)) return kept;',
    change: 'index <= (kept?.index ?? -1) → index < (kept?.index ?? -1)',
    reason: 'Of the same Index is the same message alone, and so the same who wrote it.',
  },
];
