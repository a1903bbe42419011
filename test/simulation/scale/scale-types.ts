import type { Usage } from './counting-store.ts';
import type { Kind } from './population.ts';
import type { Asked } from './twilio-pages.ts';

export interface ScaleOptions {
  readonly seed: number;
  /** In which somebody writes on a day. */
  readonly conversations: number;
  /** In which nobody has written for at least a month. */
  readonly silent: number;
  readonly hours: number;
  /** Messages of each kind whose webhook never comes; with 0 nothing points to a loss either. */
  readonly lost: number;
  /** How Twilio lists conversations. */
  readonly newestFirst: boolean;
}

/** A message whose webhook never came. Milliseconds since the epoch. */
export interface Loss {
  readonly kind: Kind;
  readonly at: number;
  readonly foundAt?: number;
  /** The reconciler, or the customer's next message. */
  readonly by?: 'look' | 'message';
}

/** One invocation of the reconciler. */
export interface Run {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ms: number;
  /** Lambda's time was over. */
  readonly killed: boolean;
}

export interface ScaleResult {
  readonly losses: readonly Loss[];
  readonly runs: readonly Run[];
  /** Requests to Twilio in each full hour. */
  readonly requests: readonly Readonly<Record<Asked, number>>[];
  /** The reconciler's metrics, summed up, by name and reason. */
  readonly counted: Readonly<Record<string, number>>;
  /** The reconciler's use of the table, in each full hour. */
  readonly usage: readonly Readonly<Usage>[];
}
