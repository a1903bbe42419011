import type { Survivor } from './survivor.ts';

export const HISTORY: readonly Survivor[] = [
  {
    file: 'lib/history/find-reply.ts',
    line: "olderInARow = Date.parse(message.date_created ?? '') < since ? olderInARow + 1 : 0;",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is a date, and what has none is never older.',
  },
  {
    file: 'lib/history/tell-history.ts',
    line: 'const authors = messages.some(isOld) ? await tellAuthors(ports, messages, context) : [];',
    change: '[] → ["Stryker was here"]',
    reason: 'Where nothing is old, nothing is history, whoever has spoken since.',
  },
  {
    file: 'lib/history/tell-history.ts',
    line: 'if (error instanceof BotError && !error.retryable) return [];',
    change: '[] → ["Stryker was here"]',
    reason: 'A text has no SID, so it is never the participant who is looked for.',
  },
];
