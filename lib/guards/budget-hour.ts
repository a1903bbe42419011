import { isSpent } from './budget.ts';
import type { Guard } from './guard.ts';

export const budgetHour: Guard = {
  reason: 'budget_hour',
  says: 'The bot has said as much as it may in an hour (REPLIES_PER_HOUR).',
  stops: (asked) => isSpent(asked, 'hour', asked.budget.perHour),
};
