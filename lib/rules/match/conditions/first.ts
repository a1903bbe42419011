import { showDuration } from '../show-duration.ts';
import type { Condition } from './condition.ts';

/** No message of a customer is known from before; or, with milliseconds, none of that time. */
export const first: Condition<true | number> = {
  holds: (wanted, { at, memory: { customerAt } }) =>
    customerAt === undefined || (wanted !== true && at - customerAt >= wanted),
  yes: (wanted) => `no customer has written here ${before(wanted)}`,
  no: (wanted) => `a customer has written here ${before(wanted)}`,
};

function before(wanted: true | number): string {
  return wanted === true ? 'before' : `in the ${showDuration(wanted)} before`;
}
