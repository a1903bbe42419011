import { AsyncLocalStorage } from 'node:async_hooks';
import { type Counted, MEASURES, type Measure, metricOf } from './metrics.ts';

/**
 * Structured logs and metrics as JSON lines. Fields are an allow-list: a name that is not here cannot be written,
 * so bodies, attributes, addresses, tokens and signatures have no way out. Values are cut at 200 characters.
 * `handler` is a name of the author's, and what a handler logs are small numbers (handlers/create-caller.ts).
 * `host` and `path` are a stranger's, of a request nobody signed (receive/explain-refusal.ts): they may say anything,
 * but nothing that is ours or a customer's. `urls` and `parameters` are ours and Twilio's own names.
 * `requestId` is Lambda's, of the invocation, as in its own lines; `apiRequestId` is the `requestId` of the API's access
 * log; `twilioRequestId` (RQ…) is that of Twilio's latest answer.
 * Metrics use CloudWatch's embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const FIELDS = [
  'accountSid',
  'apiRequestId',
  'attempt',
  'code',
  'conversationSid',
  'count',
  'eventType',
  'function',
  'handler',
  'host',
  'index',
  'messageSid',
  'ms',
  'otherParameters',
  'outcome',
  'parameters',
  'part',
  'parts',
  'path',
  'reason',
  'replySid',
  'requestId',
  'rule',
  'serviceSid',
  'status',
  'twilioRequestId',
  'urls',
] as const;

export type LogField = (typeof FIELDS)[number];
export type LogFields = { readonly [field in LogField]?: string | number | readonly string[] | undefined };
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Counts one occurrence, as a metric or in the log alone (metrics.ts). */
  count(counted: Counted, reason?: string): void;
  /** Writes values in their units, all of the same moment. */
  measure(values: MetricValues): void;
  /** Every line that is written in `run`, and in what it awaits, has these fields too. */
  within<T>(fields: LogFields, run: () => T): T;
  /** From now on, in the innermost `within`; without one it does nothing. */
  carry(fields: LogFields): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes one line without its newline. Defaults to standard output. */
  readonly write?: (line: string) => void;
  /** The CloudWatch namespace of the metrics is `parley/<stage>`. @default 'dev' */
  readonly stage?: string;
}

const RANKS: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const MAX_VALUE = 200;

export function createLog({ level, now, write = toStdout, stage = 'dev' }: LogOptions): Log {
  const carried = new AsyncLocalStorage<LogFields>();
  const at =
    (messageLevel: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (RANKS[messageLevel] < RANKS[level]) return;
      write(
        JSON.stringify({
          time: new Date(now()).toISOString(),
          level: messageLevel,
          message,
          ...allowed({ ...carried.getStore(), ...fields }),
        }),
      );
    };
  const embed = (
    units: Texts,
    dimensions: readonly string[],
    values: Readonly<Record<string, string | number | undefined>>,
  ) => {
    const Metrics = Object.entries(units).map(([Name, Unit]) => ({ Name, Unit }));
    const metrics = { Namespace: `parley/${stage}`, Dimensions: [dimensions], Metrics };
    write(JSON.stringify({ _aws: { Timestamp: now(), CloudWatchMetrics: [metrics] }, ...values }));
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    count: (counted, reason) => {
      const metric = metricOf(counted, reason);
      if (metric) embed({ [counted]: 'Count' }, metric.dimensions, { reason: metric.reason, [counted]: 1 });
      else write(JSON.stringify({ time: new Date(now()).toISOString(), reason, [counted]: 1 }));
    },
    measure: (values) => {
      const names = Object.keys(values) as Measure[];
      embed(Object.fromEntries(names.map((name) => [name, MEASURES[name]])), [], values);
    },
    within: (fields, run) => carried.run({ ...carried.getStore(), ...fields }, run),
    carry: (fields) => Object.assign(carried.getStore() ?? {}, fields),
  };
}

type Texts = Readonly<Record<string, string>>;
type MetricValues = { readonly [measure in Measure]?: number };

function allowed(fields: LogFields): LogFields {
  const cut = (text: string) => text.slice(0, MAX_VALUE);
  const entries = FIELDS.map((name) => {
    const value = fields[name];
    if (typeof value === 'string') return [name, cut(value)];
    return [name, typeof value === 'object' ? value.map(cut) : value];
  });
  return Object.fromEntries(entries) as LogFields;
}

function toStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}
