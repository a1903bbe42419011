import { type AlarmState, evaluateAlarm } from './cloudwatch/evaluate-alarm.ts';
import type { Metrics } from './cloudwatch/metrics.ts';
import { type DeployedAlarm, readAlarms } from './read-alarms.ts';

/** An alarm that went to ALARM, and when. */
export interface Ring {
  readonly alarm: DeployedAlarm;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface AlarmWatch {
  /** Evaluates every alarm, as CloudWatch does at each full minute. */
  evaluate(now: number): void;
  /** Every ring so far, in order. */
  readonly rings: readonly Ring[];
}

const ALARMS = readAlarms();

/** @param lag how long after its end the data of a minute can be seen, in milliseconds */
export function createAlarmWatch(metrics: Metrics, lag: number): AlarmWatch {
  const states = new Map<DeployedAlarm, AlarmState>();
  const rings: Ring[] = [];
  return {
    evaluate: (now) => {
      for (const alarm of ALARMS) {
        const before = states.get(alarm) ?? 'INSUFFICIENT_DATA';
        const state = evaluateAlarm(alarm, metrics, { now, before, lag });
        if (state === 'ALARM' && before !== 'ALARM') rings.push({ alarm, at: now });
        states.set(alarm, state);
      }
    },
    rings,
  };
}
