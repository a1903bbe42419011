import { isSpent } from './budget.ts';
import type { Guard } from './guard.ts';
import { isTap } from './tap.ts';

export const budgetTaps: Guard = {
  reason: 'budget_taps',
  says: 'The bot has answered as many taps as it may in a minute (REPLIES_TO_TAPS_PER_MINUTE).',
  stops: (asked) => isTap(asked) && isSpent(asked, 'taps', asked.budget.tapsPerMinute),
};
