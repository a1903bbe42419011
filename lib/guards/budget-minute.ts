import { isSpent } from './budget.ts';
import type { Guard } from './guard.ts';
import { isTap } from './tap.ts';

export const budgetMinute: Guard = {
  reason: 'budget_minute',
  says: 'The bot has said as much as it may in a minute (REPLIES_PER_MINUTE).',
  stops: (asked) => !isTap(asked) && isSpent(asked, 'minute', asked.budget.perMinute),
};
