import { OLD_SPOOL, SPOOLS } from '../../../lib/record/keys.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, warning } from '../check.ts';

export const spool: Check = {
  id: 'spool',
  what: 'Nothing waits in the spool',
  why: 'What waits there the queue refused; the reconciler brings it back each minute.',
  run: async ({ stage }) => {
    const partitions = [...SPOOLS, OLD_SPOOL].map((pk) => stage.table.list(pk, 1));
    const waits = (await Promise.all(partitions)).some((found) => found.length > 0);
    return waits ? [warning('Events wait in the spool.', parleyLine('status', stage))] : [];
  },
};
