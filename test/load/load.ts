/**
 * How many messages a second the packaged bot answers on this machine, and how fast.
 *
 *   npm run load -- --seconds 120 [--rate 50]
 *
 * receive and reply run in processes of their own under AWS's runtime client, between a local Twilio, SQS and
 * DynamoDB. Every message is matched to its reply as it stands in the conversation. Absolute times drift with the
 * machine; the ratio to a handler that does nothing, invoked in between, holds better.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { quantile } from '../../bench/quantile.ts';
import { runLoad } from './run-load.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, rate: { type: 'string' } },
});
const [seconds, rate] = [values.seconds, values.rate].map((value) => {
  if (value !== undefined && !/^[1-9]\d{0,5}$/.test(value))
    throw new Error(`"${value}" is not a whole number from 1.`);
  return value === undefined ? undefined : Number(value);
});

const say = (line: string) => process.stdout.write(`${line}\n`);
say(`load average of the machine before: ${loadavg()[0]?.toFixed(2)}`);
const result = await runLoad({ seconds: seconds ?? 120, rate, say });
const { lost, waiting, duplicated, reordered, bare, acknowledged, answered } = result;

const QUANTILES = [0.5, 0.95, 0.99];
const table: readonly [string, readonly number[]][] = [
  ['a handler that does nothing', bare],
  ['acknowledgement', acknowledged],
  ['the whole way', answered],
];
const cells = (show: (q: number) => string) => QUANTILES.map(show).join(' | ');
say(`\n| | ${cells((q) => `p${q * 100} ms`)} | ${cells((q) => `p${q * 100} × nothing`)} |`);
say(`|${' --- |'.repeat(1 + 2 * QUANTILES.length)}`);
for (const [name, times] of table) {
  const ms = cells((q) => quantile(times, q).toFixed(1));
  say(`| ${name} | ${ms} | ${cells((q) => (quantile(times, q) / quantile(bare, q)).toFixed(1))} |`);
}
const { receive, reply, standIns } = result.processorTime;
const share = (100 * standIns) / (receive + reply + standIns);
say(
  `\nprocessor time of a message: receive ${receive.toFixed(2)} ms, reply ${reply.toFixed(2)} ms, ` +
    `Twilio, SQS and DynamoDB here ${standIns.toFixed(2)} ms, ${share.toFixed(0)} % of all`,
);
say(`${result.rate.toFixed(0)} messages a second, at most ${result.mostWaiting} of them waiting at once`);
say(
  `messages ${result.written}, refused ${result.refused}, lost ${lost}, still waiting ${waiting}, duplicated ${duplicated}, reordered ${reordered}`,
);
process.exitCode = lost + waiting + duplicated + reordered + result.refused === 0 ? 0 : 1;
