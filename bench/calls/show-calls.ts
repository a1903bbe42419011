import { AWS_PRICES } from '../../build/aws-prices.ts';
import { toTable } from '../to-table.ts';
import {
  ASSUMED,
  type Cost,
  type Counted,
  fixedCosts,
  monthOf,
  requestsOfTwilio,
  totalOf,
  twilioRequests,
} from './month.ts';
import type { Calls } from './start-wire.ts';

/** What was counted, a row for each thing that happens. */
export function showCounted(counted: Counted): string {
  const rows: readonly (readonly [name: string, calls: Calls])[] = [
    ['a webhook is taken in', counted.receive],
    ['it is answered by one text', counted.oneText],
    ['… in a long conversation, more', counted.longTalk],
    ['… the first of a quarter of an hour, more', counted.activeMark],
    ['… that remembers something, more', counted.remember],
    ['… each further message of the answer, more', counted.furtherPart],
    ['the reconciler, in an hour without messages', counted.idleHour],
    ['… in the hour after a conversation had one, more', counted.activeHour],
  ];
  return toTable(
    ['', 'Requests', 'Read units', 'Write units', 'Bytes of log'],
    rows.map(([name, { requests, readUnits, writeUnits, logBytes }]) => [
      name,
      listed(requests),
      String(readUnits),
      String(writeUnits),
      // A number in a line may have a digit more or less.
      String(Math.round(logBytes / 10) * 10),
    ]),
  );
}

function listed(requests: Calls['requests']): string {
  const all = Object.entries(requests);
  return all.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

/** A month with its arithmetic: amount, price of one, and the product. */
export function showMonth(messages: number, counted: Counted): string {
  const costs = [...monthOf(messages, counted), ...fixedCosts()];
  const total = totalOf(costs);
  const each = ((total / messages) * 1e6).toFixed(2);
  return [
    `A month of ${whole(messages)} messages: $${money(total)}, $${each} a million; ${whole(twilioRequests(messages, counted))} requests to Twilio`,
    '',
    toTable(['For', 'Amount', 'Dollars for one', 'Dollars'], costs.map(rowOf)),
  ].join('\n');
}

function rowOf({ what, amount, dollars }: Cost): readonly string[] {
  const shown = amount < 100 ? amount.toFixed(2) : whole(amount);
  return [what, shown, dollars.toPrecision(3), money(amount * dollars)];
}

/** What the arithmetic takes for given. */
export function showAssumed({ oneText }: Counted): string {
  const lines = Object.entries(ASSUMED).map(([name, value]) => `  ${name} ${value}`);
  return [
    `Prices of ${AWS_PRICES.dated} in us-east-1, without free tiers, from build/aws-prices.ts. Alarms, metrics and dashboard come on top (docs/alarms.md).`,
    `Each message is answered by one text: ${requestsOfTwilio(oneText)} request to Twilio. Assumed, and not counted:`,
    ...lines,
  ].join('\n');
}

function money(dollars: number): string {
  return dollars.toFixed(2);
}

function whole(amount: number): string {
  return Math.round(amount).toLocaleString('en-US');
}
