import { each, type StackRule } from '../package/stack/stack-rule.ts';
import { alarmOf, DESCRIPTION } from './read-alarms.ts';

const ALARM = 'AWS::CloudWatch::Alarm';
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_DESCRIPTION = 1_024;
const DAY_S = 86_400;
/** So late may some data come; then the newest of what is filled is always what was filled in. */
const LATE_S = 900;
const TOPICS = [{ Ref: 'Alarms' }, { Ref: 'Tickets' }];
const RECONCILE = { 'Fn::GetAtt': ['ReconcileLambdaFunction', 'Arn'] };
/** After these webhooks may have been lost, so that the reconciler looks everywhere. */
export const OF_LOSS = ['ThrottledAlarm', 'ApiErrorsAlarm', 'ReceiveErrorsAlarm', 'ReceiveThrottlesAlarm'];

/** What a reviewer asks of stack/alarms.yml, beside what test/package/stack/ asks of the whole stack. */
export const ALARM_RULES: readonly StackRule[] = [
  {
    name: 'an alarm says what happened, what to run and where to read on, in as many characters as AWS takes',
    find: each(ALARM, ({ AlarmDescription: text = '' }) => [
      DESCRIPTION.test(text) ? '' : 'does not say what to do',
      text.length <= LONGEST_DESCRIPTION ? '' : `says it in ${text.length} characters`,
    ]),
    breaks: [
      ['LoopAlarm.Properties.AlarmDescription', 'The bot fell silent.', /^LoopAlarm does not say/],
      ['LoopAlarm.Properties.AlarmDescription', 'x'.repeat(1_025), /says it in 1025 characters$/],
    ],
  },
  {
    name: 'an alarm calls one topic, and the same when it is over',
    find: each(ALARM, ({ AlarmActions = [], OKActions = [] }) => {
      const [topic] = AlarmActions;
      return [
        isOneOf(TOPICS, topic) ? '' : 'calls nobody',
        // What calls the reconciler calls it again then: actions happen when a state changes, and only then.
        isSame(OKActions, AlarmActions) ? '' : 'does not tell them when it is over',
      ];
    }),
    breaks: [
      ['QueueOldAlarm.Properties.AlarmActions', [], /^QueueOldAlarm calls nobody$/],
      ['QueueOldAlarm.Properties.OKActions', [{ Ref: 'Alarms' }], /when it is over$/],
      ['ApiErrorsAlarm.Properties.OKActions.1', undefined, /when it is over$/],
    ],
  },
  {
    name: 'an alarm of loss makes the reconciler look everywhere, and no other may',
    find: (stack) => {
      const allowed = Object.values(stack.Resources).flatMap(({ Type, Properties }) =>
        Type === 'AWS::Lambda::Permission' ? [Properties['SourceArn']] : [],
      );
      return each(ALARM, ({ AlarmActions = [] }, id) => {
        const calls = isOneOf(AlarmActions, RECONCILE);
        const may = isOneOf(allowed, { 'Fn::GetAtt': [id, 'Arn'] });
        return [
          calls === OF_LOSS.includes(id)
            ? ''
            : calls
              ? 'calls the reconciler'
              : 'does not call the reconciler',
          may === OF_LOSS.includes(id) ? '' : may ? 'may call the reconciler' : 'may not call the reconciler',
        ];
      })(stack);
    },
    breaks: [
      ['ApiErrorsAlarm.Properties.AlarmActions.1', undefined, /^ApiErrorsAlarm does not call/],
      ['LoopAlarm.Properties.AlarmActions.1', RECONCILE, /^LoopAlarm calls/],
      ['ApiErrorsLookPermission', undefined, /^ApiErrorsAlarm may not call/],
    ],
  },
  {
    name: 'an alarm says what data mean that are missing: nothing bad, but for the heartbeat',
    find: each(ALARM, ({ TreatMissingData: missing }, id) => {
      const expected = id === 'ReconcileAlarm' ? 'breaching' : 'notBreaching';
      return [missing === expected ? '' : `takes what is missing for ${missing ?? 'missing'}`];
    }),
    breaks: [
      ['LoopAlarm.Properties.TreatMissingData', undefined, /takes what is missing for missing$/],
      ['ReconcileAlarm.Properties.TreatMissingData', 'notBreaching', /^ReconcileAlarm takes/],
    ],
  },
  {
    name: 'an alarm looks back a day at most, and over periods that are all the same',
    find: each(ALARM, (properties) => {
      const { period, evaluationPeriods, datapointsToAlarm } = alarmOf(properties);
      const periods = new Set((properties['Metrics'] ?? []).map(periodOf).filter(Boolean));
      return [
        period * evaluationPeriods <= DAY_S ? '' : 'looks back further than a day',
        datapointsToAlarm <= evaluationPeriods ? '' : 'needs more periods than it looks at',
        periods.size <= 1 ? '' : 'mixes periods',
      ];
    }),
    breaks: [
      ['DeadLetterOldAlarm.Properties.EvaluationPeriods', 25, /looks back further/],
      ['DeadLetterAlarm.Properties.DatapointsToAlarm', 5, /needs more periods/],
      ['DoorShutAlarm.Properties.Metrics.1.MetricStat.Period', 300, /mixes periods$/],
    ],
  },
  {
    name: 'what is filled in for data that are late is not all that an alarm looks at',
    find: each(ALARM, (properties) => {
      const { expression, period, evaluationPeriods, datapointsToAlarm } = alarmOf(properties);
      if (!expression?.includes('FILL')) return [];
      const seen = period * (evaluationPeriods - datapointsToAlarm + 1);
      return [seen >= LATE_S ? '' : `sees only ${seen} s of what it fills`];
    }),
    breaks: [
      ['ReconcileAlarm.Properties.Metrics.1.MetricStat.Period', 300, /sees only 300 s/],
      ['DeadLetterAlarm.Properties.EvaluationPeriods', 1, /sees only 300 s/],
    ],
  },
];

function periodOf({ MetricStat }: { readonly MetricStat?: { readonly Period: number } }): number | undefined {
  return MetricStat?.Period;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isOneOf(list: readonly unknown[], item: unknown): boolean {
  return list.some((each) => isSame(each, item));
}
