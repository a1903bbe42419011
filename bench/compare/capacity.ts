import { AWS_PRICES } from '../../build/aws-prices.ts';
import { ASSUMED } from '../calls/month.ts';
import { toTable } from '../to-table.ts';
import { RECEIVE, REPLY, WHOLE } from './candidates.ts';
import type { Row } from './summarise.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: at so many MB a function has one vCPU. */
const MB_OF_A_VCPU = 1_769;
const SHARE = (ASSUMED.gigabytes * 1_024) / MB_OF_A_VCPU;
const MILLION = 1e6;

/** What the steady processor time of parley's functions comes to: events a second, and the least that a million costs. */
export function capacityTable(rows: readonly Row[]): string {
  const head = [
    'function',
    'CPU ms an event',
    'events/s of a vCPU',
    `of ${ASSUMED.gigabytes * 1_024} MB, ${SHARE.toFixed(2)} vCPU`,
    'GB-seconds of a million',
    'dollars of a million',
  ];
  const measured = rows.filter(({ name }) => [RECEIVE, REPLY, WHOLE].includes(name));
  return toTable(
    head,
    measured.map(({ name, figures }) => {
      const ms = figures.eventCpu.median;
      const gbSeconds = (ms / 1_000 / SHARE) * ASSUMED.gigabytes * MILLION;
      return [
        name,
        ms.toFixed(2),
        (1_000 / ms).toFixed(0),
        ((1_000 / ms) * SHARE).toFixed(0),
        gbSeconds.toFixed(0),
        (gbSeconds * AWS_PRICES.lambda.gbSecond).toFixed(2),
      ];
    }),
  );
}
