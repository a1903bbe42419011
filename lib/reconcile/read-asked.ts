import * as z from 'zod/mini';
import type { Asked } from './reconcile-ports.ts';

const alarm = z.object({ source: z.literal('aws.cloudwatch') });
const request = z.object({ look: z.enum(['now', 'everywhere']) });

/**
 * What the function was invoked for: by its schedule; by an alarm
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html), by whoever says
 * `{"look": "now"}` or `{"look": "everywhere"}`.
 */
export function readAsked(event: unknown): Asked {
  const asked = request.safeParse(event);
  if (asked.success) return asked.data.look;
  return alarm.safeParse(event).success ? 'alarm' : 'schedule';
}
