import type { Random } from '../../lib/ports.ts';

/** How often what fails, in one seed. Shares of one; drawn anew for each seed, so that some seeds are mild. */
export interface FaultLoad {
  /** A port call (queue, table) that fails before, and after, it took effect. */
  readonly portBefore: number;
  readonly portAfter: number;
  /** The process dies at a port call, before or after it took effect. */
  readonly crash: number;
  /** The process stands still at a port call for up to seven minutes, given up by everybody, and goes on. */
  readonly stall: number;
  readonly webhookDrop: number;
  readonly webhookDuplicate: number;
  readonly webhookDelay: number;
  readonly webhookReorder: number;
  readonly rateLimit: number;
  readonly errorBefore: number;
  readonly errorAfter: number;
  readonly resetBefore: number;
  readonly resetAfter: number;
  readonly timeoutNever: number;
  readonly timeoutLate: number;
  readonly refused: number;
  readonly garbage: number;
  readonly staleList: number;
  /** The queue hands a message out again although it was deleted. */
  readonly redelivery: number;
  /** Each process's clock is off by up to so many milliseconds, forward or back. */
  readonly skewMs: number;
  /** The deployed version changes, and back. */
  readonly versionSwaps: number;
  readonly rotateToken: boolean;
  readonly webhookEnabled: boolean;
  /** The kinds below are a profile's; the ordinary draw has none of them. */
  /** A webhook carries a parameter that nobody knows yet, beside a text: what it says is doubtful. */
  readonly parameter: number;
  /** A read of one thing answers 404, as while it lags. */
  readonly notFound: number;
}

export function drawFaultLoad(random: Random): FaultLoad {
  // Each kind is absent in some seeds, so that rare combinations are not always drowned by the common ones.
  const share = (most: number) => (random() < 0.35 ? 0 : random() * most);
  return {
    portBefore: share(0.1),
    portAfter: share(0.1),
    crash: share(0.05),
    stall: share(0.02),
    webhookDrop: share(0.4),
    webhookDuplicate: share(0.3),
    webhookDelay: share(0.3),
    webhookReorder: share(0.3),
    rateLimit: share(0.15),
    errorBefore: share(0.15),
    errorAfter: share(0.15),
    resetBefore: share(0.1),
    resetAfter: share(0.1),
    timeoutNever: share(0.1),
    timeoutLate: share(0.15),
    refused: share(0.1),
    garbage: share(0.1),
    staleList: share(0.5),
    redelivery: share(0.2),
    skewMs: share(1_000),
    versionSwaps: Math.floor(random() * 4),
    rotateToken: random() < 0.3,
    webhookEnabled: random() < 0.3,
    parameter: 0,
    notFound: 0,
  };
}

/** Nothing fails: the same world must then do without a single retry. */
export const NO_FAULTS: FaultLoad = {
  portBefore: 0,
  portAfter: 0,
  crash: 0,
  stall: 0,
  webhookDrop: 0,
  webhookDuplicate: 0,
  webhookDelay: 0,
  webhookReorder: 0,
  rateLimit: 0,
  errorBefore: 0,
  errorAfter: 0,
  resetBefore: 0,
  resetAfter: 0,
  timeoutNever: 0,
  timeoutLate: 0,
  refused: 0,
  garbage: 0,
  staleList: 0,
  redelivery: 0,
  skewMs: 0,
  versionSwaps: 0,
  rotateToken: false,
  webhookEnabled: false,
  parameter: 0,
  notFound: 0,
};
