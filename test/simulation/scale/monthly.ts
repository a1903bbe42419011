import { AWS_PRICES } from '../../../build/aws-prices.ts';
import type { ScaleResult } from './scale-types.ts';

const { readUnit, writeUnit } = AWS_PRICES.dynamoDb;
const UNITS = { readUnit, writeUnit };
const HOURS_A_MONTH = 730;
/** memorySize of reconcile in serverless.yml. */
const GB = 0.5;

/** US dollars in us-east-1, without any free tier. */
export const PRICES = { ...AWS_PRICES.lambda, ...UNITS } as const;

/** What the reconciler uses in a month that goes on like the run. */
export interface Month extends Record<keyof typeof PRICES, number> {
  readonly requests: number;
  readonly dollars: number;
}

export function monthOf({ requests, usage, runs }: ScaleResult): Month {
  const months = requests.length / HOURS_A_MONTH;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const amounts = {
    invocation: runs.length / months,
    gbSecond: (sum(runs.map(({ ms }) => ms / 1_000)) * GB) / months,
    readUnit: sum(usage.map(({ readUnits }) => readUnits)) / months,
    writeUnit: sum(usage.map(({ writeUnits }) => writeUnits)) / months,
  };
  const names = Object.keys(PRICES) as (keyof typeof PRICES)[];
  return {
    ...amounts,
    requests: sum(requests.map((hour) => sum(Object.values(hour)))) / months,
    dollars: sum(names.map((name) => amounts[name] * PRICES[name])),
  };
}
