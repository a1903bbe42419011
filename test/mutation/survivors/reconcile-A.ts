import type { Survivor } from './survivor.ts';

export const RECONCILE_A: readonly Survivor[] = [
  {
    file: 'lib/reconcile/due-conversations.ts',
    line: 'if (isDue(activeAt, round) && activeAt > (known?.activeAt ?? 0)) {',
    change: 'activeAt > (known?.activeAt ?? 0) → activeAt >= (known?.activeAt ?? 0)',
    reason: 'Of two marks of one conversation with the same latest activity, either says the same.',
  },
  {
    file: 'lib/reconcile/due-conversations.ts',
    line: 'return true;',
    change: 'true → false',
    reason: 'Whether each is done counts only for the place where a round stops; here all of them are read.',
  },
];
