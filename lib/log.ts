/**
 * Structured logs and metrics as JSON lines. Fields are an allow-list: a name that is not here cannot be written,
 * so bodies, attributes, addresses, tokens and signatures have no way out. Values are cut at 200 characters.
 * Metrics use CloudWatch's embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const FIELDS = [
  'accountSid',
  'attempt',
  'code',
  'conversationSid',
  'eventType',
  'function',
  'index',
  'messageSid',
  'ms',
  'outcome',
  'part',
  'parts',
  'reason',
  'replySid',
  'requestId',
  'rule',
  'serviceSid',
  'status',
] as const;

export type LogField = (typeof FIELDS)[number];
export type LogFields = { readonly [field in LogField]?: string | number | undefined };
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Counts one occurrence of `metric`, with `reason` as its only dimension and, for alarms, without any. */
  count(metric: string, reason?: string): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes one line without its newline. Defaults to standard output. */
  readonly write?: (line: string) => void;
  /** CloudWatch namespace of the metrics. Defaults to `parley`. */
  readonly namespace?: string;
}

const RANKS: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const MAX_VALUE = 200;

export function createLog({ level, now, write = toStdout, namespace = 'parley' }: LogOptions): Log {
  const at =
    (messageLevel: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (RANKS[messageLevel] < RANKS[level]) return;
      write(
        JSON.stringify({
          time: new Date(now()).toISOString(),
          level: messageLevel,
          message,
          ...allowed(fields),
        }),
      );
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    count: (metric, reason) => {
      write(
        JSON.stringify({
          _aws: {
            Timestamp: now(),
            CloudWatchMetrics: [
              {
                Namespace: namespace,
                Dimensions: reason === undefined ? [[]] : [[], ['reason']],
                Metrics: [{ Name: metric, Unit: 'Count' }],
              },
            ],
          },
          reason,
          [metric]: 1,
        }),
      );
    },
  };
}

function allowed(fields: LogFields): LogFields {
  const entries = FIELDS.map((name) => {
    const value = fields[name];
    return [name, typeof value === 'string' ? value.slice(0, MAX_VALUE) : value];
  });
  return Object.fromEntries(entries) as LogFields;
}

function toStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}
