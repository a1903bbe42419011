import type { Survivor } from './survivor.ts';

export const RECORD: readonly Survivor[] = [
  {
    file: 'lib/record/active.ts',
    line: 'for (let from = 0; from < partitions.length; from += AT_ONCE) {',
    change: 'from < partitions.length → from <= partitions.length',
    reason: 'Behind the last partition there is none, and nothing is read.',
  },
  {
    file: 'lib/record/active.ts',
    line: "return typeof stored === 'number' && Number.isFinite(stored) ? stored : undefined;",
    change: "typeof stored === 'number' → true",
    reason: 'Number.isFinite is false of what is not a number; the check is for the compiler.',
  },
  {
    file: 'lib/record/conversation.ts',
    line: "export function hasNoted({ noted = [] }: Pick<ConversationRecord, 'noted'>, key: string): boolean {",
    change: '[] → ["Stryker was here"]',
    reason: 'No key has these words for its hash.',
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
    line: 'const [[by, latest] = [subject, index], ...others] = latestFirst(stops);',
    change: '[subject, index] → []',
    reason: 'There is one at least, just added; the default is for the compiler.',
  },
  {
    file: 'lib/record/message-record.ts',
    line: 'replied: [],',
    change: '[] → ["Stryker was here"]',
    reason: 'Nothing gives such a reason.',
  },
  {
    file: 'lib/record/message-record.ts',
    line: "return reasons === undefined || reasons.includes(finished.reason ?? '');",
    change: `'' → "Stryker was here!"`,
    reason: 'Nothing may be decided anew for either of these reasons.',
  },
  {
    file: 'lib/record/mode.ts',
    line: 'return MODES.indexOf(one) > MODES.indexOf(other) ? one : other;',
    change: 'MODES.indexOf(one) > MODES.indexOf(other) → MODES.indexOf(one) >= MODES.indexOf(other)',
    reason: 'Of two that are the same it does not matter which is given back.',
  },
  {
    file: 'lib/record/mode.ts',
    line: "return value.until !== undefined && value.until <= now ? 'live' : value.mode;",
    change: 'value.until !== undefined → true',
    reason: 'Undefined comes before no moment; the check is for the compiler.',
  },
  {
    file: 'lib/record/mode.ts',
    line: 'let item: ModeItem = { ...pressed, at };',
    change: '{ ...pressed, at } → {}',
    reason: 'What changes the item is always called, and sets it; the first value is for the compiler.',
  },
];
