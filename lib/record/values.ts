import { MAX_REMEMBERED, type Memory, type MemoryChange } from '../rules/memory.ts';
import { latestFirst } from './latest-first.ts';
import type { MemoryOrder } from './memory-event.ts';

/** What `remember` put there, and which message did. */
export interface RememberedValues {
  readonly values?: Memory['values'];
  readonly order?: MemoryOrder['values'];
  readonly forgotTo?: MemoryOrder['forgotTo'];
}

/** Names of which it is known that they were forgotten, and since when. */
const MAX_FORGOTTEN = 16;

/**
 * The values after an answer. Of two messages that change the same one the later one counts, whichever is noted first.
 * @param place where the message stands in its conversation
 */
export function changeValues(
  { values: before = {}, order: orderBefore = {}, forgotTo: forgotBefore = -1 }: RememberedValues,
  change: Pick<MemoryChange, 'values' | 'forgetsAll'>,
  place: number,
): RememberedValues {
  const values = new Map(Object.entries(before));
  const order = new Map(Object.entries(orderBefore));
  const forgotTo = change.forgetsAll ? Math.max(forgotBefore, place) : forgotBefore;
  // What has no place is not kept below.
  for (const [name, since] of order) if (since < forgotTo) order.delete(name);
  for (const [name, value] of Object.entries(change.values ?? {})) {
    if (place < (order.get(name) ?? forgotTo)) continue;
    order.set(name, place);
    if (value === null) values.delete(name);
    else values.set(name, value);
  }
  const byOrder = latestFirst(order);
  const kept = byOrder.filter(([name]) => values.has(name)).slice(0, MAX_REMEMBERED);
  const forgotten = byOrder.filter(([name]) => !values.has(name)).slice(0, MAX_FORGOTTEN);
  const places = new Map([...kept, ...forgotten]);
  return {
    ...(kept.length > 0 && {
      values: Object.fromEntries([...values].filter(([name]) => places.has(name))),
    }),
    ...(places.size > 0 && { order: Object.fromEntries(places) }),
    ...(forgotTo < 0 ? {} : { forgotTo }),
  };
}
