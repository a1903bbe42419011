import { type FaultLoad, NO_FAULTS } from './fault-load.ts';

/** Of what was drawn only what leaves the number of deliveries alone: webhooks that come oddly, clocks, deployments. */
export function onlyWebhooks(drawn: FaultLoad): FaultLoad {
  const {
    webhookDuplicate,
    webhookDelay,
    webhookReorder,
    skewMs,
    versionSwaps,
    rotateToken,
    webhookEnabled,
  } = drawn;
  return {
    ...NO_FAULTS,
    webhookDuplicate,
    webhookDelay,
    webhookReorder,
    skewMs,
    versionSwaps,
    rotateToken,
    webhookEnabled,
  };
}

/** What was drawn, but no more than `most` of each share. */
export function atMost(drawn: FaultLoad, most: number): FaultLoad {
  const capped = Object.entries(drawn).map(([kind, share]) => [
    kind,
    typeof share === 'number' && share < 1 ? Math.min(share, most) : share,
  ]);
  return { ...drawn, ...Object.fromEntries(capped) };
}
