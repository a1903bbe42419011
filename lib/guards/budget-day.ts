import { isSpent } from './budget.ts';
import type { Guard } from './guard.ts';

export const budgetDay: Guard = {
  reason: 'budget_day',
  says: 'The bot has said as much as it may in a day (REPLIES_PER_DAY).',
  stops: (asked) => isSpent(asked, 'day', asked.budget.perDay),
};
