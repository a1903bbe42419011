import type { Finding } from './finding.ts';
import { findLost } from './kinds/lost.ts';
import { findOutOfOrder } from './kinds/out-of-order.ts';
import { findOverBudget } from './kinds/over-budget.ts';
import { findTooLate } from './kinds/too-late.ts';
import { findTwice } from './kinds/twice.ts';
import { findWithoutOutcome } from './kinds/without-outcome.ts';
import type { Seen } from './seen.ts';

/** Everything in one conversation that the promises forbid, as the simulation's judge would say it of its own worlds. */
export async function judgeTalk(seen: Seen): Promise<readonly Finding[]> {
  return [
    ...(await findLost(seen)),
    ...findTwice(seen),
    ...findOutOfOrder(seen),
    ...findWithoutOutcome(seen),
    ...findTooLate(seen),
    ...findOverBudget(seen),
  ];
}
