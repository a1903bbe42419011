import type { Mode } from '../../lib/guards/guard.ts';
import { COUNTS } from '../../lib/metrics.ts';
import type { LookState } from '../../lib/reconcile/look-state.ts';
import { LOOKS_KEY, MODE_KEY } from '../../lib/record/keys.ts';
import { isModeItem, type ModeItem, modeAt, stricterMode } from '../../lib/record/mode.ts';
import { readOpenWork } from '../evidence/open-work.ts';
import { rulesOf } from '../evidence/rules-of.ts';
import type { Datapoint, MetricQuery, QueueDepth, Stage } from '../stage/stage.ts';
import type { AwsStatus } from './aws-status.ts';

/** One screen of a stage; its names are those of `--json`. */
export interface Status {
  readonly stage: string;
  readonly mode: Mode;
  /** Who has pressed the stop button, why and until when; absent where the setting alone decides. */
  readonly pressed?: Pick<ModeItem, 'by' | 'reason' | 'at' | 'until'>;
  /** When the reconciler last looked at all that was due, in milliseconds since the epoch. */
  readonly lookedAt?: number;
  /** Whom Twilio's webhooks go to, by service, as the reconciler saw it last. */
  readonly wiring: Readonly<Record<string, string>>;
  readonly last5: Numbers;
  readonly last60: Numbers;
  /** The latest message that did not arrive in those sixty minutes; absent where there is none, or no log to read. */
  readonly lastUndelivered?: Undelivered;
  readonly queue: QueueDepth;
  readonly deadLetters: number;
  readonly spooled: number;
  /** Absent in the local world. */
  readonly aws?: AwsStatus;
}

/** What happened in so many minutes. */
export interface Numbers {
  /** Webhooks taken in. */
  readonly accepted: number;
  readonly replied: number;
  /** Customers' messages of which no webhook told. */
  readonly found: number;
  /** Webhooks refused. */
  readonly refused: number;
  /** Messages that did not arrive, by Twilio's code: `30007`, `63016`, `other`. */
  readonly undelivered: Readonly<Record<string, number>>;
  /** Of twenty answers, nineteen were at Twilio sooner after their message; absent where there were none. */
  readonly p95Ms?: number;
  /** The same of how long events waited on the queue. */
  readonly queuedP95Ms?: number;
}

export interface Undelivered {
  readonly messageSid: string;
  readonly conversationSid: string;
}

const MINUTE = 60_000;

export async function readStatus(stage: Stage): Promise<Status> {
  const { name, clock, table, queue, aws } = stage;
  const now = clock.now();
  const [work, depth, deadLetters, pressed, looks, counts, p95Of5, p95Of60, ofAws] = await Promise.all([
    readOpenWork(stage),
    queue.depth(),
    stage.deadLetters.count(),
    table.get<ModeItem>(MODE_KEY),
    table.get<LookState>(LOOKS_KEY),
    countsIn(stage, now),
    p95In(stage, now, 5),
    p95In(stage, now, 60),
    aws && import('./aws-status.ts').then(({ readAwsStatus }) => readAwsStatus(aws)),
  ]);
  const byItem = modeAt(pressed?.value, now);
  const mode = stricterMode(rulesOf(stage).mode, byItem);
  const services = Object.entries(looks?.value.services ?? {});
  const last60 = { ...counts(60), ...p95Of60 };
  const lastUndelivered = hasUndelivered(last60) ? await findUndelivered(stage, now) : undefined;
  return {
    stage: name,
    mode,
    ...(isModeItem(pressed?.value) && byItem !== 'live' && { pressed: pickPressed(pressed.value) }),
    ...(looks && { lookedAt: looks.value.lookedAt }),
    wiring: Object.fromEntries(services.map(([sid, { wiring }]) => [sid, wiring?.target ?? 'unknown'])),
    last5: { ...counts(5), ...p95Of5 },
    last60,
    ...(lastUndelivered && { lastUndelivered }),
    queue: depth,
    deadLetters,
    spooled: work.spooled.size,
    ...(ofAws && { aws: ofAws }),
  };
}

function pickPressed({ by, reason, at, until }: ModeItem): NonNullable<Status['pressed']> {
  return { by, reason, at, ...(until === undefined ? {} : { until }) };
}

const COUNTED = ['webhook_accepted', 'outcome_replied', 'message_found', 'webhook_refused'];
const CODES = COUNTS.delivery_failed;

async function countsIn(
  { metrics }: Stage,
  now: number,
): Promise<(minutes: number) => Omit<Numbers, 'p95Ms' | 'queuedP95Ms'>> {
  const queries = [
    ...COUNTED.map((metric): MetricQuery => ({ metric, statistic: 'Sum' })),
    ...CODES.map(
      (reason): MetricQuery => ({ metric: 'delivery_failed', statistic: 'Sum', dimensions: { reason } }),
    ),
  ];
  const read = await metrics.read(queries, { from: now - 60 * MINUTE, to: now, periodSeconds: 60 });
  return (minutes) => {
    const recent = read.map((points) => points.filter(({ at }) => at >= now - minutes * MINUTE));
    const [accepted = 0, replied = 0, found = 0, refused = 0, ...failed] = recent.map(sum);
    const undelivered = Object.fromEntries(CODES.map((code, at) => [code, failed[at] ?? 0]));
    return { accepted, replied, found, refused, undelivered };
  };
}

/** A percentile cannot be put together from those of shorter periods; CloudWatch begins a period on the clock's own. */
async function p95In(
  { metrics }: Stage,
  now: number,
  minutes: number,
): Promise<Pick<Numbers, 'p95Ms' | 'queuedP95Ms'>> {
  const from = now - minutes * MINUTE;
  const queries = ['reply_ms', 'queue_ms'].map((metric): MetricQuery => ({ metric, statistic: 'p95' }));
  const read = await metrics.read(queries, { from, to: now, periodSeconds: minutes * 60 });
  const [p95Ms = 0, queuedP95Ms = 0] = read.map((points) => Math.max(...points.map(({ value }) => value)));
  return {
    ...(Number.isFinite(p95Ms) && { p95Ms }),
    ...(Number.isFinite(queuedP95Ms) && { queuedP95Ms }),
  };
}

export function hasUndelivered({ undelivered }: Pick<Numbers, 'undelivered'>): boolean {
  return Object.values(undelivered).some((count) => count > 0);
}

/** As lib/receive/count-receipt.ts logs it. */
const UNDELIVERED = 'a message did not arrive';

async function findUndelivered({ logs }: Stage, now: number): Promise<Undelivered | undefined> {
  const span = { from: now - 60 * MINUTE, to: now, limit: 1_000 };
  const last = (await logs.find(UNDELIVERED, span).catch(() => [])).at(-1);
  const { messageSid, conversationSid } = last?.fields ?? {};
  return typeof messageSid === 'string' && typeof conversationSid === 'string'
    ? { messageSid, conversationSid }
    : undefined;
}

function sum(points: readonly Datapoint[]): number {
  return points.reduce((all, { value }) => all + value, 0);
}
