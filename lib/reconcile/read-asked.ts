import * as z from 'zod/mini';
import type { Asked } from './reconcile-ports.ts';

const alarm = z.object({ source: z.literal('aws.cloudwatch') });
/** An alarm that is new, not one that is over. */
const began = z.object({
  alarmData: z.object({
    state: z.object({ value: z.literal('OK') }),
    previousState: z.object({ value: z.literal('INSUFFICIENT_DATA') }),
  }),
});
const request = z.object({ look: z.enum(['now', 'everywhere']) });

/**
 * What the function was invoked for: by its schedule; by an alarm that rings or is over
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html), by whoever says
 * `{"look": "now"}` or `{"look": "everywhere"}`.
 */
export function readAsked(event: unknown): Asked {
  const asked = request.safeParse(event);
  if (asked.success) return asked.data.look;
  return alarm.safeParse(event).success && !began.safeParse(event).success ? 'alarm' : 'schedule';
}
