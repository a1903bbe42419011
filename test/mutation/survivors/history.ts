import type { Survivor } from './survivor.ts';

export const HISTORY: readonly Survivor[] = [
  {
    file: 'lib/history/find-reply.ts',
    line: "olderInARow = Date.parse(message.date_created ?? '') < since ? olderInARow + 1 : 0;",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is a date, and what has none is never older.',
  },
];
