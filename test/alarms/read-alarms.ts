import { DEPLOY_SETTINGS } from '../../build/deploy-settings.ts';
import type { Alarm, Query } from './cloudwatch/evaluate-alarm.ts';
import type { MetricName } from './cloudwatch/metrics.ts';
import { readResources } from './read-template.ts';

/** An alarm of stack/alarms.yml. */
export interface DeployedAlarm extends Alarm {
  /** Its logical id. */
  readonly name: string;
  readonly urgency: 'page' | 'ticket';
  readonly description: string;
  /** Of docs/operating.md. */
  readonly section: string;
  /** What to run first, without `npx`. */
  readonly command: string;
}

export const ALARMS_FILE = 'stack/alarms.yml';

/** What happened, what to run, and where to read on. */
export const DESCRIPTION = /^.+[.?] Run `npx (parley [^`]+)`\. docs\/operating\.md#([a-z0-9-]+)$/;

/** Every alarm as it is deployed for the stage `dev`, in the order in which they stand there. */
export function readAlarms(): readonly DeployedAlarm[] {
  return Object.entries(readResources(ALARMS_FILE))
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([name, { Properties }]) => {
      const description = String(Properties['AlarmDescription']);
      const [, command = '', section = ''] = DESCRIPTION.exec(description) ?? [];
      const isPage = JSON.stringify(Properties['AlarmActions']).includes('{"Ref":"Alarms"}');
      const urgency = isPage ? 'page' : 'ticket';
      return { name, urgency, description, section, command, ...alarmOf(Properties) };
    });
}

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string | { readonly 'Fn::Sub': string };
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

export function alarmOf(properties: Readonly<Record<string, unknown>>): Alarm {
  const { Metrics, Statistic, ExtendedStatistic, EvaluationPeriods } = properties;
  const queries = (Metrics ?? []) as readonly MetricQuery[];
  const single = { id: 'm', metric: metricOf(properties as unknown as Metric) };
  return {
    queries:
      Metrics === undefined
        ? [{ ...single, statistic: String(Statistic ?? ExtendedStatistic) }]
        : queries.flatMap(queryOf),
    expression: expressionOf(queries),
    period: Number(properties['Period'] ?? queries.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period),
    evaluationPeriods: Number(EvaluationPeriods),
    datapointsToAlarm: Number(properties['DatapointsToAlarm'] ?? EvaluationPeriods),
    comparison: String(properties['ComparisonOperator']),
    threshold: Number(properties['Threshold']),
    missing: String(properties['TreatMissingData'] ?? 'missing'),
  };
}

/** With the deployment's settings at their defaults. */
function expressionOf(queries: readonly MetricQuery[]): string | undefined {
  const expression = queries.find(({ Expression }) => Expression !== undefined)?.Expression;
  if (typeof expression !== 'object') return expression;
  return expression['Fn::Sub'].replace(/\$\{ThrottleRate\}/, DEPLOY_SETTINGS.THROTTLE_RATE.default);
}

function queryOf({ Id, MetricStat }: MetricQuery): readonly Query[] {
  return MetricStat === undefined
    ? []
    : [{ id: Id, metric: metricOf(MetricStat.Metric), statistic: MetricStat.Stat }];
}

function metricOf({ Namespace, MetricName, Dimensions = [] }: Metric): MetricName {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, nameOf(Value)]));
  return { namespace: Namespace, name: MetricName, dimensions };
}

/** What is only known once it is deployed goes by its logical id. */
function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return Ref ?? attribute?.[0] ?? JSON.stringify(value);
}
