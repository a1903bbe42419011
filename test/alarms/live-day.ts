import { type FaultLoad, NO_FAULTS } from '../simulation/fault-load.ts';
import { drawKind } from '../simulation/people.ts';
import { createAlarmWatch } from './alarm-watch.ts';
import { createWatchedWorld, MINUTE, WATCHED_FROM } from './watched-world.ts';

export interface DayOptions {
  readonly hours: number;
  /** How many messages customers write in all. */
  readonly messages: number;
  readonly conversations: number;
  readonly faults: FaultLoad;
}

export interface Day {
  /** What rang where data come so many minutes late. */
  readonly rings: readonly { readonly lag: number; readonly alarms: readonly string[] }[];
  readonly replies: number;
}

/**
 * What fails on an ordinary day, without anything that anybody must hear of. Of the calls of DynamoDB and SQS those count
 * that fail although AWS's client has tried again by itself.
 */
export const ORDINARY_FAULTS: FaultLoad = {
  ...NO_FAULTS,
  portBefore: 0.0001,
  portAfter: 0.0001,
  webhookDuplicate: 0.01,
  webhookDelay: 0.002,
  webhookReorder: 0.002,
  rateLimit: 0.002,
  errorBefore: 0.0003,
  errorAfter: 0.0003,
  resetAfter: 0.0003,
  timeoutLate: 0.0003,
  staleList: 0.02,
  redelivery: 0.005,
  skewMs: 200,
};

/** How many minutes what was measured may take until it can be seen. */
const LAGS = [0, 1, 3];

/** Customers write at any time, each as many do; nothing happens that anybody must hear of. */
export async function liveDay({ hours, messages, conversations, faults }: DayOptions): Promise<Day> {
  const { world, scheduler, metrics } = await createWatchedWorld();
  const { random } = scheduler;
  const sids: string[] = [];
  for (let n = 0; n < conversations; n += 1) {
    const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
    sids.push(String(conversation['sid']));
  }
  world.setFaults(faults);
  const ms = hours * 60 * MINUTE;
  for (let n = 0; n < messages; n += 1) {
    scheduler.after(random() * ms, () => {
      const conversationSid = sids[Math.floor(random() * sids.length)] ?? '';
      void world.service.customer.write({
        conversationSid,
        body: answerable(() => drawKind(random).text(n)),
      });
    });
  }
  const end = WATCHED_FROM + ms;
  await scheduler.run(end);
  const rings = LAGS.map((lag) => {
    const watch = createAlarmWatch(metrics, lag * MINUTE);
    for (let now = WATCHED_FROM; now <= end; now += MINUTE) watch.evaluate(now);
    return { lag, alarms: watch.rings.map(({ alarm, at }) => `${alarm.name} ${new Date(at).toISOString()}`) };
  });
  const replies = world.shown.filter(({ author }) => author === 'parley').length;
  return { rings, replies };
}

/** What Twilio refuses is worth a ticket. */
function answerable(draw: () => string): string {
  for (;;) {
    const text = draw();
    if (!text.startsWith('broken')) return text;
  }
}
