import type { Survivor } from './survivor.ts';

export const RECONCILE_B: readonly Survivor[] = [
  {
    file: 'lib/reconcile/look.ts',
    line: 'if (await isInHand(ports, address, message, { record, isOvertaken: at < ended })) continue;',
    change: 'at < ended → at <= ended',
    reason: 'The one at `ended` has come to its outcome, and is in hand whether it was overtaken or not.',
  },
  {
    file: 'lib/reconcile/look.ts',
    line: 'listed += 1;',
    change: 'listed += 1 → listed -= 1',
    reason:
      'It only shows where a page ends: -100 divided by the size of a page leaves as little as 100, and -0 equals 0.',
  },
  {
    file: 'lib/reconcile/look.ts',
    line: 'if (message.index < lastIndex) yield message;',
    change: 'message.index < lastIndex → message.index <= lastIndex',
    reason:
      'The one at `lastIndex` was in the short page, and whoever reads the list takes each message once.',
  },
  {
    file: 'lib/reconcile/new-conversations.ts',
    line: 'return true;',
    change: 'true → false',
    reason: 'How many were done from the first on is not asked here: all are marked, or it throws.',
  },
  {
    file: 'lib/reconcile/new-conversations.ts',
    line: "const at = Date.parse(date ?? '');",
    change: `'' → "Stryker was here!"`,
    reason: 'Neither of the two texts is a date, so what has none was created a moment ago.',
  },
];
