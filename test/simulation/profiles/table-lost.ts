import type { Profile } from '../profile.ts';
import { createTableLoss, sceneOfLoss } from '../table-loss.ts';
import { playOrdinary } from './ordinary.ts';

/** What was heard of before comes again behind the loss, from the queue; and people have answered meanwhile. */
export const tableLost: Profile = {
  name: 'table-lost',
  about: 'The table is lost, or set back to an earlier moment, while messages are being answered',
  scene: (scheduler) => {
    const loss = createTableLoss(scheduler);
    return { world: { openTable: loss.openTable }, ...sceneOfLoss(loss, playOrdinary) };
  },
};
