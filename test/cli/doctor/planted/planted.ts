import { OF_ACCOUNT } from './account.ts';
import type { Planted } from './plant.ts';
import { OF_QUEUE_AND_TABLE } from './queue-and-table.ts';
import { OF_STACK } from './stack.ts';
import { OF_WEBHOOKS } from './webhooks.ts';

/** Every misconfiguration that the doctor is to find. */
export const PLANTED: readonly Planted[] = [
  ...OF_STACK,
  ...OF_QUEUE_AND_TABLE,
  ...OF_ACCOUNT,
  ...OF_WEBHOOKS,
];
