import type { FunctionName } from '../../lib/config.ts';
import type { ApiKey, Clock, Key, QueueMessage, Random, Store, Versioned } from '../../lib/ports.ts';
import type { Reconciled } from '../../lib/reconcile/reconcile.ts';
import type { Product } from '../../lib/twilio/api-origin.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import type { AwsStage } from './aws/aws-stage.ts';
import type { Given } from './stage-options.ts';

/**
 * One deployed bot, as a command meets it: in AWS, or the local world, which gives the same ports. Whatever both
 * have is here; what only AWS has is under `aws`.
 */
export interface Stage {
  /** `prod`; `local` is the local world. */
  readonly name: string;
  /** To be in each command that is suggested (suggest.ts). */
  readonly given: Given;
  /** The environment of each function as it runs now. */
  readonly settings: Readonly<Record<FunctionName, Settings>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly table: Table;
  readonly queue: QueueEnd;
  readonly deadLetters: DeadLetters;
  readonly twilio: TwilioApi;
  /** Another product of Twilio's, which has a host of its own; in the local world all have one. */
  readonly twilioProduct: (product: Product) => TwilioApi;
  /** With another key than the stage's own, such as an auth token. */
  readonly twilioAs: (key: ApiKey, product?: Product) => TwilioApi;
  /** How many requests went to Twilio so far. */
  readonly requests: () => number;
  readonly metrics: Metrics;
  readonly logs: Logs;
  /** Has the reconciler run, with what it is asked (lib/reconcile/read-asked.ts). Resolves when it has ended. */
  readonly reconcile: (asked: object) => Promise<Reconciled>;
  /** Who is at the command line, for the audit. */
  readonly operator: () => Promise<string>;
  readonly aws?: AwsStage;
  readonly close: () => Promise<void>;
}

/** Of one function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export type Settings = Readonly<Record<string, string>>;

export interface Table extends Store {
  /** Everything in the table that has not expired. Reads all of it: a request a megabyte. */
  scan(): AsyncIterable<readonly [Key, Versioned<unknown>]>;
}

export interface QueueEnd {
  send(message: QueueMessage): Promise<void>;
  /** About: SQS counts in many places. */
  depth(): Promise<QueueDepth>;
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface DeadLetter extends QueueMessage {
  readonly id: string;
  /** When it became a dead letter, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** For `remove` and `release`. */
  readonly handle: string;
}

export interface DeadLetters {
  count(): Promise<number>;
  /**
   * Up to `max` of them, in order within a conversation. They are hidden from everybody else for two minutes, or
   * until released, and at most ten of one conversation are given before some of them are removed.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
   */
  read(max: number): Promise<readonly DeadLetter[]>;
  remove(letter: DeadLetter): Promise<void>;
  release(letter: DeadLetter): Promise<void>;
}

export interface MetricQuery {
  /** @default the bot's own, `parley/<stage>` */
  readonly namespace?: string;
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount' | 'p50' | 'p95' | 'p99';
  readonly dimensions?: Readonly<Record<string, string>>;
}

export interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface Datapoint {
  /** When its period begins, in milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

export interface Metrics {
  /** One list of datapoints a query, in their order; a period in which nothing was counted has none. */
  read(
    queries: readonly MetricQuery[],
    span: Span & { readonly periodSeconds: number },
  ): Promise<readonly (readonly Datapoint[])[]>;
}

/** One line that a function wrote (lib/log.ts), which is never a metric. */
export interface LogLine {
  readonly at: number;
  readonly function: FunctionName;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Logs {
  /** The lines that hold `word`, such as a SID, in their order; at most `limit`. */
  find(word: string, span: Span & { readonly limit: number }): Promise<readonly LogLine[]>;
}
